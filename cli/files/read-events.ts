import { createEventJoiner, type LogEvent } from '@loghunter/engine/multiline';
import type { Labels } from '@loghunter/engine/records';
import { createTimeReader, type TimeReader } from '../times/time-reader.ts';
import type { TimeZone } from '../times/time-zone.ts';
import { createLineSplitter } from './line-splitter.ts';
import type { Input } from './open-input.ts';

/** What reading a file gave beside its events. */
export interface ReadCounts {
  readonly lineCount: number;
  /** Lines of which only the beginning was used, because they are longer than any log store takes. */
  readonly cutLineCount: number;
}

/** Receives the events of a file in order, those without any text left out; the time is that of the event's first line, null when none was found so far. */
export type EventSink = (event: LogEvent, timeMs: number | null) => void;

/** Settings of reading. */
export interface ReadSettings {
  /** Of times that name none. */
  readonly timeZone: TimeZone;
  /** Now, for files that do not say when they were changed (milliseconds since 1970). */
  readonly nowMs: number;
  /** Told after each piece of the file how many lines it had. */
  readonly onChunk?: (lineCount: number) => void;
}

const noLabels: Labels = {};

/** Reads a file as one stream: lines to times to joined events. Throws the input's own error when it breaks off; what came before was delivered. */
export async function readEvents(input: Input, settings: ReadSettings, sink: EventSink): Promise<ReadCounts> {
  const times = createTimeReader({
    referenceMs: input.modifiedMs ?? settings.nowMs,
    timeZone: settings.timeZone,
  });
  const lines = createLineJoiner(times, sink);
  const splitter = createLineSplitter(lines.add);
  let toldCount = 0;
  function tell(): void {
    settings.onChunk?.(lines.lineCount() - toldCount);
    toldCount = lines.lineCount();
  }
  try {
    for await (const chunk of input.chunks) {
      splitter.push(chunk);
      tell();
    }
  } finally {
    splitter.end();
    lines.end();
    tell();
  }
  return { lineCount: lines.lineCount(), cutLineCount: splitter.cutLineCount };
}

function createLineJoiner(times: TimeReader, sink: EventSink) {
  const joiner = createEventJoiner();
  let lineCount = 0;
  let currentMs: number | null = null;
  let currentNs = 0n;

  function deliver(event: LogEvent | undefined): void {
    // Blank lines inside a trace belong to it; those between events are nothing that happened.
    if (event !== undefined && !isBlank(event.text)) {
      const { timestampNs } = event.entries[0];
      // Most lines come out when the next one comes in, which often is of the same moment.
      const timeMs = timestampNs === currentNs ? currentMs : Number(timestampNs / 1_000_000n);
      sink(event, timeMs === 0 ? null : timeMs);
    }
  }

  return {
    add(line: string): void {
      lineCount++;
      const timeMs = times.read(line);
      if (timeMs !== undefined && timeMs !== currentMs) {
        currentMs = timeMs;
        currentNs = BigInt(timeMs) * 1_000_000n;
      }
      deliver(joiner.add({ labels: noLabels, timestampNs: currentNs, line, metadata: noLabels }));
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

function isBlank(text: string): boolean {
  return text === '' || (text.charCodeAt(0) <= 32 && text.trim() === '');
}
