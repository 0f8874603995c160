// One stream in memory: its entries in order of time, each once. Late entries are put in order when the stream is next read.
import type { Labels, LogEntry } from '@loghunter/engine/records';

/** An entry with the segment of the disk log that holds it. */
export interface StoredEntry extends Pick<LogEntry, 'timestampNs' | 'line' | 'metadata'> {
  readonly segmentId: number;
}

/** The entries of one label set. */
export interface LogStream {
  readonly labels: Labels;
  append(entry: StoredEntry): void;
  /** Entries with fromNs <= time < toNs, in order of time and, on one nanosecond, of arrival. */
  between(fromNs: bigint, toNs: bigint): readonly StoredEntry[];
  /** Forgets the entries of a segment. */
  dropSegment(segmentId: number): void;
  isEmpty(): boolean;
}

/** A stream without entries yet. */
export function createLogStream(labels: Labels): LogStream {
  let entries: StoredEntry[] = [];
  // Entries before this index are in order, once each; the rest is as it arrived.
  let settledCount = 0;

  function append(entry: StoredEntry): void {
    const last = entries.at(-1);
    const isNext = settledCount === entries.length && (last === undefined || last.timestampNs < entry.timestampNs);
    entries.push(entry);
    if (isNext) {
      settledCount += 1;
    }
  }

  function settle(): void {
    if (settledCount === entries.length) {
      return;
    }
    const arrived = entries.slice(settledCount);
    const earliestNs = arrived.reduce(
      (least, entry) => (entry.timestampNs < least ? entry.timestampNs : least),
      arrived[0]?.timestampNs ?? 0n
    );
    // Only what is as late as the earliest newcomer moves.
    const keptCount = lowerBound(entries, settledCount, earliestNs);
    const moved = entries.slice(keptCount).sort(byTime);
    entries.length = keptCount;
    for (const entry of withoutRepeats(moved)) {
      entries.push(entry);
    }
    settledCount = entries.length;
  }

  function between(fromNs: bigint, toNs: bigint): readonly StoredEntry[] {
    settle();
    return entries.slice(lowerBound(entries, entries.length, fromNs), lowerBound(entries, entries.length, toNs));
  }

  function dropSegment(segmentId: number): void {
    settle();
    entries = entries.filter((entry) => entry.segmentId !== segmentId);
    settledCount = entries.length;
  }

  return { labels, append, between, dropSegment, isEmpty: () => entries.length === 0 };
}

function byTime(a: StoredEntry, b: StoredEntry): number {
  return a.timestampNs < b.timestampNs ? -1 : a.timestampNs > b.timestampNs ? 1 : 0;
}

/** The first index below `end` whose entry is not before the time. */
function lowerBound(entries: readonly StoredEntry[], end: number, timestampNs: bigint): number {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && entry.timestampNs < timestampNs) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Leaves the first of entries that are equal in time, line and metadata, as Loki does. */
function* withoutRepeats(sorted: readonly StoredEntry[]): Generator<StoredEntry> {
  let momentNs: bigint | null = null;
  let seen = new Set<string>();
  for (const [index, entry] of sorted.entries()) {
    const isAlone =
      sorted[index - 1]?.timestampNs !== entry.timestampNs && sorted[index + 1]?.timestampNs !== entry.timestampNs;
    if (isAlone) {
      yield entry;
      continue;
    }
    if (momentNs !== entry.timestampNs) {
      momentNs = entry.timestampNs;
      seen = new Set();
    }
    const key = `${JSON.stringify(entry.metadata)}${entry.line}`;
    if (!seen.has(key)) {
      seen.add(key);
      yield entry;
    }
  }
}
