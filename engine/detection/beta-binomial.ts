// Whether so many errors among so many lines are more than their usual share: the tail of a beta-binomial distribution, because
// shares vary from minute to minute as well.

/** Terms of a tail that are added up: what comes after is a small part of it, for shares and counts of logs. */
const maxTerms = 2000;
/** Terms below this part of the sum change nothing that is told. */
const negligible = 1e-9;

/**
 * -log10 P(X >= errors), 0 and more, for a beta-binomial X of `lines` trials whose share has this mean and whose trials correlate
 * by `correlation` (0: binomial). Sums the probabilities by their ratios (Johnson, Kemp and Kotz, Univariate Discrete
 * Distributions, 6.2.2).
 */
export function shareEvidence(errors: number, lines: number, share: number, correlation: number): number {
  if (errors <= lines * share || errors > lines || share <= 0 || share >= 1) {
    return 0;
  }
  const size = Math.min(1 / Math.max(correlation, 1e-9) - 1, 1e9);
  const a = share * size;
  const b = (1 - share) * size;
  let term = 1;
  let sum = 1;
  for (let count = errors; count < lines && count - errors < maxTerms && term > sum * negligible; count += 1) {
    term *= ((lines - count) / (count + 1)) * ((count + a) / (lines - count - 1 + b));
    sum += term;
  }
  const logFirst =
    logGamma(lines + 1) - logGamma(errors + 1) - logGamma(lines - errors + 1) + logBetaRatio(errors, lines, a, b);
  return Math.max(0, -(logFirst + Math.log(sum)) / Math.LN10);
}

/** log B(errors + a, lines - errors + b) - log B(a, b) */
function logBetaRatio(errors: number, lines: number, a: number, b: number): number {
  const above = logGamma(errors + a) + logGamma(lines - errors + b) - logGamma(lines + a + b);
  return above - (logGamma(a) + logGamma(b) - logGamma(a + b));
}

/** Stirling's series (Abramowitz and Stegun 6.1.41) above 8, by recurrence below. */
function logGamma(x: number): number {
  if (x < 8) {
    return logGamma(x + 1) - Math.log(x);
  }
  const inverse = 1 / x;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}
