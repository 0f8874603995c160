import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@loghunter/ports';

// Past the allowance for late lines (a minute), so that the last line of the file counts as read.
const afterLastLineMs = 3 * 60_000;

/**
 * A clock on which `endMs` (milliseconds since 1970) has just passed: the server reads the file's own range and not the months
 * since, and lines whose zone puts them into the future are read too.
 */
export function createFileClock(endMs: number): Clock {
  const shiftMs = endMs + afterLastLineMs - Date.now();
  return {
    nowMs: () => Date.now() + shiftMs,
    sleep: (durationMs, signal) => wait(durationMs, undefined, { signal }).catch(() => undefined),
  };
}
