import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitRange } from './range-pieces.ts';

const minuteMs = 60_000;
const arbitrary = fc.record({
  from: fc.nat(3000),
  length: fc.integer({ min: 1, max: 3000 }),
  step: fc.integer({ min: 1, max: 500 }),
  start: fc.nat(3000),
  lengths: fc.constantFrom([60, 360, 1440], [5, 60, 1440], [60]),
});

test('pieces cover each minute of the range once, sums only where a step holds all of one', () => {
  fc.assert(
    fc.property(arbitrary, ({ from, length, step, start, lengths }) => {
      const range = { fromMs: from * minuteMs, toMs: (from + length) * minuteMs };
      const [startMs, stepMs] = [start * minuteMs, step * minuteMs];
      const { spans, minutes } = splitRange(range, startMs, stepMs, lengths);
      const covered = [...spans, ...minutes].sort((a, b) => a.fromMs - b.fromMs);
      expect(covered[0]?.fromMs).toBe(range.fromMs);
      expect(covered.at(-1)?.toMs).toBe(range.toMs);
      covered.slice(1).forEach((piece, index) => expect(piece.fromMs).toBe(covered[index]?.toMs));
      for (const piece of spans) {
        const spanMs = piece.spanMinutes * minuteMs;
        expect([piece.fromMs % spanMs, piece.toMs % spanMs]).toEqual([0, 0]);
        for (let atMs = piece.fromMs; atMs < piece.toMs; atMs += spanMs) {
          expect(Math.floor((atMs - startMs) / stepMs)).toBe(Math.floor((atMs + spanMs - minuteMs - startMs) / stepMs));
        }
      }
    })
  );
});
