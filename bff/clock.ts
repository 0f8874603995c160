import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@loghunter/ports';

/** The machine's time. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  async sleep(durationMs, signal) {
    try {
      await wait(durationMs, undefined, { signal });
    } catch {
      // Only an abort rejects, and that is a way to wake up.
    }
  },
};
