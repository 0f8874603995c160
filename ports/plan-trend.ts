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

/** The later half of a range, and its share of it (0..1). */
export interface LaterHalf {
  readonly fromMs: number;
  readonly share: number;
}

const hourMs = 60 * minuteMs;

/** Where the later half of a range of whole minutes begins: on the hour in ranges of half a day and more, where sums by the hour answer. */
export function laterHalfOf({ fromMs, toMs }: MinuteRange): LaterHalf {
  const unitMs = toMs - fromMs >= 12 * hourMs ? hourMs : minuteMs;
  const middleMs = Math.max(fromMs, Math.floor((fromMs + toMs) / 2 / unitMs) * unitMs);
  return { fromMs: middleMs, share: (toMs - middleMs) / (toMs - fromMs) };
}

/**
 * How surely events became more (above 0) or fewer (below 0) in the later half of a range: the score z of a binomial count against an even
 * spread, (later - total * share) / sqrt(total * share * (1 - share)). From 2 to 3 on, chance hardly makes it.
 */
export function trendScore(totalCount: number, laterCount: number, { share }: LaterHalf): number {
  const variance = totalCount * share * (1 - share);
  return variance === 0 ? 0 : (laterCount - totalCount * share) / Math.sqrt(variance);
}
