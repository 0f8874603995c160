import type { LogEntry } from '@loghunter/engine/records';
import type { EntryPage } from './log-store.ts';

interface Source {
  readonly pages: AsyncIterator<EntryPage>;
  /** Delivered by the source, not yet by the merge. */
  waiting: readonly LogEntry[];
  completeBeforeNs: bigint;
}

/**
 * Joins page sequences over the same range into one in order of time. The source that is furthest behind is read next, so a page or
 * two of each source are held at most.
 */
export async function* mergePages(
  sequences: ReadonlyArray<AsyncIterable<EntryPage>>,
  range: { readonly fromNs: bigint; readonly toNs: bigint }
): AsyncGenerator<EntryPage> {
  const [only, ...others] = sequences;
  if (only !== undefined && others.length === 0) {
    yield* only;
    return;
  }
  const sources = sequences.map((pages): Source => ({
    pages: pages[Symbol.asyncIterator](),
    waiting: [],
    completeBeforeNs: range.fromNs,
  }));
  let completeBeforeNs = range.fromNs;
  while (completeBeforeNs < range.toNs) {
    const unreadableEntryCount = await advance(slowest(sources));
    completeBeforeNs = sources.reduce(
      (least, source) => (source.completeBeforeNs < least ? source.completeBeforeNs : least),
      range.toNs
    );
    const entries = sources.flatMap((source) => takeBefore(source, completeBeforeNs));
    if (entries.length > 0 || unreadableEntryCount > 0 || completeBeforeNs >= range.toNs) {
      yield { entries: entries.sort(byTime), completeBeforeNs, unreadableEntryCount };
    }
  }
}

function slowest(sources: readonly Source[]): Source | undefined {
  return sources.toSorted((a, b) => (a.completeBeforeNs < b.completeBeforeNs ? -1 : 1))[0];
}

/** Reads one page more; returns how many entries it could not hold. */
async function advance(source: Source | undefined): Promise<number> {
  const next = await source?.pages.next();
  if (source === undefined || next === undefined || next.done === true) {
    return 0;
  }
  source.waiting = [...source.waiting, ...next.value.entries];
  source.completeBeforeNs = next.value.completeBeforeNs;
  return next.value.unreadableEntryCount;
}

function takeBefore(source: Source, timestampNs: bigint): readonly LogEntry[] {
  const taken = source.waiting.filter((entry) => entry.timestampNs < timestampNs);
  source.waiting = source.waiting.slice(taken.length);
  return taken;
}

function byTime(a: LogEntry, b: LogEntry): number {
  return a.timestampNs < b.timestampNs ? -1 : a.timestampNs > b.timestampNs ? 1 : 0;
}
