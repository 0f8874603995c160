// Metric queries: one number per series and step, over windows (t - range - offset, t - offset] as Loki has them.
import type { Grouping, MetricQuery, RangeAggregation } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';

import { readAnswerable } from './answerable-metric.ts';
import type { AnswerableMetric, AnswerableOperation } from './answerable-metric.ts';
import { embeddedFailure } from '../embedded-failure.ts';
import { byAllLabels, byGroup, groupLabels, labelKey } from './group-entries.ts';
import type { EntryGrouping } from './group-entries.ts';
import { selectEntries } from '../pipeline/select-entries.ts';
import type { SelectedEntry } from '../pipeline/select-entries.ts';
import type { StreamIndex } from '../streams/stream-index.ts';

/** Times at which a query is evaluated: startNs, startNs + stepNs and so on up to and including endNs. */
export interface Steps {
  readonly startNs: bigint;
  readonly endNs: bigint;
  /** More than 0. */
  readonly stepNs: bigint;
}

/** A series; times without a value are left out. */
export interface Series {
  readonly labels: Labels;
  readonly points: ReadonlyArray<readonly [timeNs: bigint, value: number]>;
}

/**
 * Evaluates a metric query. Throws `PortError`: `not-supported` for what only Loki computes, `rejected` when a parser failed on a line,
 * as Loki refuses such a query.
 */
export function evaluateMetric(index: StreamIndex, query: MetricQuery, steps: Steps): readonly Series[] {
  return evaluateAnswerable(index, readAnswerable(query), steps);
}

function evaluateAnswerable(index: StreamIndex, query: AnswerableMetric, steps: Steps): readonly Series[] {
  if (query.kind === 'range-aggregation') {
    return evaluateRangeAggregation(index, query, steps, byAllLabels);
  }
  const { of, operation } = query;
  if (operation === 'sum' && of.kind === 'range-aggregation') {
    // Counts, sizes and rates add up: grouping the lines gives the sum of the series without building them.
    const needed = needsNoLabels(query.grouping) ? withoutIdleParsers(of) : of;
    return evaluateRangeAggregation(index, needed, steps, byGroup(query.grouping));
  }
  return aggregate(evaluateAnswerable(index, of, steps), operation, groupLabels(query.grouping));
}

function needsNoLabels(grouping: Grouping | null): boolean {
  return grouping === null || (grouping.mode === 'by' && grouping.labelNames.length === 0);
}

/** Loki does not run parsers whose labels nobody asks for, and so does not fail on lines that they cannot read. */
function withoutIdleParsers(aggregation: RangeAggregation): RangeAggregation {
  const { query } = aggregation;
  if (query.stages.some(({ kind }) => kind === 'label-filter')) {
    return aggregation;
  }
  const stages = query.stages.filter(({ kind }) => kind === 'line-filter');
  return { ...aggregation, query: { ...query, stages } };
}

interface Samples {
  readonly labels: Labels;
  readonly samples: Array<{ readonly timestampNs: bigint; readonly value: number }>;
}

function evaluateRangeAggregation(
  index: StreamIndex,
  query: RangeAggregation,
  steps: Steps,
  grouping: EntryGrouping
): readonly Series[] {
  const isSize = query.operation === 'bytes_over_time' || query.operation === 'bytes_rate';
  const isRate = query.operation === 'rate' || query.operation === 'bytes_rate';
  const divisor = isRate ? Number(query.rangeNs) / 1e9 : 1;
  const range = {
    fromNs: steps.startNs - query.offsetNs - query.rangeNs + 1n,
    toNs: steps.endNs - query.offsetNs + 1n,
  };
  const seriesByKey = new Map<string, Samples>();
  for (const selected of selectEntries(index, query.query, range)) {
    refuseParserError(selected);
    const key = grouping.keyOf(selected);
    const series = seriesByKey.get(key) ?? { labels: grouping.labelsOf(selected), samples: [] };
    seriesByKey.set(key, series);
    const value = isSize ? Buffer.byteLength(selected.entry.line) : 1;
    series.samples.push({ timestampNs: selected.entry.timestampNs, value });
  }
  return [...seriesByKey.values()].map(({ labels, samples }) => ({
    labels,
    points: slideWindow(samples, query, steps).map(([timeNs, value]) => [timeNs, value / divisor] as const),
  }));
}

function refuseParserError({ parsed }: SelectedEntry): void {
  const error = parsed.__error__;
  if (error !== undefined) {
    throw embeddedFailure(
      'rejected',
      `pipeline error: '${error}'. Use a label filter such as | __error__="" to skip such lines.`
    );
  }
}

function slideWindow(
  samples: Samples['samples'],
  query: RangeAggregation,
  steps: Steps
): Array<readonly [bigint, number]> {
  // A series may come from several streams.
  samples.sort((a, b) => (a.timestampNs < b.timestampNs ? -1 : a.timestampNs > b.timestampNs ? 1 : 0));
  const points: Array<readonly [bigint, number]> = [];
  let first = 0;
  let next = 0;
  let total = 0;
  for (let timeNs = steps.startNs; timeNs <= steps.endNs; timeNs += steps.stepNs) {
    const lastNs = timeNs - query.offsetNs;
    const beforeFirstNs = lastNs - query.rangeNs;
    for (let sample = samples[next]; sample !== undefined && sample.timestampNs <= lastNs; sample = samples[next]) {
      total += sample.value;
      next += 1;
    }
    for (
      let sample = samples[first];
      first < next && sample !== undefined && sample.timestampNs <= beforeFirstNs;
      sample = samples[first]
    ) {
      total -= sample.value;
      first += 1;
    }
    if (next > first) {
      points.push([timeNs, total]);
    }
  }
  return points;
}

function aggregate(
  series: readonly Series[],
  operation: AnswerableOperation,
  keep: (labels: Labels) => Labels
): readonly Series[] {
  const groups = Map.groupBy(series, ({ labels }) => labelKey(keep(labels)));
  return [...groups.values()].map((members) => {
    const values = new Map<bigint, number[]>();
    for (const [timeNs, value] of members.flatMap(({ points }) => points)) {
      const atTime = values.get(timeNs) ?? [];
      atTime.push(value);
      values.set(timeNs, atTime);
    }
    const points = [...values].map(([timeNs, atTime]) => [timeNs, combine(atTime, operation)] as const);
    return { labels: keep(members[0]?.labels ?? {}), points: points.sort(([a], [b]) => (a < b ? -1 : 1)) };
  });
}

function combine(values: readonly number[], operation: AnswerableOperation): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  switch (operation) {
    case 'sum':
      return total;
    case 'avg':
      return total / values.length;
    case 'count':
      return values.length;
    case 'min':
      return values.reduce((least, value) => Math.min(least, value));
    case 'max':
      return values.reduce((most, value) => Math.max(most, value));
  }
}
