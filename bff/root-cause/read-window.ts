// Reads a window's lines, bounded: all of them, or even slices of its time when there are too many.
import type { LogEntry } from '@loghunter/engine/records';
import { isPortError, type AnalysisWindow, type LogStore } from '@loghunter/ports';
import { isProblemError } from '../http/problem-error.ts';

/** Lines of one window at most: some seconds of reading, and less than a second to compare. */
const maxLines = 15_000;
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
  let shortfall = isSliced ? `only ${slices.length} even slices of it were read` : '';
  for (const [index, slice] of slices.entries()) {
    const room = Math.ceil(((maxLines - entries.length) / (slices.length - index)) * (isSliced ? 2 : 1));
    try {
      const untilMs = await readSlice(reading, slice, Math.max(1, room), entries);
      readMs += untilMs - slice.fromMs;
    } catch (error) {
      // What is there already is worth an answer that says how much it rests on.
      if (reading.signal.aborted || entries.length === 0 || !(isPortError(error) || isProblemError(error))) {
        throw error;
      }
      shortfall = `the log store let no more through: ${error.message}`;
      break;
    }
    reading.observe((index + 1) / slices.length);
    if (entries.length >= maxLines) {
      shortfall = `it holds more than ${maxLines} lines`;
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

/** Reads a slice up to `room` lines; returns up to which moment all selectors have been read. */
async function readSlice(
  { logs, selectors, signal }: WindowReading,
  { fromMs, toMs }: AnalysisWindow,
  room: number,
  entries: LogEntry[]
): Promise<number> {
  const fromNs = toNanoseconds(fromMs);
  const toNs = toNanoseconds(toMs);
  const found: LogEntry[] = [];
  let completeNs = toNs;
  for (const query of selectors) {
    let ownCount = 0;
    for await (const page of logs.readEntries({ query, fromNs, toNs, signal })) {
      found.push(...page.entries);
      ownCount += page.entries.length;
      if (ownCount >= room && page.completeBeforeNs < toNs) {
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

function toNanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms)) * 1_000_000n;
}
