import { isQueryableLabelName, matcher } from '@loghunter/engine/logql';
import type { LabelMatcher } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';

/** Streams that have the same label names, as far as a query can tell them apart. */
export interface NameGroup {
  /** Select these streams and none of the other groups'. The groups together select every stream, also those not known yet. */
  readonly matchers: readonly LabelMatcher[];
  readonly streams: readonly Labels[];
}

/**
 * Divides streams by the presence of labels until all of a group have the same label names.
 *
 * Loki 3.7 keeps its answers' label sets by a hash of stream labels and structured metadata together, so in one answer a stream
 * `{app="a", level="info"}` and a line of `{app="a"}` with the metadata level=info come out as the same stream
 * (pkg/logql/log/labels.go, `LabelsResult`). Where all streams have the same label names this cannot happen.
 */
export function splitByNames(streams: readonly Labels[], matchers: readonly LabelMatcher[] = []): readonly NameGroup[] {
  const divider = chooseDivider(streams);
  if (divider === null) {
    return [{ matchers, streams }];
  }
  const withName = streams.filter((labels) => Object.hasOwn(labels, divider));
  const withoutName = streams.filter((labels) => !Object.hasOwn(labels, divider));
  return [
    ...splitByNames(withName, [...matchers, matcher(divider, '=~', '.+')]),
    ...splitByNames(withoutName, [...matchers, matcher(divider, '=', '')]),
  ];
}

/** The label name that nearest to half of the streams have; null when all have the same names. */
function chooseDivider(streams: readonly Labels[]): string | null {
  const counts = new Map<string, number>();
  for (const name of streams.flatMap(Object.keys)) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const middle = streams.length / 2;
  let best: string | null = null;
  let bestDistance = middle;
  for (const [name, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const distance = Math.abs(count - middle);
    if (distance < bestDistance && isQueryableLabelName(name)) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}
