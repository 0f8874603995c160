import { describe, expect, test } from 'vitest';
import {
  incompleteBeta,
  logGamma,
  normalTail,
  oddsInterval,
  smallestProbability,
  twoSidedProbability,
} from './binomial.ts';

/** Probability of each count of successes by the plain formula, as the reference. */
function distributionOf(trials: number, ratio: number): number[] {
  let coefficient = 1;
  return Array.from({ length: trials + 1 }, (_, successes) => {
    const value = coefficient * ratio ** successes * (1 - ratio) ** (trials - successes);
    coefficient = (coefficient * (trials - successes)) / (successes + 1);
    return value;
  });
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

test.each([
  [1, 0.5],
  [7, 0.2],
  [12, 0.9],
  [60, 0.37],
  [200, 0.01],
])('p-values of %i trials at %d are the sums of the distribution', (trials, ratio) => {
  const distribution = distributionOf(trials, ratio);
  for (let successes = 0; successes <= trials; successes += 1) {
    const upper = sumOf(distribution.slice(successes));
    const lower = sumOf(distribution.slice(0, successes + 1));
    const expected = Math.min(1, 2 * Math.min(upper, lower));
    const actual = twoSidedProbability(successes, trials, ratio);
    expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * expected + 1e-15);
  }
});

test.each([0.05, 0.5, 0.8])('no p-value is below the stated smallest one (ratio %d)', (ratio) => {
  for (let trials = 1; trials <= 30; trials += 1) {
    const least = Math.min(
      ...Array.from({ length: trials + 1 }, (_, successes) => twoSidedProbability(successes, trials, ratio))
    );
    expect(least).toBeGreaterThanOrEqual(smallestProbability(trials, ratio) * (1 - 1e-9));
  }
});

test.each([50_300, 50_600, 49_000])('exact and approximate p-values meet at 100,000 trials (%i)', (successes) => {
  const exact = twoSidedProbability(successes, 100_000, 0.5);
  const near = twoSidedProbability(successes + 0.5, 100_001, 0.5);
  expect(near / exact).toBeGreaterThan(0.95);
  expect(near / exact).toBeLessThan(1.05);
});

test.each([1, 10, 1000, 100_000, 1e9])('counts up to %d take little time', (trials) => {
  const startMs = Date.now();
  for (let round = 0; round < 20; round += 1) {
    twoSidedProbability(trials * 0.5, trials, 0.499);
    oddsInterval(trials * 0.3, trials * 0.7, 0.95);
  }
  expect(Date.now() - startMs).toBeLessThan(1000);
});

function ratioInterval(successes: number, trials: number, confidence: number): { low: number; high: number } {
  const { low, high } = oddsInterval(successes, trials - successes, confidence);
  return { low: low / (1 + low), high: 1 / (1 + 1 / high) };
}

describe('intervals', () => {
  // Values of Clopper and Pearson as printed in statistics texts.
  test.each([
    [0, 10, 0, 0.3085],
    [5, 10, 0.1871, 0.8129],
    [10, 10, 0.6915, 1],
    [1, 1000, 0.0000253, 0.00556],
  ])('of %i in %i trials', (successes, trials, low, high) => {
    const interval = ratioInterval(successes, trials, 0.95);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test('have the p-value at their ends that they are made for', () => {
    const { low, high } = ratioInterval(37, 400, 0.9);
    expect(twoSidedProbability(37, 400, low)).toBeCloseTo(0.1, 9);
    expect(twoSidedProbability(37, 400, high)).toBeCloseTo(0.1, 9);
  });

  test('do not jump at 100,000 trials', () => {
    const exact = ratioInterval(30_000, 100_000, 0.95);
    const near = ratioInterval(30_000.3, 100_001, 0.95);
    expect(near.low).toBeCloseTo(exact.low, 4);
    expect(near.high).toBeCloseTo(exact.high, 4);
  });
});

test.each([
  [1, 0],
  [2, 0],
  [0.5, 0.5723649429247001],
  [10.5, 13.940625219403763],
  [101, 363.73937555556347],
])('the logarithm of gamma(%d)', (value, expected) => {
  expect(logGamma(value)).toBeCloseTo(expected, 9);
});

test.each([
  [0, 0.5],
  [1, 0.15865525393145707],
  [1.959963984540054, 0.025],
  [3, 0.0013498980316301035],
  [3.001, 0.001345474],
  [8, 6.220960574271785e-16],
])('the normal tail beyond %d', (z, expected) => {
  expect(normalTail(z) / expected).toBeCloseTo(1, 5);
});

test('the incomplete beta function has its known ends and middle', () => {
  expect(incompleteBeta(0, 3, 4)).toBe(0);
  expect(incompleteBeta(1, 3, 4)).toBe(1);
  expect(incompleteBeta(0.5, 7, 7)).toBeCloseTo(0.5, 11);
});
