import type { SeriesBand } from '@loghunter/contracts';
import type { MinuteRange } from '@loghunter/ports';
import { toTimestamp } from '../http/time-range.ts';

const minuteMs = 60_000;

/** What one minute is expected to hold, with its scatter. */
export interface ExpectedMinute {
  readonly mean: number;
  /** Least and most mean that the baseline allows for the minute. */
  readonly low: number;
  readonly high: number;
  /** Variance of independent minutes about their mean, which adds up over a step. */
  readonly variance: number;
  /** Standard error of the mean itself in units of the mean, which does not average out. */
  readonly relativeError: number;
}

/** What a band is drawn from. */
export interface BandRequest {
  readonly metric: SeriesBand['metric'];
  readonly range: MinuteRange;
  /** Whole minutes. */
  readonly stepMs: number;
  readonly counts: ReadonlyMap<number, number>;
  /** Minutes before this, and from `toMs` on, have not been read: nothing is known of them. */
  readonly knownFromMs: number | null;
  readonly knownToMs: number | null;
  /** Null: nothing was learned. */
  readonly expect: ((minuteMs: number) => ExpectedMinute) | null;
}

/** Normal steps leave the band once in about 1,000: 3.3 standard deviations of a normal distribution, both sides. */
const bandDeviations = 3.3;

/** Steps of whole minutes of which there are at most `points`. */
export function chooseStepMs(range: MinuteRange, points: number): number {
  return Math.max(1, Math.ceil((range.toMs - range.fromMs) / minuteMs / points)) * minuteMs;
}

/** Counts at equal steps with the band that is expected. */
export function drawBand(request: BandRequest): SeriesBand {
  const { range, stepMs } = request;
  const stepCount = Math.ceil((range.toMs - range.fromMs) / stepMs);
  const steps = Array.from({ length: stepCount }, (_, index) => drawStep(request, range.fromMs + index * stepMs));
  return {
    metric: request.metric,
    start: toTimestamp(range.fromMs),
    stepMs,
    observed: steps.map(({ observed }) => observed),
    expected: steps.map(({ expected }) => expected),
    low: steps.map(({ low }) => low),
    high: steps.map(({ high }) => high),
  };
}

function drawStep({ range, stepMs, counts, knownFromMs, knownToMs, expect }: BandRequest, fromMs: number) {
  const toMs = Math.min(fromMs + stepMs, range.toMs);
  const isKnown = knownFromMs !== null && knownToMs !== null && fromMs >= knownFromMs && toMs <= knownToMs;
  let observed = 0;
  const sums = { mean: 0, low: 0, high: 0, variance: 0, error: 0 };
  for (let minute = fromMs; minute < toMs; minute += minuteMs) {
    observed += counts.get(minute) ?? 0;
    const expected = expect?.(minute);
    if (expected !== undefined) {
      sums.mean += expected.mean;
      sums.low += expected.low;
      sums.high += expected.high;
      sums.variance += expected.variance;
      sums.error += expected.relativeError * expected.mean;
    }
  }
  const spread = bandDeviations * Math.sqrt(sums.variance + sums.error ** 2);
  const hasBand = expect !== null;
  return {
    observed: isKnown ? observed : null,
    expected: hasBand ? round(sums.mean) : null,
    low: hasBand ? round(Math.max(0, sums.low - spread)) : null,
    high: hasBand ? round(sums.high + spread) : null,
  };
}

// Screens show three digits; more would be noise.
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
