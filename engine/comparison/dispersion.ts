/**
 * Returns how many times more than chance the counts of equal intervals vary: sample variance by mean, at least 1, and 1
 * when there are fewer than three intervals or no events. Events that come in bursts of about k have about k + 1 to 2k.
 * Source: quasi-Poisson models, McCullagh and Nelder, Generalized Linear Models, 1989, section 6.2.3.
 */
export function dispersionOf(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  if (counts.length < 3 || mean === 0) {
    return 1;
  }
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
  return Math.max(1, variance / mean);
}
