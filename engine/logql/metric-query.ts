import type { LabelCondition, LogQuery } from './log-query.ts';

/** Functions over a range of lines that need nothing but the lines. */
export type LineOperation = 'count_over_time' | 'rate' | 'bytes_over_time' | 'bytes_rate' | 'absent_over_time';

/** Functions over a range of numbers that `unwrap` takes out of the lines (`rate` and `absent_over_time` take both). */
export type SampleOperation =
  | 'rate_counter'
  | 'sum_over_time'
  | 'avg_over_time'
  | 'min_over_time'
  | 'max_over_time'
  | 'stdvar_over_time'
  | 'stddev_over_time'
  | 'quantile_over_time'
  | 'first_over_time'
  | 'last_over_time';

/** Functions over a range. */
export type RangeOperation = LineOperation | SampleOperation;

/** The label whose value is the line's number. */
export interface Unwrapping {
  readonly label: string;
  /** How the value is read; null for a plain number. */
  readonly conversion: 'bytes' | 'duration' | 'duration_seconds' | null;
  /** Filters after the unwrapping, in order. */
  readonly conditions: readonly LabelCondition[];
}

/** A number per stream from the lines of (t - range - offset, t - offset]. */
export interface RangeAggregation {
  readonly kind: 'range-aggregation';
  readonly operation: RangeOperation;
  /** The quantile of `quantile_over_time` as a decimal number; null for all others. */
  readonly parameter: string | null;
  readonly query: LogQuery;
  readonly unwrap: Unwrapping | null;
  /** Nanoseconds, more than 0. */
  readonly rangeNs: bigint;
  /** Nanoseconds, 0 for none, negative looks forward. */
  readonly offsetNs: bigint;
  readonly grouping: Grouping | null;
}

/** Which labels the groups of an aggregation keep (`by`) or lose (`without`). */
export interface Grouping {
  readonly mode: 'by' | 'without';
  readonly labelNames: readonly string[];
}

/** Functions over series of the same time. */
export type VectorOperation =
  | 'sum'
  | 'min'
  | 'max'
  | 'avg'
  | 'count'
  | 'stddev'
  | 'stdvar'
  | 'topk'
  | 'bottomk'
  | 'approx_topk'
  | 'sort'
  | 'sort_desc';

/** Series joined into groups; without a grouping all become one. */
export interface VectorAggregation {
  readonly kind: 'vector-aggregation';
  readonly operation: VectorOperation;
  /** How many series `topk`, `bottomk` and `approx_topk` keep, more than 0; null for all others. */
  readonly seriesCount: number | null;
  readonly grouping: Grouping | null;
  readonly of: MetricQuery;
}

/** Operators between two metric queries. */
export type BinaryOperator =
  '^' | '*' | '/' | '%' | '+' | '-' | '==' | '!=' | '>' | '>=' | '<' | '<=' | 'and' | 'unless' | 'or';

/** Which series of both sides belong together. */
export interface VectorMatching {
  readonly mode: 'on' | 'ignoring';
  readonly labelNames: readonly string[];
  /** The side with many series for one of the other, and the labels taken over from that other; null for one to one. */
  readonly group: { readonly many: 'left' | 'right'; readonly labelNames: readonly string[] } | null;
}

/** Two metric queries joined by an operator. */
export interface BinaryOperation {
  readonly kind: 'binary-operation';
  readonly operator: BinaryOperator;
  /** Whether a comparison answers 0 or 1 instead of filtering. */
  readonly returnsBool: boolean;
  readonly matching: VectorMatching | null;
  readonly left: MetricQuery;
  readonly right: MetricQuery;
}

/** A number (`5`, `-1.5`), or a series without labels that always has this number (`vector(5)`). */
export interface NumberQuery {
  readonly kind: 'number' | 'vector';
  /** Decimal; only a plain number may have a sign. */
  readonly value: string;
}

/** A label set from the parts of another that an RE2 expression finds. */
export interface LabelReplacement {
  readonly kind: 'label_replace';
  readonly of: MetricQuery;
  readonly destination: string;
  readonly replacement: string;
  readonly source: string;
  readonly expression: string;
}

/** A query that answers with numbers. */
export type MetricQuery = RangeAggregation | VectorAggregation | BinaryOperation | NumberQuery | LabelReplacement;
