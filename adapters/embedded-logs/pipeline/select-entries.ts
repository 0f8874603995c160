import type { LogQuery } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';
import type { NanosecondRange } from '@loghunter/ports';

import type { StoredEntry } from '../streams/log-stream.ts';
import { compilePipeline } from './run-pipeline.ts';
import type { StreamIndex } from '../streams/stream-index.ts';

/** An entry that a query keeps. */
export interface SelectedEntry {
  readonly labels: Labels;
  readonly entry: StoredEntry;
  /** Labels that the query's parsers found. */
  readonly parsed: Labels;
}

/** All entries of a log query in [fromNs, toNs): stream by stream, in order of time within a stream. */
export function* selectEntries(index: StreamIndex, query: LogQuery, range: NanosecondRange): Generator<SelectedEntry> {
  const pipeline = compilePipeline(query.stages);
  for (const stream of index.select(query.matchers)) {
    for (const entry of stream.between(range.fromNs, range.toNs)) {
      const parsed = pipeline(stream.labels, entry);
      if (parsed !== null) {
        yield { labels: stream.labels, entry, parsed };
      }
    }
  }
}

/** The first `limit` entries from one end of the range, in that direction. */
export function findSelected(
  index: StreamIndex,
  query: LogQuery,
  range: NanosecondRange,
  order: { readonly direction: 'forward' | 'backward'; readonly limit: number }
): readonly SelectedEntry[] {
  const pipeline = compilePipeline(query.stages);
  const isForward = order.direction === 'forward';
  const found: SelectedEntry[] = [];
  for (const stream of index.select(query.matchers)) {
    const entries = stream.between(range.fromNs, range.toNs);
    let foundHere = 0;
    for (let step = 0; step < entries.length && foundHere < order.limit; step += 1) {
      const entry = entries[isForward ? step : entries.length - 1 - step];
      const parsed = entry === undefined ? null : pipeline(stream.labels, entry);
      if (entry !== undefined && parsed !== null) {
        found.push({ labels: stream.labels, entry, parsed });
        foundHere += 1;
      }
    }
  }
  return sortByTime(found, order.direction).slice(0, order.limit);
}

/** Sorts in place by time; entries of one nanosecond stay in their order. */
export function sortByTime(entries: SelectedEntry[], direction: 'forward' | 'backward'): readonly SelectedEntry[] {
  const sign = direction === 'forward' ? 1 : -1;
  return entries.sort(({ entry: a }, { entry: b }) =>
    a.timestampNs < b.timestampNs ? -sign : a.timestampNs > b.timestampNs ? sign : 0
  );
}
