// Range aggregations: one number per series and step, over windows (t - range - offset, t - offset] as Loki has them.
import type { RangeAggregation } from '@loghunter/engine/logql';

import { notSupportedHere } from '../embedded-failure.ts';
import type { SampleSeries } from './extract-samples.ts';
import type { Series } from './series.ts';
import { timesOf } from './steps.ts';
import type { Steps } from './steps.ts';

/** Joins the numbers of a window, of which there is one at least, in order of time. */
type WindowFunction = (values: Float64Array) => number;

/** Aggregates each series. Throws `PortError` `not-supported` for a function that only Loki has. */
export function aggregateRange(
  series: readonly SampleSeries[],
  query: RangeAggregation,
  steps: Steps
): readonly Series[] {
  const join = windowFunction(query);
  return series.map(({ labels, samples }) => ({ labels, points: slideWindow(samples, query, steps, join) }));
}

function slideWindow(
  samples: SampleSeries['samples'],
  query: RangeAggregation,
  steps: Steps,
  join: WindowFunction
): Series['points'] {
  const points: Array<readonly [bigint, number]> = [];
  const values = Float64Array.from(samples, ({ value }) => value);
  let first = 0;
  let next = 0;
  for (const timeNs of timesOf(steps)) {
    const lastNs = timeNs - query.offsetNs;
    const beforeFirstNs = lastNs - query.rangeNs;
    next = skipUntil(samples, next, lastNs);
    first = skipUntil(samples, first, beforeFirstNs);
    if (next > first) {
      points.push([timeNs, join(values.subarray(first, next))]);
    }
  }
  return points;
}

/** The first index from `start` on whose sample is after the time. */
function skipUntil(samples: SampleSeries['samples'], start: number, timeNs: bigint): number {
  let index = start;
  for (let sample = samples[index]; sample !== undefined && sample.timestampNs <= timeNs; sample = samples[index]) {
    index += 1;
  }
  return index;
}

function windowFunction({ operation, parameter, rangeNs, unwrap }: RangeAggregation): WindowFunction {
  const seconds = Number(rangeNs) / 1e9;
  switch (operation) {
    case 'count_over_time':
      return (values) => values.length;
    case 'rate':
      return unwrap === null ? (values) => values.length / seconds : (values) => sum(values) / seconds;
    case 'bytes_over_time':
    case 'sum_over_time':
      return sum;
    case 'bytes_rate':
      return (values) => sum(values) / seconds;
    case 'avg_over_time':
      return average;
    case 'min_over_time':
      return smallest;
    case 'max_over_time':
      return greatest;
    case 'stdvar_over_time':
      return variance;
    case 'stddev_over_time':
      return (values) => Math.sqrt(variance(values));
    case 'quantile_over_time':
      return (values) => quantile(Number(parameter), values);
    case 'first_over_time':
      return (values) => values[0] ?? Number.NaN;
    case 'last_over_time':
      return (values) => values.at(-1) ?? Number.NaN;
    case 'absent_over_time':
      return () => 1;
    case 'rate_counter':
      throw notSupportedHere(operation);
  }
}

/** Numbers of a window or of a group; one at least. */
type Numbers = Float64Array | readonly number[];

/** The sum. */
export function sum(values: Numbers): number {
  let total = 0;
  for (const value of values) {
    total += value;
  }
  return total;
}

/** The mean. */
export function average(values: Numbers): number {
  return sum(values) / values.length;
}

/** The smallest number; NaN only when there is no other. */
export function smallest(values: Numbers): number {
  let least = Number.NaN;
  for (const value of values) {
    least = value < least || Number.isNaN(least) ? value : least;
  }
  return least;
}

/** The greatest number; NaN only when there is no other. */
export function greatest(values: Numbers): number {
  let most = Number.NaN;
  for (const value of values) {
    most = value > most || Number.isNaN(most) ? value : most;
  }
  return most;
}

/** The variance of a whole population. */
export function variance(values: Numbers): number {
  const mean = average(values);
  let squares = 0;
  for (const value of values) {
    squares += (value - mean) ** 2;
  }
  return squares / values.length;
}

/** The quantile with linear interpolation between the two nearest values. */
function quantile(rank: number, values: Float64Array): number {
  if (rank < 0 || rank > 1) {
    return rank < 0 ? -Infinity : Infinity;
  }
  // NaN sorts before all numbers.
  const sorted = values.toSorted((a, b) => (Number.isNaN(a) ? -1 : Number.isNaN(b) ? 1 : a - b));
  const position = rank * (sorted.length - 1);
  const lower = Math.floor(position);
  const weight = position - lower;
  const upper = Math.min(sorted.length - 1, lower + 1);
  return (sorted[lower] ?? Number.NaN) * (1 - weight) + (sorted[upper] ?? Number.NaN) * weight;
}
