import { anyOf, isQueryableLabelName, matcher, type LabelMatcher } from '@loghunter/engine/logql';
import { labelOf, type Labels } from '@loghunter/engine/records';

/** Bytes that the values of one label may take of a query; Loki gives a stream 15 labels and refuses queries of 128 KiB. */
const maxValueBytes = 8 * 1024;

/**
 * Matchers on labels that all streams have: every value that occurs, as long as there are no more than `maxAlternatives` and they are not too long.
 * They may match further streams; none when the streams have no label name in common.
 */
export function matchStreams(streams: readonly Labels[], maxAlternatives: number): readonly LabelMatcher[] {
  const names = Object.keys(streams[0] ?? {}).filter(
    (name) => isQueryableLabelName(name) && streams.every((labels) => (labelOf(labels, name) ?? '') !== '')
  );
  const candidates = names
    .toSorted()
    .map((name) => ({ name, values: [...new Set(streams.map((labels) => labelOf(labels, name) ?? ''))].toSorted() }));
  const isNarrow = (values: readonly string[]): boolean =>
    values.length <= maxAlternatives && Buffer.byteLength(anyOf(...values)) <= maxValueBytes;
  const narrow = candidates.filter(({ values }) => isNarrow(values));
  const chosen = narrow.length > 0 ? narrow : candidates.slice(0, 1);
  return chosen.map(({ name, values }) => {
    if (values.length === 1) {
      return matcher(name, '=', values[0] ?? '');
    }
    return isNarrow(values) ? matcher(name, '=~', anyOf(...values)) : matcher(name, '=~', '.+');
  });
}
