import type { LabelMatcher } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';
import type { NanosecondRange } from '@loghunter/ports';

import { embeddedFailure } from '../embedded-failure.ts';
import { labelKey } from '../metrics/series.ts';
import type { Series } from '../metrics/series.ts';
import type { StoredEntry } from '../streams/log-stream.ts';
import type { StreamIndex } from '../streams/stream-index.ts';
import { readLimit } from './read-parameters.ts';
import { readSelector } from './read-query.ts';

/** What a question for volumes asks, apart from its times. */
export interface VolumeQuestion {
  readonly matchers: readonly LabelMatcher[];
  /** The labels that the answer's series have. */
  keep(labels: Labels): readonly Labels[];
  readonly limit: number;
}

/** Reads `query`, `targetLabels`, `aggregateBy` and `limit`. Throws `PortError` `rejected`. */
export function readVolumeQuestion(parameters: URLSearchParams): VolumeQuestion {
  const asked = readSelector(parameters.get('query') ?? undefined);
  const targets = (parameters.get('targetLabels') ?? '').split(',').filter((name) => name !== '');
  const aggregateBy = parameters.get('aggregateBy') ?? 'series';
  if (aggregateBy !== 'series' && aggregateBy !== 'labels') {
    throw embeddedFailure('rejected', 'invalid aggregateBy option');
  }
  const unmatched = targets.filter((target) => !asked.some(({ name }) => name === target));
  const matchers = [...asked, ...unmatched.map((name) => ({ name, operator: '=~', value: '.+' }) as const)];
  const isNamed = namesOf(targets, asked, aggregateBy);
  function keep(labels: Labels): readonly Labels[] {
    const kept = Object.entries(labels).filter(([name]) => isNamed(name));
    return aggregateBy === 'series' ? [Object.fromEntries(kept)] : kept.map(([name]) => ({ [name]: '' }));
  }
  return { matchers, keep, limit: readLimit(parameters) };
}

function namesOf(
  targets: readonly string[],
  asked: readonly LabelMatcher[],
  aggregateBy: 'series' | 'labels'
): (name: string) => boolean {
  if (targets.length > 0) {
    return (name) => targets.includes(name);
  }
  const isAny = aggregateBy === 'labels' || asked.length === 0;
  return (name) => isAny || asked.some((matcher) => matcher.name === name);
}

/** Bytes in [from, to] at `timeNs`, the largest first. */
export function measureVolumes(
  index: StreamIndex,
  { matchers, keep, limit }: VolumeQuestion,
  { fromNs, toNs }: NanosecondRange,
  timeNs: bigint
): readonly Series[] {
  const volumes = new Map<string, { readonly labels: Labels; bytes: number }>();
  for (const stream of index.select(matchers)) {
    const entries = stream.between(fromNs, toNs + 1n);
    const bytes = measureEntries(stream.labels, entries);
    for (const labels of entries.length === 0 ? [] : keep(stream.labels)) {
      const key = labelKey(labels);
      const volume = volumes.get(key) ?? { labels, bytes: 0 };
      volume.bytes += bytes;
      volumes.set(key, volume);
    }
  }
  return [...volumes.values()]
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, limit)
    .map(({ labels, bytes }) => ({ labels, points: [[timeNs, bytes]] }));
}

/** The size that Loki's chunks have before they are packed: metadata counts 8 bytes a pair, and each of its texts once. */
function measureEntries(labels: Labels, entries: readonly StoredEntry[]): number {
  const texts = new Set<string>();
  let bytes = 0;
  for (const { line, metadata } of entries) {
    bytes += Buffer.byteLength(line);
    for (const [name, value] of Object.entries(metadata)) {
      bytes += 8;
      // The store keeps metadata of a label's name under another; what was pushed counts.
      const pushed = name.replace(/_extracted$/, '');
      texts.add(Object.hasOwn(labels, pushed) ? pushed : name).add(value);
    }
  }
  for (const text of texts) {
    bytes += Buffer.byteLength(text);
  }
  return bytes;
}
