// Looks one line up again in the log store.
import { isQueryableLabelName, matcher, printQuery, selector, type LabelMatcher } from '@loghunter/engine/logql';
import type { Labels, LogEntry } from '@loghunter/engine/records';
import type { LogStore } from '@loghunter/ports';
import { streamKeyOf } from '../events/stream-key.ts';

/** Lines of one stream on one nanosecond: the most that a log store answers at once. */
const maxLines = 5000;
/** A stream that is alive writes something within a quarter of an hour. */
const aroundNs = 900_000_000_000n;

/** LogQL of a stream: the selector of its labels. Empty when no label can be asked for. */
export function queryOfStream(labels: Labels): string {
  const matchers = matchersOf(labels);
  return matchers.length === 0 ? '' : printQuery(selector(...matchers));
}

function matchersOf(labels: Labels): readonly LabelMatcher[] {
  return Object.entries(labels)
    .filter(([name, value]) => isQueryableLabelName(name) && value !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => matcher(name, '=', value));
}

/** The lines of a stream on one nanosecond. Throws `PortError` of the log store. */
export async function readLines(
  logs: LogStore,
  labels: Labels,
  timestampNs: bigint,
  signal: AbortSignal
): Promise<readonly LogEntry[]> {
  const query = queryOfStream(labels);
  if (query === '') {
    return [];
  }
  const range = { fromNs: timestampNs, toNs: timestampNs + 1n };
  const entries = await logs.findEntries({ query, ...range, direction: 'oldest-first', limit: maxLines, signal });
  const key = streamKeyOf(labels);
  // The selector also matches streams that have further labels.
  return entries.filter((entry) => streamKeyOf(entry.labels) === key);
}

/** Whether the log store has any line of a stream around a moment. Throws `PortError`. */
export async function hasLinesAround(
  logs: LogStore,
  labels: Labels,
  timestampNs: bigint,
  signal: AbortSignal
): Promise<boolean> {
  const query = queryOfStream(labels);
  if (query === '') {
    return false;
  }
  const fromNs = timestampNs > aroundNs ? timestampNs - aroundNs : 0n;
  const range = { fromNs, toNs: timestampNs + aroundNs, signal };
  const key = streamKeyOf(labels);
  const newest = async (text: string) =>
    (await logs.findEntries({ query: text, ...range, direction: 'newest-first', limit: 1 }))[0];
  const first = await newest(query);
  if (first === undefined || streamKeyOf(first.labels) === key) {
    return first !== undefined;
  }
  // A stream with further labels wrote last: without streams that have any of these, its own lines come first.
  const streams = await logs.listStreams({ ...range, selector: query });
  const further = new Set([first.labels, ...streams].flatMap((one) => Object.keys(one)));
  const others = [...further].filter((name) => !Object.hasOwn(labels, name) && isQueryableLabelName(name)).toSorted();
  const own = await newest(
    printQuery(selector(...matchersOf(labels), ...others.map((name) => matcher(name, '=', ''))))
  );
  return own !== undefined && streamKeyOf(own.labels) === key;
}
