// Tails of the negative binomial distribution as evidence: -log10 of a tail probability. Counts of log lines are more
// scattered than Poisson's, and tails far out (1e-12 and less) decide, where a normal approximation is wrong by orders.

/** Evidence is cut here: smaller probabilities say nothing more. */
const maxEvidence = 300;
/** Nearer than this to the mean the saddlepoint formula divides by nearly zero. */
const nearMean = 0.02;

/**
 * Evidence that a count is too high: -log10 P(X >= count), 0..300, for a negative binomial X of this mean and variance
 * (Poisson where the variance does not exceed the mean). Saddlepoint approximation with Lugannani and Rice's formula and
 * its continuity correction (Daniels, International Statistical Review 55, 1987); exact for a count of 1.
 */
export function upperTailEvidence(count: number, mean: number, variance: number): number {
  if (count <= mean || count <= 0) {
    return 0;
  }
  if (mean <= 0) {
    return maxEvidence;
  }
  if (count <= 1) {
    return toEvidence(Math.log(-Math.expm1(logProbabilityOfZero(mean, variance))));
  }
  return tailEvidence(count, mean, variance, 1);
}

/** Evidence that a count is too low: -log10 P(X <= count), 0..300; exact for a count of 0. */
export function lowerTailEvidence(count: number, mean: number, variance: number): number {
  if (count >= mean || mean <= 0) {
    return 0;
  }
  if (count <= 0) {
    return toEvidence(logProbabilityOfZero(mean, variance));
  }
  return tailEvidence(count, mean, variance, -1);
}

function logProbabilityOfZero(mean: number, variance: number): number {
  const excess = variance - mean;
  if (excess <= mean * 1e-9) {
    return -mean;
  }
  const size = (mean * mean) / excess;
  return -size * Math.log1p(mean / size);
}

/** `direction` 1: P(X >= count) for a count above the mean; -1: P(X <= count) for one below. */
function tailEvidence(count: number, mean: number, variance: number, direction: 1 | -1): number {
  const excess = Math.max(variance - mean, mean * 1e-9);
  const size = (mean * mean) / excess;
  // The tilt s at which the tilted mean is the count, and twice the exponent there.
  const tilt = Math.log(count / mean) + Math.log((mean + size) / (count + size));
  const deviance = 2 * (count * tilt + size * Math.log((mean + size) / (count + size)));
  const root = Math.sqrt(Math.max(0, deviance));
  if (root < nearMean) {
    return toEvidence(Math.log(0.5));
  }
  const deviation = Math.sqrt(count + (count * count) / size);
  const corrected = Math.abs(-Math.expm1(-direction * tilt)) * deviation;
  // P = upper tail of the normal at root + density * (1 / corrected - 1 / root), in logarithms: both may underflow.
  const ratio = millsRatio(root) + 1 / corrected - 1 / root;
  return toEvidence(-(root * root) / 2 - 0.5 * Math.log(2 * Math.PI) + Math.log(Math.max(ratio, 1e-12)));
}

/** (1 - Phi(x)) / phi(x) for x >= 0: continued fraction (Abramowitz and Stegun 26.2.14) from 2.5 on, series below. */
function millsRatio(x: number): number {
  if (x >= 2.5) {
    let fraction = x;
    for (let term = 20; term >= 1; term -= 1) {
      fraction = x + term / fraction;
    }
    return 1 / fraction;
  }
  // Phi(x) = 1/2 + phi(x) * (x + x^3/3 + x^5/15 + ...), Abramowitz and Stegun 26.2.11.
  let sum = x;
  let term = x;
  for (let odd = 3; odd < 60; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return Math.sqrt(Math.PI / 2) * Math.exp((x * x) / 2) - sum;
}

function toEvidence(logProbability: number): number {
  return Math.min(maxEvidence, Math.max(0, -logProbability / Math.LN10));
}
