import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RollingQuantile } from './rolling-quantile.ts';
import { ValueDetector } from './value-detector.ts';

describe('ValueDetector', () => {
  test.each([0, 5, -3e9])('a series that is always %d scores nothing', (value) => {
    const detector = new ValueDetector();
    const scores = Array.from({ length: 500 }, (_, row) => detector.observe(value, row % 24));
    expect(scores.every((score) => score === 0)).toBe(true);
  });

  test('a value that is missing scores nothing and teaches nothing', () => {
    const values = Array.from({ length: 400 }, (_, row) => Math.sin(row) * 10);
    const plain = new ValueDetector();
    const holed = new ValueDetector();
    for (const [row, value] of values.entries()) {
      expect(holed.observe(Number.NaN, row % 24)).toBe(0);
      expect(holed.observe(value, row % 24)).toBe(plain.observe(value, row % 24));
    }
  });

  test('scores are finite and not negative, whatever the values', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 300 }), (values) => {
        const detector = new ValueDetector();
        for (const [row, value] of values.entries()) {
          const score = detector.observe(value / 1e10, row % 24);
          expect(Number.isFinite(score) && score >= 0).toBe(true);
        }
      }),
      { numRuns: 50 }
    );
  });
});

describe('RollingQuantile', () => {
  test('answers as sorting the last values does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 80 }), (values) => {
        const rolling = new RollingQuantile(16);
        for (const [index, value] of values.entries()) {
          rolling.add(value);
          const sorted = values.slice(Math.max(0, index - 15), index + 1).toSorted((a, b) => a - b);
          for (const share of [0, 0.5, 0.99, 1]) {
            expect(rolling.quantile(share)).toBe(
              sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
            );
          }
        }
      })
    );
  });
});
