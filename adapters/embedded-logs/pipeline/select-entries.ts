import type { LogQuery } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';
import type { NanosecondRange } from '@loghunter/ports';

import type { StoredEntry } from '../streams/log-stream.ts';
import type { StreamIndex } from '../streams/stream-index.ts';
import { compilePipeline } from './compile-pipeline.ts';
import { earlyFilters } from './early-filters.ts';
import { parsedLabelsOf, startLine, streamLabelsOf } from './line-state.ts';

/** A line that a query keeps, as its stages left it. */
export interface SelectedEntry {
  readonly timestampNs: bigint;
  readonly line: string;
  /** Labels of the stream. */
  readonly labels: Labels;
  readonly metadata: Labels;
  /** Labels that the query's stages set. */
  readonly parsed: Labels;
}

/** A function that runs a query's stages on an entry; it answers null for one that they drop. */
export function compileSelection(query: LogQuery): (labels: Labels, entry: StoredEntry) => SelectedEntry | null {
  const pipeline = compilePipeline(query.stages, {
    requiredNames: null,
    needsNothing: false,
    preservesErrors: false,
    filters: earlyFilters(query.stages, []),
  });
  if (pipeline === null) {
    return (labels, { timestampNs, line, metadata }) => ({
      timestampNs,
      line,
      labels,
      metadata,
      parsed: nothingParsed,
    });
  }
  return function select(labels, entry) {
    const state = startLine(labels, entry);
    return pipeline(state)
      ? {
          timestampNs: state.timestampNs,
          line: state.line,
          labels: streamLabelsOf(state),
          metadata: state.metadata,
          parsed: parsedLabelsOf(state),
        }
      : null;
  };
}

const nothingParsed: Labels = Object.freeze({});

/** All lines of a query in [fromNs, toNs): stream by stream, in order of time within a stream. */
export function* selectEntries(index: StreamIndex, query: LogQuery, range: NanosecondRange): Generator<SelectedEntry> {
  const select = compileSelection(query);
  for (const stream of index.select(query.matchers)) {
    yield* linesOf(stream.labels, stream.between(range.fromNs, range.toNs), select);
  }
}

/** The first `limit` lines from one end of the range, in that direction. */
export function findSelected(
  index: StreamIndex,
  query: LogQuery,
  range: NanosecondRange,
  { direction, limit }: { readonly direction: 'forward' | 'backward'; readonly limit: number }
): readonly SelectedEntry[] {
  const select = compileSelection(query);
  const found = index.select(query.matchers).flatMap((stream) => {
    const entries = stream.between(range.fromNs, range.toNs);
    const ordered = direction === 'forward' ? entries : entries.toReversed();
    return takeFirst(linesOf(stream.labels, ordered, select), limit);
  });
  return sortByTime(found, direction).slice(0, limit);
}

function takeFirst<Item>(items: Iterable<Item>, count: number): Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length >= count) {
      break;
    }
  }
  return taken;
}

/** The lines that are kept; of lines of one nanosecond that the stages made equal only the first, as in Loki. */
function* linesOf(
  labels: Labels,
  entries: readonly StoredEntry[],
  select: ReturnType<typeof compileSelection>
): Generator<SelectedEntry> {
  let momentNs: bigint | null = null;
  let seen = new Set<string>();
  for (const [at, entry] of entries.entries()) {
    const selected = select(labels, entry);
    if (selected === null) {
      continue;
    }
    const { timestampNs } = entry;
    if (entries[at - 1]?.timestampNs === timestampNs || entries[at + 1]?.timestampNs === timestampNs) {
      seen = momentNs === timestampNs ? seen : new Set();
      momentNs = timestampNs;
      const key = JSON.stringify([selected.line, selected.metadata, selected.parsed]);
      if (seen.has(key)) {
        continue;
      }
      seen.add(key);
    }
    yield selected;
  }
}

/** Sorts in place by time; entries of one nanosecond stay in their order. */
export function sortByTime(entries: SelectedEntry[], direction: 'forward' | 'backward'): readonly SelectedEntry[] {
  const sign = direction === 'forward' ? 1 : -1;
  return entries.sort((a, b) => (a.timestampNs < b.timestampNs ? -sign : a.timestampNs > b.timestampNs ? sign : 0));
}
