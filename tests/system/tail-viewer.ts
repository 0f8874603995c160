// Somebody who follows lines over the API as the page does: goes on after the last position when the connection ends, and leaves out known ids.
import { setTimeout as sleep } from 'node:timers/promises';
import type { TailEvent } from '@loghunter/contracts';

/** What a viewer has seen. */
export interface TailViewer {
  /** Lines by id. */
  readonly lines: ReadonlyMap<string, string>;
  /** Ids that came twice over one connection, and events that told of a gap. */
  readonly faults: readonly string[];
  /** Connections that were answered. */
  connectionCount(): number;
  /** Breaks the connection; the viewer comes back by itself. */
  drop(): void;
  stop(): Promise<void>;
}

/** Follows `url`, which has a query already. */
export function viewTail(url: string, headers: Readonly<Record<string, string>>): TailViewer {
  const lines = new Map<string, string>();
  const faults: string[] = [];
  const stopping = new AbortController();
  let connection = new AbortController();
  let position: string | undefined;
  let connectionCount = 0;

  async function readOnce(): Promise<void> {
    const signal = AbortSignal.any([connection.signal, stopping.signal]);
    const answer = await fetch(position === undefined ? url : `${url}&after=${position}`, { headers, signal });
    if (!answer.ok || answer.body === null) {
      await answer.body?.cancel();
      return;
    }
    connectionCount += 1;
    const seen = new Set<string>();
    let text = '';
    for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
      const events = `${text}${piece}`.split('\n\n');
      text = events.pop() ?? '';
      for (const data of events.flatMap((event) => /^data: (.*)$/m.exec(event)?.[1] ?? [])) {
        take(JSON.parse(data) as TailEvent, seen);
      }
    }
  }

  function take(event: TailEvent, seen: Set<string>): void {
    position = event.position;
    faults.push(...(event.isGap ? ['gap'] : []));
    for (const { id, text } of event.lines) {
      faults.push(...(seen.has(id) ? [`twice: ${text}`] : []));
      seen.add(id);
      lines.set(id, text);
    }
  }

  const viewing = (async () => {
    while (!stopping.signal.aborted) {
      await readOnce().catch(() => undefined);
      connection = new AbortController();
      await sleep(200);
    }
  })();
  return {
    ...{ lines, faults },
    connectionCount: () => connectionCount,
    drop: () => connection.abort(),
    async stop() {
      stopping.abort();
      await viewing;
    },
  };
}
