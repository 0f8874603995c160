import { expect, test } from 'vitest';
import { planTrend } from './plan-trend.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

test.each([
  ['an hour in sixty steps', 60, 60, 1],
  ['an hour in ten steps', 60, 10, 10],
  ['a day in thirty steps', 1440, 30, 60],
  ['a day in forty-eight steps', 1440, 48, 30],
  ['a month in twenty steps', 44_640, 20, 2880],
  ['one minute in many steps', 1, 240, 1],
])('%s has round steps', (_title, rangeMinutes, wantedPointCount, stepMinutes) => {
  const range = { fromMs: dayMs * 20_000, toMs: dayMs * 20_000 + rangeMinutes * minuteMs };
  expect(planTrend(range, wantedPointCount).stepMs).toBe(stepMinutes * minuteMs);
});

test('the steps start at a multiple and cover the range', () => {
  const range = { fromMs: dayMs * 20_000 + 34 * minuteMs, toMs: dayMs * 20_001 + 34 * minuteMs };
  const plan = planTrend(range, 24);
  expect(plan).toEqual({ startMs: dayMs * 20_000, stepMs: 60 * minuteMs, pointCount: 25 });
});
