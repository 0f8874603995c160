import { createEventJoiner, type LogEvent } from '@loghunter/engine/multiline';
import type { Labels } from '@loghunter/engine/records';
import { createTimeReader, type TimeReader } from '../times/time-reader.ts';
import { createLineSplitter } from './line-splitter.ts';
import type { Input } from './open-input.ts';

/** What reading a file gave beside its events. */
export interface ReadCounts {
  readonly lineCount: number;
  /** Lines of which only the beginning was used, because they are longer than any log store takes. */
  readonly cutLineCount: number;
}

/** Receives the events of a file in order; the time is that of the event's first line, null when none was found so far. */
export type EventSink = (event: LogEvent, timeMs: number | null) => void;

/** Settings of reading. */
export interface ReadSettings {
  readonly utcOffsetMinutes: number;
  /** Now, for files that do not say when they were changed (milliseconds since 1970). */
  readonly nowMs: number;
  readonly onChunk?: () => void;
}

const noLabels: Labels = {};

/** Reads a file as one stream: lines to times to joined events. Throws the input's own error when it breaks off; what came before was delivered. */
export async function readEvents(input: Input, settings: ReadSettings, sink: EventSink): Promise<ReadCounts> {
  const times = createTimeReader({
    referenceMs: input.modifiedMs ?? settings.nowMs,
    utcOffsetMinutes: settings.utcOffsetMinutes,
  });
  const lines = createLineJoiner(times, sink);
  const splitter = createLineSplitter(lines.add);
  try {
    for await (const chunk of input.chunks) {
      splitter.push(chunk);
      settings.onChunk?.();
    }
  } finally {
    splitter.end();
    lines.end();
  }
  return { lineCount: lines.lineCount(), cutLineCount: splitter.cutLineCount };
}

function createLineJoiner(times: TimeReader, sink: EventSink) {
  const joiner = createEventJoiner();
  let lineCount = 0;
  let currentMs: number | null = null;

  function deliver(event: LogEvent | undefined): void {
    if (event !== undefined) {
      const timeMs = Number(event.entries[0].timestampNs / 1_000_000n);
      sink(event, timeMs === 0 ? null : timeMs);
    }
  }

  return {
    add(line: string): void {
      lineCount++;
      if (line === '') {
        return;
      }
      currentMs = times.read(line) ?? currentMs;
      deliver(
        joiner.add({ labels: noLabels, timestampNs: BigInt(currentMs ?? 0) * 1_000_000n, line, metadata: noLabels })
      );
    },
    end(): void {
      // Several events may be held back: a line may still turn out to begin a trace.
      for (let event = joiner.flush(); event !== undefined; event = joiner.flush()) {
        deliver(event);
      }
    },
    lineCount: () => lineCount,
  };
}
