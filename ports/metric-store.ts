import type { Labels } from '@loghunter/engine/records';

/** A query over a range. */
export interface MetricRangeQuery {
  /** PromQL that has passed the guard: `text` of `guardPromql`. */
  readonly query: string;
  /** Milliseconds since 1970; both are part of it. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Whole seconds, 1 at least; made longer where it would give more than `maxMetricPoints` points. */
  readonly stepSeconds: number;
  readonly signal: AbortSignal;
}

/** Values of one series in order of time; what is no finite number is left out. */
export interface MetricSeries {
  readonly labels: Labels;
  readonly points: ReadonlyArray<{ readonly atMs: number; readonly value: number }>;
}

/** Points of one series at most. */
export const maxMetricPoints = 1000;
/** Series of one answer at most; more are refused, because the first of them would be any. */
export const maxMetricSeries = 500;

/** A store of metrics. Throws `PortError`: `rejected` for a query or an answer that it does not take. */
export interface MetricStore {
  readRange(query: MetricRangeQuery): Promise<readonly MetricSeries[]>;
}
