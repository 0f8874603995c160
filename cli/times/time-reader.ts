import { timeFormats, type TimeFormat, type TimeSettings } from './formats.ts';
import { learnMinute, type SameMinute } from './same-minute.ts';
import { structuredTimeOf } from './structured-time.ts';

export type { TimeSettings } from './formats.ts';

// A line's own time stands in its head; a date further on belongs to the message.
const headLength = 160;
// In a file without any times, looking in every line would cost more than the rest of the work.
const patienceLineCount = 10_000;
const sparseStep = 100;

/** Reads the times of the lines of one file. */
export interface TimeReader {
  /** Time of the line in milliseconds since 1970; undefined when it has none, as in the lines of a stack trace. */
  read(line: string): number | undefined;
}

/** Remembers the format and minute of the last line, so that the next one costs little. */
export function createTimeReader(settings: TimeSettings): TimeReader {
  let current: TimeFormat | undefined;
  let minute: SameMinute | undefined;
  let lastMinuteNumber = Number.NaN;
  let missedLineCount = 0;

  function readMatch(format: TimeFormat, text: string, found: RegExpExecArray): number | undefined {
    const timeMs = format.read(found.groups ?? {}, settings);
    if (Number.isNaN(timeMs)) {
      return undefined;
    }
    current = format;
    // Learning costs more than reading: it pays when a minute has several lines.
    const minuteNumber = Math.floor(timeMs / 60_000);
    minute = minuteNumber === lastMinuteNumber ? learnMinute(format, text, timeMs) : undefined;
    lastMinuteNumber = minuteNumber;
    return timeMs;
  }

  function readText(text: string): number | undefined {
    const inMinute = minute?.read(text);
    if (inMinute !== undefined) {
      return inMinute;
    }
    const sticky = current === undefined ? undefined : match(current, text);
    if (sticky !== undefined && current !== undefined) {
      return readMatch(current, text, sticky);
    }
    const best = findEarliest(text);
    return best === undefined ? undefined : readMatch(best.format, text, best.found);
  }

  return {
    read(line) {
      if (missedLineCount > patienceLineCount && missedLineCount % sparseStep !== 0) {
        missedLineCount++;
        return undefined;
      }
      const first = line.charCodeAt(0);
      // An indented line continues the one before it.
      const isContinuation = first === 32 || first === 9 || line.length === 0;
      const timeMs = isContinuation ? undefined : readText(structuredTimeOf(line) ?? line.slice(0, headLength));
      missedLineCount = timeMs === undefined ? missedLineCount + 1 : 0;
      return timeMs;
    },
  };
}

function match(format: TimeFormat, text: string): RegExpExecArray | undefined {
  format.pattern.lastIndex = 0;
  return format.pattern.exec(text) ?? undefined;
}

function findEarliest(text: string): { format: TimeFormat; found: RegExpExecArray } | undefined {
  let best: { format: TimeFormat; found: RegExpExecArray } | undefined;
  for (const format of timeFormats) {
    const found = match(format, text);
    if (found !== undefined && (best === undefined || found.index < best.found.index)) {
      best = { format, found };
    }
  }
  return best;
}
