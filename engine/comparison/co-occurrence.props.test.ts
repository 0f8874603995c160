import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseTellingMinutes, correlateCounts, isTellingCorrelation } from './co-occurrence.ts';

const series = fc.array(fc.nat({ max: 10_000 }), { minLength: 3, maxLength: 400 });

describe('the correlation of counts', () => {
  test('is 1 with itself, the same both ways, and inside -1..1', () => {
    fc.assert(
      fc.property(series, series, (a, b) => {
        const size = Math.min(a.length, b.length);
        const [left, right] = [a.slice(0, size), b.slice(0, size)];
        const both = correlateCounts(left, right);
        expect(both).toBeCloseTo(correlateCounts(right, left), 9);
        expect(Math.abs(both)).toBeLessThanOrEqual(1);
        expect(correlateCounts(a, a)).toBeCloseTo(new Set(a).size === 1 ? 0 : 1, 9);
      })
    );
  });

  test('is the one of the formula', () => {
    // ln(1 + x) of these is 0, 1, 2, 3 and 0, 2, 1, 3: their correlation is 0.8.
    const of = (values: readonly number[]) => values.map((value) => Math.expm1(value));
    expect(correlateCounts(of([0, 1, 2, 3]), of([0, 2, 1, 3]))).toBeCloseTo(0.8, 9);
  });

  test('says nothing over few minutes, or when it is small', () => {
    expect(isTellingCorrelation(0.9, 4)).toBe(false);
    expect(isTellingCorrelation(0.9, 30)).toBe(true);
    expect(isTellingCorrelation(0.29, 10_000)).toBe(false);
    expect(isTellingCorrelation(-0.9, 100)).toBe(false);
    expect(isTellingCorrelation(1, 2)).toBe(false);
  });
});

test('telling minutes are the busiest and quieter ones, never the same, never more than asked for', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 30 }), (counts, most) => {
      const { busy, quiet } = chooseTellingMinutes(counts, most);
      expect(busy.length).toBe(Math.min(most, counts.filter((count) => count > 0).length));
      expect(quiet.length).toBeLessThanOrEqual(most);
      const lowest = Math.min(...busy.map((place) => counts[place] ?? 0));
      expect(new Set([...busy, ...quiet]).size).toBe(busy.length + quiet.length);
      expect(quiet.every((place) => (counts[place] ?? 0) < lowest)).toBe(true);
      const rest = counts.filter((_, place) => !busy.includes(place));
      expect(rest.every((count) => count <= lowest)).toBe(true);
    })
  );
});
