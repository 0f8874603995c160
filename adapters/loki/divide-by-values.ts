import { anyOf, isQueryableLabelName, matcher } from '@loghunter/engine/logql';
import type { LabelMatcher } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';

import { maxValueBytes, packValues, widestLabel } from './label-values.ts';

/**
 * Matchers of about `partCount` parts of a selector, by the values of the label that has most of them and can be named in a query: the last
 * part names those of all others. Each stream is in exactly one part, also one that is not known yet or has no such label.
 */
export function divideByValues(streams: readonly Labels[], partCount: number): ReadonlyArray<readonly LabelMatcher[]> {
  const names = [...new Set(streams.flatMap(Object.keys))].filter(isQueryableLabelName).sort();
  const widest = partCount < 2 ? undefined : widestLabel(streams, names, maxValueBytes);
  if (widest === undefined) {
    return [[]];
  }
  const { name } = widest;
  const named = packValues(widest, streams.length / partCount).slice(0, -1);
  const rest = named.length === 0 ? [] : [matcher(name, '!~', anyOf(...named.flat()))];
  return [...named.map((values) => [matcher(name, '=~', anyOf(...values))]), rest];
}
