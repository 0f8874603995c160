// Metric queries over the lines of the store, as Loki's engine evaluates them.
import {
  compileExpression,
  type LabelReplacement,
  type LabelMatcher,
  type MetricQuery,
  type PipelineStage,
  type RangeAggregation,
  type VectorAggregation,
} from '@loghunter/engine/logql';
import { labelOf } from '@loghunter/engine/records';

import { expandGroups } from '../pipeline/replace-groups.ts';
import type { StreamIndex } from '../streams/stream-index.ts';
import { aggregateRange } from './aggregate-range.ts';
import { aggregateVector } from './aggregate-vector.ts';
import { applyOperator } from './binary-operation.ts';
import type { MetricValue } from './binary-operation.ts';
import { extractSamples } from './extract-samples.ts';
import { sampleGrouping } from './sample-hints.ts';
import type { Series } from './series.ts';
import { timesOf } from './steps.ts';
import type { Steps } from './steps.ts';

/**
 * Evaluates a metric query. Throws `PortError`: `not-supported` for what only Loki computes, `rejected` when a stage failed on a line,
 * as Loki refuses such a query.
 */
export function evaluateMetric(index: StreamIndex, query: MetricQuery, steps: Steps): MetricValue {
  switch (query.kind) {
    case 'number':
      return Number(query.value);
    case 'vector':
      return [constantSeries(Number(query.value), steps)];
    case 'range-aggregation':
      return evaluateRange(index, query, steps, null);
    case 'vector-aggregation':
      return evaluateVector(index, query, steps);
    case 'label_replace':
      return replaceLabels(asSeries(evaluateMetric(index, query.of, steps), steps), query);
    case 'binary-operation':
      return applyOperator(query, evaluateMetric(index, query.left, steps), evaluateMetric(index, query.right, steps));
  }
}

/** A value as series: a number becomes one without labels. */
export function asSeries(value: MetricValue, steps: Steps): readonly Series[] {
  return typeof value === 'number' ? [constantSeries(value, steps)] : value;
}

function constantSeries(value: number, steps: Steps): Series {
  return { labels: {}, points: Array.from(timesOf(steps), (timeNs) => [timeNs, value] as const) };
}

const summable: ReadonlySet<string> = new Set([
  'bytes_over_time',
  'bytes_rate',
  'sum_over_time',
  'rate',
  'count_over_time',
]);

function evaluateVector(index: StreamIndex, query: VectorAggregation, steps: Steps): readonly Series[] {
  const { of } = query;
  const isPushedDown =
    query.operation === 'sum' && of.kind === 'range-aggregation' && of.grouping === null && summable.has(of.operation);
  // Counts, sizes and rates add up: grouping the lines gives the sum of the series without building them.
  const series =
    isPushedDown && of.kind === 'range-aggregation'
      ? evaluateRange(index, of, steps, query)
      : asSeries(evaluateMetric(index, of, steps), steps);
  return aggregateVector(series, query);
}

function evaluateRange(
  index: StreamIndex,
  written: RangeAggregation,
  steps: Steps,
  outer: VectorAggregation | null
): readonly Series[] {
  const query = withoutIdleFormats(written);
  const range = {
    fromNs: steps.startNs - query.offsetNs - query.rangeNs + 1n,
    toNs: steps.endNs - query.offsetNs + 1n,
  };
  const samples = extractSamples(index, query, sampleGrouping(query, outer), range);
  const aggregated = aggregateRange(samples, query, steps);
  const series = outer === null && mergesSeries(query) ? withoutEmptyLabels(aggregated) : aggregated;
  return query.operation === 'absent_over_time' ? [absentSeries(series, query.query.matchers, steps)] : series;
}

const mergeable: ReadonlySet<string> = new Set([...summable, 'min_over_time', 'max_over_time']);

/** Loki puts an aggregation `without ()` around functions whose series its shards may share, which takes empty labels away. */
function mergesSeries({ operation, query }: RangeAggregation): boolean {
  const canMerge = query.stages.some(
    (stage) =>
      stage.kind === 'drop' ||
      stage.kind === 'keep' ||
      (stage.kind === 'label_format' && stage.assignments.some(({ kind }) => kind === 'rename'))
  );
  return canMerge && mergeable.has(operation);
}

function withoutEmptyLabels(series: readonly Series[]): readonly Series[] {
  return series.map(({ labels, points }) => ({
    labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')),
    points,
  }));
}

const needsLine: ReadonlySet<string> = new Set([
  'json',
  'logfmt',
  'pattern',
  'regexp',
  'unpack',
  'line-filter',
  'pattern-filter',
  'address-filter',
]);

/** Loki leaves out a `line_format` whose line nobody reads, and with it the labels that its template would need and its failures. */
function withoutIdleFormats(aggregation: RangeAggregation): RangeAggregation {
  const { query, operation } = aggregation;
  if (operation === 'bytes_over_time' || operation === 'bytes_rate') {
    return aggregation;
  }
  const isRead = (stages: readonly PipelineStage[]): boolean => stages.some(({ kind }) => needsLine.has(kind));
  const stages = query.stages.filter(({ kind }, at) => kind !== 'line_format' || isRead(query.stages.slice(at)));
  return { ...aggregation, query: { ...query, stages } };
}

/** 1 wherever no series has a value; the labels are those that the selector states. */
function absentSeries(series: readonly Series[], matchers: readonly LabelMatcher[], steps: Steps): Series {
  const present = new Set(series.flatMap(({ points }) => points.map(([timeNs]) => timeNs)));
  const times = Array.from(timesOf(steps)).filter((timeNs) => !present.has(timeNs));
  const names = matchers.map(({ name }) => name);
  const stated = matchers.filter(
    ({ name, operator }) => operator === '=' && names.indexOf(name) === names.lastIndexOf(name)
  );
  return {
    labels: Object.fromEntries(stated.map(({ name, value }) => [name, value])),
    points: times.map((timeNs) => [timeNs, 1] as const),
  };
}

function replaceLabels(series: readonly Series[], query: LabelReplacement): readonly Series[] {
  const pattern = compileExpression(`^(?:${query.expression})$`);
  return series.map(({ labels, points }) => {
    const found = pattern.matcher(labelOf(labels, query.source) ?? '');
    if (!found.find()) {
      return { labels, points };
    }
    const value = expandGroups(query.replacement, found, pattern.namedGroups());
    const kept = Object.entries(labels).filter(([name]) => name !== query.destination);
    return { labels: Object.fromEntries(value === '' ? kept : [...kept, [query.destination, value]]), points };
  });
}
