/** The schedule that Standard Webhooks recommends: 5 s to a day. */
export const standardRetryDelaysSeconds: readonly number[] = [
  5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400,
];

const maxRetryAfterSeconds = 86_400;

/** The same, ended where the tries together would last longer than `maxMs`. */
export function retryDelaysWithin(maxMs: number): readonly number[] {
  let totalSeconds = 0;
  return standardRetryDelaysSeconds.filter((delay) => (totalSeconds += delay) * 1000 <= maxMs);
}

/** Seconds that a receiver asks to be left alone; null when it says none, or says them as a date. A day at most. */
export function readRetryAfter(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Math.min(Number(text), maxRetryAfterSeconds) : null;
}
