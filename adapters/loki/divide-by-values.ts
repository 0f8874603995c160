import { anyOf, isQueryableLabelName, matcher } from '@loghunter/engine/logql';
import type { LabelMatcher } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';

/** A label with more values makes queries of many kilobytes, which cost more than they save. */
const maxValueCount = 500;

/**
 * Matchers of about `partCount` parts of a selector, by the values of the label that has most of them. Each stream is in exactly one part, also
 * one that is not known yet or has no such label: the last part is what the others leave.
 */
export function divideByValues(streams: readonly Labels[], partCount: number): ReadonlyArray<readonly LabelMatcher[]> {
  const widest = widestLabel(streams);
  if (widest === undefined || partCount < 2) {
    return [[]];
  }
  const { name, countByValue } = widest;
  const packs = packValues(countByValue, streams.length / partCount);
  const named = packs.slice(0, -1);
  const rest = named.length === 0 ? [] : [matcher(name, '!~', anyOf(...named.flat()))];
  return [...named.map((values) => [matcher(name, '=~', anyOf(...values))]), rest];
}

interface LabelValues {
  readonly name: string;
  /** Streams by value. */
  readonly countByValue: ReadonlyMap<string, number>;
}

function widestLabel(streams: readonly Labels[]): LabelValues | undefined {
  const names = [...new Set(streams.flatMap(Object.keys))].filter(isQueryableLabelName).sort();
  const candidates = names.map((name): LabelValues => {
    const countByValue = new Map<string, number>();
    for (const value of streams.flatMap((labels) => labels[name] ?? [])) {
      countByValue.set(value, (countByValue.get(value) ?? 0) + 1);
    }
    return { name, countByValue };
  });
  return candidates
    .filter(({ countByValue }) => countByValue.size > 1 && countByValue.size <= maxValueCount)
    .reduce<LabelValues | undefined>(
      (best, candidate) =>
        best === undefined || candidate.countByValue.size > best.countByValue.size ? candidate : best,
      undefined
    );
}

/** Values in packs of about `streamCount` streams, one value at least. */
function packValues(countByValue: ReadonlyMap<string, number>, streamCount: number): readonly string[][] {
  const packs: string[][] = [];
  let room = 0;
  for (const [value, count] of countByValue) {
    const pack = packs.at(-1);
    if (pack !== undefined && count <= room) {
      pack.push(value);
      room -= count;
    } else {
      packs.push([value]);
      room = streamCount - count;
    }
  }
  return packs;
}
