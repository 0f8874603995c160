import { isPortError } from '@loghunter/ports';

const firstPauseMs = 1000;
const longestPauseMs = 60_000;

/** Pause before the next try after `failureCount` failures in a row: doubled each time, with half of it left to chance so that replicas do not come back together. */
export function pauseAfterFailure(error: unknown, failureCount: number, random: () => number): number {
  const fullMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failureCount - 1, 10));
  const pauseMs = fullMs / 2 + (fullMs / 2) * random();
  const askedMs = isPortError(error) ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(pauseMs, askedMs);
}
