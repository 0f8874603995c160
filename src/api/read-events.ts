import { createStreamReader } from './event-stream';
import { proxyFetch } from './proxy-fetch';

/** The server sends a ping each 15 s: a stream that is silent for three of them is lost, even where nothing has closed the connection. */
const longestSilenceMs = 45_000;

/**
 * Reports that the stream runs, then each server-sent event of a path until it ends; the answer when that was refused. A stream that falls
 * silent ends with an error.
 */
export async function readEvents<Event>(
  path: string,
  signal: AbortSignal,
  report: (event: Event) => void,
  onOpen?: () => void
): Promise<Response | undefined> {
  const watch = watchSilence(signal);
  try {
    const answer = await proxyFetch('viewer', path, { accept: 'text/event-stream', signal: watch.signal });
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
      watch.hear();
      for (const { data } of read(value)) {
        report(JSON.parse(data));
      }
    }
  } finally {
    watch.end();
  }
}

/** A signal that is aborted with another one, and when nothing was heard for long. */
function watchSilence(wanted: AbortSignal) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let timer = setTimeout(abort, longestSilenceMs);
  wanted.addEventListener('abort', abort);
  if (wanted.aborted) {
    abort();
  }
  return {
    signal: controller.signal,
    hear() {
      clearTimeout(timer);
      timer = setTimeout(abort, longestSilenceMs);
    },
    end() {
      clearTimeout(timer);
      wanted.removeEventListener('abort', abort);
    },
  };
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
