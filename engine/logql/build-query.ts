import { isWritableRange } from './durations.ts';
import { LogqlInputError } from './errors.ts';
import { isQueryableLabelName } from './label-names.ts';
import type { LabelMatcher, LineFilterOperator, LogQuery, MatchOperator, PipelineStage } from './log-query.ts';
import type { Grouping, LineOperation, MetricQuery, RangeAggregation, VectorAggregation } from './metric-query.ts';

/**
 * A condition on a label, such as `matcher('app', '=', 'shop')`. The value may be any text: it can never change the query's structure.
 * Throws `LogqlInputError` for a name that LogQL cannot write.
 */
export function matcher(name: string, operator: MatchOperator, value: string): LabelMatcher {
  if (!isQueryableLabelName(name)) {
    throw new LogqlInputError(`LogQL cannot name a label '${name}'`);
  }
  return { name, operator, value };
}

/**
 * The RE2 expression that matches any of these texts and nothing else, for `=~`, `!~` and `|~`. RE2 reads every punctuation character behind a
 * backslash as itself.
 */
export function anyOf(...texts: readonly string[]): string {
  return texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join('|');
}

/**
 * A log query of these matchers and no stages: `printQuery(selector(matcher('app', '=', 'shop')))` is `{app="shop"}`.
 * Throws `LogqlInputError` without a matcher.
 */
export function selector(...matchers: readonly LabelMatcher[]): LogQuery {
  if (matchers.length === 0) {
    throw new LogqlInputError('a stream selector needs a matcher');
  }
  return { kind: 'log', matchers, stages: [] };
}

/** The query with stages added at its end. */
export function withStages(query: LogQuery, ...stages: readonly PipelineStage[]): LogQuery {
  return { ...query, stages: [...query.stages, ...stages] };
}

/** A line filter; several patterns mean any of them. Throws `LogqlInputError` without a pattern. */
export function lineFilter(operator: LineFilterOperator, ...patterns: readonly string[]): PipelineStage {
  if (patterns.length === 0) {
    throw new LogqlInputError('a line filter needs a pattern');
  }
  return { kind: 'line-filter', operator, patterns };
}

/**
 * A number per stream over the last `rangeNs` nanoseconds, looking `offsetNs` back (0 for none).
 * Throws `LogqlInputError` for a range that is not a whole number of milliseconds above 0.
 */
export function rangeAggregation(
  operation: LineOperation,
  query: LogQuery,
  rangeNs: bigint,
  offsetNs = 0n
): RangeAggregation {
  if (!isWritableRange(rangeNs)) {
    throw new LogqlInputError(`a range is a whole number of milliseconds above 0, not ${rangeNs} ns`);
  }
  return {
    kind: 'range-aggregation',
    operation,
    parameter: null,
    query,
    unwrap: null,
    rangeNs,
    offsetNs,
    grouping: null,
  };
}

/** The sum of a metric query's series per group; `null` sums all. Throws `LogqlInputError` for a name that LogQL cannot write. */
export function sum(of: MetricQuery, grouping: Grouping | null): VectorAggregation {
  const unwritable = grouping?.labelNames.find((name) => !isQueryableLabelName(name));
  if (unwritable !== undefined) {
    throw new LogqlInputError(`LogQL cannot name a label '${unwritable}'`);
  }
  return { kind: 'vector-aggregation', operation: 'sum', seriesCount: null, grouping, of };
}
