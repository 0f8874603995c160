// Looks for the window of the last minutes that deviates most. Windows of growing length serve every rate: a busy series
// shows in two minutes, a sparse one when enough of it has come together.
import { shareEvidence } from './beta-binomial.ts';
import { lowerTailEvidence, upperTailEvidence } from './negative-binomial.ts';
import type { MinuteRing } from './minute-ring.ts';
import type { Deviation } from './severity.ts';

/** Lengths of windows in minutes in which something may be too high. */
const highWindows = [2, 3, 5, 10, 20, 40, 60, 120] as const;
/**
 * Lengths in which something may be too low without having stopped. Lines that are late for a while look the same, so
 * that shorter dips are not told.
 */
const lowWindows = [20, 40, 60] as const;
/** The shortest of them. */
export const shortestLowWindow = lowWindows[0];
/** A dip is at most this share of what was expected. */
const dipShare = 0.42;
/** Least events in a window that is too high; below it, chance lines of a sparse service would wake people. */
const leastHighCount = 5;
const leastErrorCount = 3;
/** Errors that are so likely for the lines that came are explained by more lines. */
const leastShareEvidence = 3;
/** Below it a count is no event anyhow, so that the share need not be looked at. */
const lookedAtEvidence = 3;
/** A window that ends at the last minute. */
type OpenWindow = Omit<Deviation, 'endMinute'>;

/** Longest window. */
export const longestWindow = 120;

/** What the scatter of the two series is about their means. */
export interface Scatter {
  readonly totalDispersion: number;
  readonly totalUncertainty: number;
  readonly errorDispersion: number;
  readonly errorUncertainty: number;
  /** False: too few minutes with known errors were learned to judge any. */
  readonly knowsErrors: boolean;
}

/** Sums over a window, grown backwards minute by minute. */
class WindowSums {
  minutes = 0;
  total = 0;
  largest = 0;
  second = 0;
  high = 0;
  highSquares = 0;
  low = 0;
  lowSquares = 0;
  errors = 0;
  largestErrors = 0;
  secondErrors = 0;
  errorsHigh = 0;
  errorSquares = 0;

  add(ring: MinuteRing, place: number): void {
    const total = ring.total[place] ?? 0;
    const errors = ring.errors[place] ?? 0;
    const high = ring.totalHigh[place] ?? 0;
    const low = ring.totalLow[place] ?? 0;
    const errorsHigh = Math.max(0, ring.errorsHigh[place] ?? 0);
    this.minutes += 1;
    this.total += total;
    this.second = Math.max(this.second, Math.min(this.largest, total));
    this.largest = Math.max(this.largest, total);
    this.high += high;
    this.highSquares += high * high;
    this.low += low;
    this.lowSquares += low * low;
    this.errors += errors;
    this.secondErrors = Math.max(this.secondErrors, Math.min(this.largestErrors, errors));
    this.largestErrors = Math.max(this.largestErrors, errors);
    this.errorsHigh += errorsHigh;
    this.errorSquares += errorsHigh * errorsHigh;
  }

  /** One minute alone proves nothing: the largest counts at most twice as much as the second, and two events. */
  get steadyTotal(): number {
    return this.total - this.largest + Math.min(this.largest, 2 * this.second + 2);
  }

  get steadyErrors(): number {
    return this.errors - this.largestErrors + Math.min(this.largestErrors, 2 * this.secondErrors + 2);
  }
}

/**
 * The strongest deviation of a window that ends at `now` and begins at `floor` or later; undefined when none deviates.
 * Minutes that are absent count for nothing.
 */
export function findDeviation(ring: MinuteRing, now: number, floor: number, scatter: Scatter): Deviation | undefined {
  const sums = new WindowSums();
  let best: OpenWindow | undefined;
  let length = 0;
  for (let minute = now; minute >= floor && length < longestWindow; minute -= 1) {
    length += 1;
    const place = ring.find(minute);
    if (place >= 0) {
      sums.add(ring, place);
    }
    if (isLength(highWindows, length)) {
      best = stronger(best, judgeHigh(sums, minute, scatter));
      best = stronger(best, judgeErrors(sums, minute, scatter));
    }
    if (isLength(lowWindows, length) && sums.minutes === length) {
      best = stronger(best, judgeLow(sums, minute, scatter));
    }
  }
  return best === undefined ? undefined : { ...best, endMinute: now + 1 };
}

function judgeHigh(sums: WindowSums, fromMinute: number, scatter: Scatter): OpenWindow | undefined {
  const observed = sums.steadyTotal;
  if (observed < leastHighCount || observed < sums.high * 1.3) {
    return undefined;
  }
  const variance = sums.high + scatter.totalDispersion * sums.highSquares + scatter.totalUncertainty * sums.high ** 2;
  const evidence = upperTailEvidence(Math.floor(observed), sums.high, variance);
  return { kind: 'spike', evidence, observed, expected: sums.high, fromMinute };
}

function judgeErrors(sums: WindowSums, fromMinute: number, scatter: Scatter): OpenWindow | undefined {
  const observed = sums.steadyErrors;
  if (!scatter.knowsErrors || observed < leastErrorCount || observed < sums.errorsHigh * 1.5) {
    return undefined;
  }
  const expected = sums.errorsHigh;
  const variance = expected + scatter.errorDispersion * sums.errorSquares + scatter.errorUncertainty * expected ** 2;
  const evidence = upperTailEvidence(Math.floor(observed), Math.max(expected, 1e-6), variance);
  if (evidence >= lookedAtEvidence && isExplainedByLines(sums, scatter)) {
    return undefined;
  }
  return { kind: 'errors', evidence, observed, expected, fromMinute };
}

/** Whether more lines than usual would hold as many errors at their usual share. */
function isExplainedByLines(sums: WindowSums, scatter: Scatter): boolean {
  if (sums.total <= sums.high || sums.errorsHigh <= 0 || sums.errorsHigh >= sums.low) {
    return false;
  }
  const share = sums.errorsHigh / sums.low;
  const correlation = ((scatter.errorDispersion + scatter.errorUncertainty) * share) / (1 - share);
  return shareEvidence(sums.errors, sums.total, share, Math.min(correlation, 0.5)) < leastShareEvidence;
}

function judgeLow(sums: WindowSums, fromMinute: number, scatter: Scatter): OpenWindow | undefined {
  if (sums.total > sums.low * dipShare) {
    return undefined;
  }
  const variance = sums.low + scatter.totalDispersion * sums.lowSquares + scatter.totalUncertainty * sums.low ** 2;
  const evidence = lowerTailEvidence(sums.total, sums.low, variance);
  return { kind: 'dip', evidence, observed: sums.total, expected: sums.low, fromMinute };
}

function isLength(lengths: readonly number[], length: number): boolean {
  return lengths.includes(length);
}

function stronger(a: OpenWindow | undefined, b: OpenWindow | undefined): OpenWindow | undefined {
  return b !== undefined && (a === undefined || b.evidence > a.evidence) ? b : a;
}
