import { describe, expect, test } from 'vitest';
import { lowerTailEvidence, upperTailEvidence } from './negative-binomial.ts';

// Sums of the exact probabilities, computed apart with log-gamma.
const upper = [
  [0.2, 0.2, 1, 0.7417],
  [0.2, 0.25, 2, 1.528],
  [3, 3, 10, 2.9576],
  [3, 4.5, 25, 7.6118],
  [30, 30, 91, 18.5714],
  [30, 150, 241, 15.5957],
  [300, 300, 901, 171.0108],
  [300, 14_000, 2401, 15.5186],
] as const;
const lower = [
  [0.2, 0.2, 0, 0.0869],
  [3, 4.5, 0, 1.0565],
  [30, 30, 3, 9.3315],
  [30, 150, 9, 1.7646],
  [300, 300, 90, 45.3653],
  [300, 14_000, 30, 4.5002],
] as const;

describe('tails of the negative binomial', () => {
  test.each(upper)('mean %d, variance %d: at least %d has evidence %d', (mean, variance, count, evidence) => {
    expect(upperTailEvidence(count, mean, variance)).toBeCloseTo(evidence, 1);
  });

  test.each(lower)('mean %d, variance %d: at most %d has evidence %d', (mean, variance, count, evidence) => {
    expect(lowerTailEvidence(count, mean, variance)).toBeCloseTo(evidence, 1);
  });

  test('a count on the usual side of the mean is no evidence', () => {
    expect(upperTailEvidence(30, 30, 60)).toBe(0);
    expect(lowerTailEvidence(30, 30, 60)).toBe(0);
  });

  test('what was never expected is as certain as it gets, and what never comes is no silence', () => {
    expect(upperTailEvidence(5, 0, 0)).toBe(300);
    expect(lowerTailEvidence(0, 0, 0)).toBe(0);
  });

  test('evidence grows with the count and shrinks with the variance, without a step', () => {
    let before = 0;
    for (let count = 101; count < 400; count += 1) {
      const evidence = upperTailEvidence(count, 100, 300);
      expect(evidence).toBeGreaterThanOrEqual(before);
      // Near the mean a more scattered count is also more skewed.
      expect(count < 130 || evidence > upperTailEvidence(count, 100, 600)).toBe(true);
      before = evidence;
    }
  });
});
