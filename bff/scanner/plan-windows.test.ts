import { expect, test } from 'vitest';
import { minuteMs } from './minutes.ts';
import { packSteps } from './plan-windows.ts';

const range = { fromMs: 0, toMs: 5 * minuteMs };

function pack(counts: readonly number[], maxLines: number): ReadonlyArray<readonly [number, number]> {
  const byMinute = new Map(counts.map((count, index) => [index * minuteMs, count]));
  return packSteps(range, minuteMs, byMinute, maxLines).map(
    ({ fromMs, toMs }) => [fromMs / minuteMs, toMs / minuteMs] as const
  );
}

test('quiet minutes become one window', () => {
  expect(pack([1, 0, 2, 0, 1], 10)).toEqual([[0, 5]]);
});

test('a window ends before it grows too large', () => {
  expect(pack([6, 5, 5, 1, 9], 10)).toEqual([
    [0, 1],
    [1, 3],
    [3, 5],
  ]);
});

test('a minute that is too large stands alone', () => {
  expect(pack([1, 99, 1, 1, 1], 10)).toEqual([
    [0, 1],
    [1, 2],
    [2, 5],
  ]);
});
