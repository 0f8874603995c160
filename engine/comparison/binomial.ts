// Tails of the binomial distribution, also for real-valued counts, by the regularised incomplete beta function.

// Above this the continued fraction gets slow and the approximations are exact to three digits.
const maxExactCount = 100_000;
const maxStepCount = 5000;
const tiny = 1e-300;

/**
 * Two-sided p-value of `successes` of `trials` under the probability `ratio` (0..1, ends excluded): twice the smaller
 * tail, at most 1. Exact and never too small up to 100,000 trials (conditional test of Przyborowski and Wilenski,
 * Biometrika 31, 1940); above that by the signed root of the likelihood ratio.
 */
export function twoSidedProbability(successes: number, trials: number, ratio: number): number {
  if (trials > maxExactCount) {
    return Math.min(1, 2 * normalTail(Math.abs(signedRoot(successes, trials, ratio))));
  }
  const upper = successes <= 0 ? 1 : incompleteBeta(ratio, successes, trials - successes + 1);
  const lower = successes >= trials ? 1 : incompleteBeta(1 - ratio, trials - successes, successes + 1);
  return Math.min(1, 2 * Math.min(upper, lower));
}

/** Smallest p-value that {@link twoSidedProbability} can have for so many trials. */
export function smallestProbability(trials: number, ratio: number): number {
  return Math.min(1, 2 * Math.min(ratio, 1 - ratio) ** trials);
}

/**
 * Interval that holds the true odds of `successes` to `failures` with at least `confidence` (0..1): Clopper and Pearson,
 * Biometrika 26, 1934; above 100,000 trials Wilson's score interval, JASA 22, 1927. The upper end is Infinity without
 * failures.
 */
export function oddsInterval(
  successes: number,
  failures: number,
  confidence: number
): { readonly low: number; readonly high: number } {
  const tail = (1 - confidence) / 2;
  return { low: lowOdds(successes, failures, tail), high: 1 / lowOdds(failures, successes, tail) };
}

function lowOdds(successes: number, failures: number, tail: number): number {
  if (successes <= 0) {
    return 0;
  }
  const start = wilsonLow(successes, successes + failures, tail);
  const low = successes + failures > maxExactCount ? start : betaQuantile(tail, successes, failures + 1, start);
  return low / (1 - low);
}

function wilsonLow(successes: number, trials: number, tail: number): number {
  const z = normalQuantile(tail);
  const share = successes / trials;
  const middle = share + z ** 2 / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return Math.max(0, (middle - spread) / (1 + z ** 2 / trials));
}

function signedRoot(successes: number, trials: number, ratio: number): number {
  const term = (count: number, expected: number): number => (count === 0 ? 0 : count * Math.log(count / expected));
  const deviance = 2 * (term(successes, trials * ratio) + term(trials - successes, trials * (1 - ratio)));
  return Math.sign(successes - trials * ratio) * Math.sqrt(Math.max(0, deviance));
}

/** Place where I_x(a, b) has a value: Newton's steps from `start`, halving where they leave what is known. */
function betaQuantile(value: number, a: number, b: number, start: number): number {
  const logScale = logGamma(a + b) - logGamma(a) - logGamma(b);
  let low = 0;
  let high = 1;
  let x = Math.min(Math.max(start, 1e-9), 1 - 1e-9);
  for (let step = 0; step < 100; step += 1) {
    const excess = incompleteBeta(x, a, b) - value;
    if (excess > 0) {
      high = x;
    } else {
      low = x;
    }
    const next = x - excess / Math.exp(logScale + (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x));
    const before = x;
    x = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(x - before) <= 1e-12 * x) {
      break;
    }
  }
  return x;
}

/** Regularised incomplete beta function I_x(a, b); continued fraction of DLMF 8.17.22, by Lentz's method. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) {
    return x <= 0 ? 0 : 1;
  }
  if (x > (a + 1) / (a + b + 2)) {
    return 1 - incompleteBeta(1 - x, b, a);
  }
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return Math.min(1, (front * betaFraction(x, a, b)) / a);
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let step = 1; step <= maxStepCount; step += 1) {
    const even = (step * (b - step) * x) / ((a + 2 * step - 1) * (a + 2 * step));
    d = 1 / guarded(1 + even * d);
    c = guarded(1 + even / c);
    value *= d * c;
    const odd = (-(a + step) * (a + b + step) * x) / ((a + 2 * step) * (a + 2 * step + 1));
    d = 1 / guarded(1 + odd * d);
    c = guarded(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) {
      break;
    }
  }
  return value;
}

function guarded(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** Logarithm of the gamma function for positive numbers: Stirling's series (DLMF 5.11.1) after shifting above 10. */
export function logGamma(value: number): number {
  let shift = 0;
  let x = value;
  for (; x < 10; x += 1) {
    shift -= Math.log(x);
  }
  const inverse = 1 / (x * x);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x;
  return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}

/** Probability that a standard normal variable exceeds `z` >= 0; continued fraction of DLMF 7.9.3 for the far tail. */
export function normalTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z > 3) {
    let fraction = z;
    for (let step = 60; step >= 1; step -= 1) {
      fraction = z + step / fraction;
    }
    return density / fraction;
  }
  // Taylor series around 0 (Marsaglia, Journal of Statistical Software 11, 2004).
  let term = z;
  let sum = z;
  for (let step = 3; Math.abs(term) > 1e-17 && step < 200; step += 2) {
    term *= (z * z) / step;
    sum += term;
  }
  return 0.5 - sum * density;
}

/** The point beyond which a standard normal variable lies with probability `tail`. */
function normalQuantile(tail: number): number {
  let low = 0;
  let high = 40;
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2;
    if (normalTail(middle) > tail) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (low + high) / 2;
}
