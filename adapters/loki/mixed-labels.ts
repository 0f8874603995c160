// Answers in which stream labels and structured metadata come as one set. Telling them apart, for which Loki has a flag (categorize-labels),
// makes it parse the labels of every line again, a third of what reading costs it; where the names of all stream labels are known from the
// list of streams, we tell them apart ourselves. A stream with other label names that began after the list was asked for would be taken for
// another, so that this is for ranges that are over.
import type { Labels, LogEntry } from '@loghunter/engine/records';
import { asArray, decodeLine, decodeTime, member, readStream, resultOf, sharedLabels } from './decode-answer.ts';

/** The label names of the streams, when all have the same: any other name is one of metadata then. Null when they differ or there are none. */
export function commonLabelNames(streams: readonly Labels[]): ReadonlySet<string> | null {
  const [first, ...others] = streams.map((labels) => Object.keys(labels));
  if (first === undefined) {
    return null;
  }
  const names = new Set(first);
  const isSame = (other: readonly string[]): boolean =>
    other.length === names.size && other.every((name) => names.has(name));
  return others.every(isSame) ? names : null;
}

/** Entries of an answer without categories. */
export interface MixedEntries {
  readonly entries: LogEntry[];
  /** Label sets that the answer had because of metadata, beyond one a stream. */
  readonly addedSetCount: number;
}

/** Reads an answer without categories; entries of one stream share their labels, entries with equal metadata share it. */
export function decodeMixedEntries(answer: unknown, labelNames: ReadonlySet<string>): MixedEntries {
  const entries: LogEntry[] = [];
  const known = new Map<string, Labels>();
  const streams = new Set<Labels>();
  const result = resultOf(answer, 'streams');
  for (const stream of result) {
    const pairs = Object.entries(readStream(member(stream, 'stream')));
    const part = (isLabel: boolean) =>
      sharedLabels(known, Object.fromEntries(pairs.filter(([name]) => labelNames.has(name) === isLabel)));
    const [labels, metadata] = [part(true), part(false)];
    streams.add(labels);
    for (const value of asArray(member(stream, 'values'))) {
      const [timestamp, line] = asArray(value);
      entries.push({ labels, timestampNs: decodeTime(timestamp), line: decodeLine(line), metadata });
    }
  }
  return { entries, addedSetCount: result.length - streams.size };
}

/**
 * Whether entries that are sorted by time stand as they were written. Those of one stream and nanosecond with different metadata come in
 * label sets apart, which says nothing of their order, and lines of a stack trace may be such.
 */
export function isOrderKnown(entries: readonly LogEntry[]): boolean {
  let metadataByLabels: Map<Labels, Labels> | undefined;
  let earlier: LogEntry | undefined;
  for (const entry of entries) {
    if (earlier?.timestampNs !== entry.timestampNs) {
      metadataByLabels = undefined;
    } else {
      metadataByLabels ??= new Map([[earlier.labels, earlier.metadata]]);
      const metadata = metadataByLabels.get(entry.labels);
      if (metadata !== undefined && metadata !== entry.metadata) {
        return false;
      }
      metadataByLabels.set(entry.labels, entry.metadata);
    }
    earlier = entry;
  }
  return true;
}
