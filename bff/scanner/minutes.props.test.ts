import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinMinutes, minuteMs, minutesIn } from './minutes.ts';
import { packSteps } from './plan-windows.ts';

const minute = fc.integer({ min: 0, max: 200 }).map((index) => index * minuteMs);

test('joined minutes are the same minutes, in order, with gaps between', () => {
  fc.assert(
    fc.property(fc.array(minute), (minutes) => {
      const ranges = joinMinutes(minutes);
      expect(ranges.flatMap(minutesIn)).toEqual([...new Set(minutes)].toSorted((a, b) => a - b));
      ranges.slice(1).forEach((range, index) => expect(range.fromMs).toBeGreaterThan(ranges[index]?.toMs ?? 0));
    })
  );
});

test('windows tile the range and stay small unless they are a single minute', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(100), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 150 }),
      (lineCounts, maxLines) => {
        const range = { fromMs: 0, toMs: lineCounts.length * minuteMs };
        const windows = packSteps(
          range,
          minuteMs,
          new Map(lineCounts.map((count, index) => [index * minuteMs, count])),
          maxLines
        );
        expect(windows.flatMap(minutesIn)).toEqual(minutesIn(range));
        for (const window of windows) {
          const lines = minutesIn(window).reduce((sum, start) => sum + (lineCounts[start / minuteMs] ?? 0), 0);
          expect(window.lineCount).toBe(lines);
          expect(lines <= maxLines || window.toMs - window.fromMs === minuteMs).toBe(true);
        }
      }
    )
  );
});
