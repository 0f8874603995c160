// Server-sent events of the LogHunter server, read with fetch: Grafana's own client waits for whole answers.
import { config } from '@grafana/runtime';
import { serverProxyPath } from '../plugin-paths';
import { createStreamReader } from './event-stream';

/** Reports that the stream runs, then each event of a path until it ends; the answer when that was refused. */
export async function readEvents<Event>(
  path: string,
  signal: AbortSignal,
  report: (event: Event) => void,
  onOpen?: () => void
): Promise<Response | undefined> {
  const answer = await fetch(`${config.appSubUrl}/${serverProxyPath('viewer')}${path}`, {
    // Grafana picks the organisation by it; its own client sends it too.
    headers: { accept: 'text/event-stream', 'X-Grafana-Org-Id': String(config.bootData.user.orgId) },
    signal,
  });
  if (!answer.ok || answer.body === null) {
    return answer;
  }
  onOpen?.();
  const read = createStreamReader();
  const pieces = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await pieces.read();
    if (done) {
      return undefined;
    }
    for (const { data } of read(value)) {
      report(JSON.parse(data));
    }
  }
}

/** Resolves after a while, or when the signal is aborted. */
export function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    function end() {
      clearTimeout(timer);
      // A stream that is tried again for hours would gather one a try.
      signal.removeEventListener('abort', end);
      resolve();
    }
    const timer = setTimeout(end, durationMs);
    signal.addEventListener('abort', end);
    if (signal.aborted) {
      end();
    }
  });
}
