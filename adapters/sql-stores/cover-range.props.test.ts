import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coverRange } from './cover-range.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;

test('a cover holds each minute of the range once, whole spans only, two pieces of a length at most', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 10_000 }), (from, length) => {
      const range = { fromMs: from * minuteMs, toMs: (from + length) * minuteMs };
      const { spans, minutes } = coverRange(range);
      const pieces = [...spans.flatMap((span) => span.pieces), ...minutes].sort((a, b) => a.fromMs - b.fromMs);
      expect(pieces[0]?.fromMs).toBe(range.fromMs);
      expect(pieces.at(-1)?.toMs).toBe(range.toMs);
      pieces.slice(1).forEach((piece, index) => expect(piece.fromMs).toBe(pieces[index]?.toMs));
      for (const { spanHours, pieces: whole } of spans) {
        expect(whole.length).toBeLessThanOrEqual(2);
        expect(
          whole
            .flatMap((piece) => [piece.fromMs % (spanHours * hourMs), piece.toMs % (spanHours * hourMs)])
            .every((rest) => rest === 0)
        ).toBe(true);
      }
      expect(minutes.length).toBeLessThanOrEqual(2);
      expect(minutes.every((piece) => piece.toMs - piece.fromMs < 2 * hourMs)).toBe(true);
    })
  );
});
