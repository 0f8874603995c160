// Reads a window's lines, bounded: all of them, or even slices of its time when there are too many.
import type { LogEntry } from '@loghunter/engine/records';
import { isPortError, type AnalysisWindow, type LogStore } from '@loghunter/ports';
import { isProblemError } from '../http/problem-error.ts';

/** Lines of one window at most: some seconds of reading, and less than a second to compare. */
const maxLines = 15_000;
/** Characters of one window at most: as many lines of 2,000 characters, where one line may have 256 KB. */
const maxCharacters = 30_000_000;
/** Slices of a window that is not read whole: enough to see its course, each long enough for whole requests. */
const sliceCount = 12;
const leastSliceMs = 5000;
/** Slices are planned with so much room: lines are not spread evenly. */
const headroom = 0.8;

/** What reading a window needs. */
export interface WindowReading {
  readonly logs: LogStore;
  readonly window: AnalysisWindow;
  readonly selectors: readonly string[];
  /** Lines that are known to be in it, of everything. */
  readonly expectedLineCount: number;
  readonly signal: AbortSignal;
  /** Told the share of the reading that is done, 0..1. */
  readonly observe: (share: number) => void;
}

/** What was read. */
export interface ReadWindow {
  readonly entries: readonly LogEntry[];
  /** Of the window's time. */
  readonly readMs: number;
  /** Why it ended early; empty when it did not. */
  readonly shortfall: string;
}

/** Reads a window. Throws `PortError` or `ProblemError` when nothing could be read at all. */
export async function readWindow(reading: WindowReading): Promise<ReadWindow> {
  const entries: LogEntry[] = [];
  const slices = planSlices(reading.window, reading.expectedLineCount);
  const isSliced = slices.length > 1;
  let readMs = 0;
  let characterCount = 0;
  let shortfall = isSliced ? `only ${slices.length} even slices of it were read` : '';
  for (const [index, slice] of slices.entries()) {
    const share = (isSliced ? 2 : 1) / (slices.length - index);
    const room = {
      lines: Math.max(1, Math.ceil((maxLines - entries.length) * share)),
      characters: Math.max(1, Math.ceil((maxCharacters - characterCount) * share)),
    };
    const readCount = entries.length;
    try {
      const untilMs = await readSlice(reading, slice, room, entries);
      readMs += untilMs - slice.fromMs;
    } catch (error) {
      // What is there already is worth an answer that says how much it rests on.
      if (reading.signal.aborted || entries.length === 0 || !(isPortError(error) || isProblemError(error))) {
        throw error;
      }
      shortfall = `the log store let no more through: ${error.message}`;
      break;
    }
    characterCount += countCharacters(entries.slice(readCount));
    reading.observe((index + 1) / slices.length);
    if (entries.length >= maxLines || characterCount >= maxCharacters) {
      shortfall =
        entries.length >= maxLines
          ? `it holds more than ${maxLines} lines`
          : `its lines hold more than ${maxCharacters / 1_000_000} million characters`;
      break;
    }
  }
  return { entries, readMs, shortfall };
}

/** Even slices that hold about as many lines as may be read; the window itself when it holds no more. */
export function planSlices({ fromMs, toMs }: AnalysisWindow, expectedLineCount: number): readonly AnalysisWindow[] {
  const lengthMs = toMs - fromMs;
  if (expectedLineCount <= maxLines || lengthMs <= sliceCount * leastSliceMs) {
    return [{ fromMs, toMs }];
  }
  const share = (headroom * maxLines) / expectedLineCount;
  const stepMs = Math.floor(lengthMs / sliceCount);
  const sliceMs = Math.min(stepMs, Math.max(leastSliceMs, Math.floor(stepMs * share)));
  return Array.from({ length: sliceCount }, (_, index) => ({
    fromMs: fromMs + index * stepMs,
    toMs: fromMs + index * stepMs + sliceMs,
  }));
}

/** Lines, and their characters. */
interface Room {
  readonly lines: number;
  readonly characters: number;
}

/** Reads a slice until a selector has filled the room; returns up to which moment all selectors have been read. */
async function readSlice(
  { logs, selectors, signal }: WindowReading,
  { fromMs, toMs }: AnalysisWindow,
  room: Room,
  entries: LogEntry[]
): Promise<number> {
  const fromNs = toNanoseconds(fromMs);
  const toNs = toNanoseconds(toMs);
  const found: LogEntry[] = [];
  let completeNs = toNs;
  for (const query of selectors) {
    let ownCount = 0;
    let ownCharacters = 0;
    for await (const page of logs.readEntries({ query, fromNs, toNs, signal })) {
      for (const entry of page.entries) {
        found.push(entry);
      }
      ownCount += page.entries.length;
      ownCharacters += countCharacters(page.entries);
      if ((ownCount >= room.lines || ownCharacters >= room.characters) && page.completeBeforeNs < toNs) {
        completeNs = page.completeBeforeNs < completeNs ? page.completeBeforeNs : completeNs;
        break;
      }
    }
  }
  // What one selector gave beyond where another one stopped would look like a change.
  for (const entry of found) {
    if (entry.timestampNs < completeNs) {
      entries.push(entry);
    }
  }
  return Number(completeNs / 1_000_000n);
}

function countCharacters(entries: readonly LogEntry[]): number {
  return entries.reduce((sum, { line }) => sum + line.length, 0);
}

function toNanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms)) * 1_000_000n;
}
