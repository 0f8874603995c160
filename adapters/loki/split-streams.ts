import { anyOf, isQueryableLabelName, matcher } from '@loghunter/engine/logql';
import type { LabelMatcher } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';

import { packValues, widestLabel } from './label-values.ts';
import { splitByNames } from './split-by-names.ts';

/** Streams that share their label names, with matchers that select them and no other of the streams given. */
export interface StreamGroup {
  readonly matchers: readonly LabelMatcher[];
  /** Sorted. */
  readonly labelNames: readonly string[];
  readonly streamCount: number;
}

/**
 * Groups of at most `maxStreams` streams (more only where no label tells them apart). Within a group all streams have the same
 * label names, so grouping a metric query by these names can never meet structured metadata of the same name.
 */
export function splitStreams(streams: readonly Labels[], maxStreams: number): readonly StreamGroup[] {
  return splitByNames(streams).flatMap(({ matchers, streams: members }) => {
    const labelNames = [...new Set(members.flatMap(Object.keys))].filter(isQueryableLabelName).sort();
    return splitByValues(members, labelNames, maxStreams).map((part) => ({
      matchers: [...matchers, ...part.matchers],
      labelNames,
      streamCount: part.streamCount,
    }));
  });
}

interface ValuePart {
  readonly matchers: readonly LabelMatcher[];
  readonly streamCount: number;
}

function splitByValues(streams: readonly Labels[], names: readonly string[], maxStreams: number): readonly ValuePart[] {
  const whole = [{ matchers: [], streamCount: streams.length }];
  if (streams.length <= maxStreams) {
    return whole;
  }
  const widest = widestLabel(streams, names);
  if (widest === undefined) {
    return whole;
  }
  const rest = names.filter((name) => name !== widest.name);
  return packValues(widest, maxStreams).flatMap((values) => {
    const members = values.flatMap((value) => widest.byValue.get(value) ?? []);
    const own = matcher(widest.name, '=~', anyOf(...values));
    return splitByValues(members, rest, maxStreams).map((part) => ({ ...part, matchers: [own, ...part.matchers] }));
  });
}
