import { anyOf, isQueryableLabelName, matcher, type LabelMatcher } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';

/**
 * Matchers on labels that all streams have: every value that occurs, as long as there are no more than `maxAlternatives`.
 * They may match further streams; none when the streams have no label name in common.
 */
export function matchStreams(streams: readonly Labels[], maxAlternatives: number): readonly LabelMatcher[] {
  const names = Object.keys(streams[0] ?? {}).filter(
    (name) => isQueryableLabelName(name) && streams.every((labels) => labels[name] !== undefined && labels[name] !== '')
  );
  const candidates = names
    .toSorted()
    .map((name) => ({ name, values: [...new Set(streams.map((labels) => labels[name] ?? ''))].toSorted() }));
  const narrow = candidates.filter((candidate) => candidate.values.length <= maxAlternatives);
  const chosen = narrow.length > 0 ? narrow : candidates.slice(0, 1);
  return chosen.map(({ name, values }) => {
    if (values.length === 1) {
      return matcher(name, '=', values[0] ?? '');
    }
    return values.length <= maxAlternatives ? matcher(name, '=~', anyOf(...values)) : matcher(name, '=~', '.+');
  });
}
