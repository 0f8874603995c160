import type { CountEntriesRequest } from '@loghunter/ports';
import { createFakeLogStore } from '@loghunter/ports/testing';
import { describe, expect, test } from 'vitest';
import { minuteMs } from './minutes.ts';
import { createWindowPlanner, packSteps } from './plan-windows.ts';

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

const hourMs = 60 * minuteMs;

/** The stretches counted, in minutes, and the windows planned, until the range is planned. */
async function planAll(range: { readonly fromMs: number; readonly toMs: number }, linesPerMinute: number) {
  const counted: number[] = [];
  const logs = {
    ...createFakeLogStore(),
    async countEntries({ fromNs, toNs, stepMs }: CountEntriesRequest) {
      const [fromMs, toMs] = [Number(fromNs / 1_000_000n), Number(toNs / 1_000_000n)];
      counted.push((toMs - fromMs) / minuteMs);
      return Array.from({ length: linesPerMinute === 0 ? 0 : (toMs - fromMs) / stepMs }, (_, step) => ({
        labels: {},
        startMs: fromMs + step * stepMs,
        lineCount: (linesPerMinute * stepMs) / minuteMs,
      }));
    },
  };
  const planner = createWindowPlanner({ logs, signal: new AbortController().signal }, ['{app="a"}']);
  const windows = [];
  for (let { fromMs } = range; fromMs < range.toMs; fromMs = windows.at(-1)?.toMs ?? range.toMs) {
    windows.push(...(await planner.plan({ fromMs, toMs: range.toMs })));
  }
  return { counted, windows };
}

describe('a planner', () => {
  test('tells of each window how many lines each selector has in it', async () => {
    const logs = createFakeLogStore();
    const { signal } = new AbortController();
    for (const [app, lineCount] of [
      ['a', 3],
      ['b', 2],
    ] as const) {
      const entries = Array.from({ length: lineCount }, (_, index) => ({
        ...{ timestampNs: BigInt(index * minuteMs) * 1_000_000n, line: `line ${index}`, metadata: {} },
      }));
      await logs.push([{ labels: { app }, entries }], signal);
    }
    const planner = createWindowPlanner({ logs, signal }, ['{app="a"}', '{app="b"}', '{app="c"}']);
    const [window] = await planner.plan({ fromMs: 0, toMs: 10 * minuteMs });
    expect(window?.lineCount).toBe(5);
    expect(Object.fromEntries(window?.bySelector ?? [])).toEqual({ '{app="a"}': 3, '{app="b"}': 2, '{app="c"}': 0 });
  });

  test('counts little before the first window, and more at once where little is stored', async () => {
    const { counted, windows } = await planAll({ fromMs: 0, toMs: 30 * 24 * hourMs }, 0);
    expect(counted[0]).toBe(10);
    expect(counted.length).toBeLessThan(20);
    expect(windows.every(({ lineCount }) => lineCount === 0)).toBe(true);
  });

  test.each([
    ['some thousand lines a minute', 7000],
    ['a flood', 200_000],
  ])('never counts much more than a few windows hold: %s', async (_title, linesPerMinute) => {
    const { counted, windows } = await planAll({ fromMs: 7 * minuteMs, toMs: 5 * hourMs }, linesPerMinute);
    expect(Math.max(...counted)).toBeLessThanOrEqual(Math.max(10, 800_000 / linesPerMinute));
    expect(windows[0]?.fromMs).toBe(7 * minuteMs);
    expect(windows.at(-1)?.toMs).toBe(5 * hourMs);
    for (const [index, { fromMs, toMs }] of windows.entries()) {
      expect(fromMs).toBe(index === 0 ? 7 * minuteMs : windows[index - 1]?.toMs);
      expect(toMs - fromMs === minuteMs || ((toMs - fromMs) / minuteMs) * linesPerMinute <= 50_000).toBe(true);
    }
  });
});
