// Aggregations over the series of one time.
import type { VectorAggregation } from '@loghunter/engine/logql';

import { notSupportedHere } from '../embedded-failure.ts';
import { average, greatest, smallest, sum, variance } from './aggregate-range.ts';
import { createSeriesCollector, groupLabels, labelKey, samplesByTime } from './series.ts';
import type { Sample, Series } from './series.ts';

/** Aggregates at each time. Throws `PortError` `not-supported` for a function that only Loki has. */
export function aggregateVector(series: readonly Series[], query: Omit<VectorAggregation, 'of'>): readonly Series[] {
  const keep = groupLabels(query.grouping);
  // A label set is grouped once, not once a time.
  const groupOf = new Map(
    series.map(({ labels }) => {
      const kept = keep(labels);
      return [labels, { key: labelKey(kept), labels: kept }] as const;
    })
  );
  const join = joinFunction(query);
  const collector = createSeriesCollector();
  const times = [...samplesByTime(series)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [timeNs, samples] of times) {
    const groups = Map.groupBy(samples, ({ labels }) => groupOf.get(labels)?.key ?? '');
    for (const members of groups.values()) {
      const labels = members[0] === undefined ? undefined : groupOf.get(members[0].labels)?.labels;
      collector.add(timeNs, join(members, labels ?? {}));
    }
  }
  return collector.series();
}

type JoinFunction = (members: readonly Sample[], labels: Sample['labels']) => readonly Sample[];

function joinFunction({ operation, seriesCount }: Omit<VectorAggregation, 'of'>): JoinFunction {
  switch (operation) {
    case 'sum':
      return toOne(sum);
    case 'avg':
      return toOne(average);
    case 'count':
      return toOne((values) => values.length);
    case 'min':
      return toOne(smallest);
    case 'max':
      return toOne(greatest);
    case 'stdvar':
      return toOne(variance);
    case 'stddev':
      return toOne((values) => Math.sqrt(variance(values)));
    case 'topk':
    case 'sort_desc':
      return (members) => members.toSorted(byValueDescending).slice(0, seriesCount ?? members.length);
    case 'bottomk':
    case 'sort':
      return (members) => members.toSorted((a, b) => a.value - b.value).slice(0, seriesCount ?? members.length);
    case 'approx_topk':
      throw notSupportedHere(operation);
  }
}

function byValueDescending(a: Sample, b: Sample): number {
  return b.value - a.value;
}

function toOne(join: (values: readonly number[]) => number): JoinFunction {
  return (members, labels) => [{ labels, value: join(members.map(({ value }) => value)) }];
}
