import type { MinuteRange } from './cluster-store.ts';

/** Where the steps of a trend lie: `pointCount` steps of `stepMs` from `startMs` cover the range. */
export interface TrendPlan {
  readonly startMs: number;
  readonly stepMs: number;
  readonly pointCount: number;
}

const minuteMs = 60_000;

// Divisors of an hour and of a day, so that steps of an hour and more can be answered from hourly sums.
const roundStepMinutes = [1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440];

/**
 * Chooses round steps for a trend: at least as long as `range / wantedPointCount`, starting at a multiple of the step since 1970.
 * The first and last step may reach over the range's ends, so there is at most one step more than wanted.
 * @param range - whole minutes, not empty
 * @param wantedPointCount - 1 or more
 * @returns the plan; `stepMs` is a multiple of one minute
 */
export function planTrend(range: MinuteRange, wantedPointCount: number): TrendPlan {
  const wantedMinutes = (range.toMs - range.fromMs) / minuteMs / wantedPointCount;
  const stepMinutes =
    roundStepMinutes.find((minutes) => minutes >= wantedMinutes) ?? Math.ceil(wantedMinutes / 1440) * 1440;
  const stepMs = stepMinutes * minuteMs;
  const startMs = Math.floor(range.fromMs / stepMs) * stepMs;
  return { startMs, stepMs, pointCount: Math.ceil((range.toMs - startMs) / stepMs) };
}
