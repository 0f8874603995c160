import { expect, test } from 'vitest';
import { shareEvidence } from './beta-binomial.ts';

/** Exact: the product form of the probabilities, added up. */
function exact(errors: number, lines: number, share: number, correlation: number): number {
  const size = 1 / correlation - 1;
  const [a, b] = [share * size, (1 - share) * size];
  let sum = 0;
  for (let count = errors; count <= lines; count += 1) {
    let probability = 1;
    for (let n = 0; n < count; n += 1) {
      probability *= ((lines - n) / (n + 1)) * ((a + n) / (a + b + n));
    }
    for (let n = 0; n < lines - count; n += 1) {
      probability *= (b + n) / (a + b + count + n);
    }
    sum += probability;
  }
  return -Math.log10(sum);
}

test.each([
  [3, 20, 0.01, 0.01],
  [12, 60, 0.05, 0.02],
  [30, 100, 0.1, 0.005],
  [40, 45, 0.5, 0.05],
])('%d errors of %d lines, usually a share of %d, have the evidence of the exact sum', (errors, lines, share, rho) => {
  expect(shareEvidence(errors, lines, share, rho)).toBeCloseTo(exact(errors, lines, share, rho), 3);
});

test('twice the errors of twice the lines are no evidence', () => {
  expect(shareEvidence(200, 20_000, 0.01, 0.0001)).toBe(0);
  expect(shareEvidence(220, 20_000, 0.01, 0.0001)).toBeLessThan(2);
});

test('a share that scatters needs more to be surprising', () => {
  expect(shareEvidence(30, 1000, 0.01, 0.05)).toBeLessThan(shareEvidence(30, 1000, 0.01, 0.0001));
});
