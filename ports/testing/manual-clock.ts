import type { Clock } from '../clock.ts';

/** A clock that a test moves. */
export interface ManualClock extends Clock {
  /** Moves the time forward and wakes whoever's sleep is over. */
  advance(durationMs: number): void;
  /** Resolves when `count` callers sleep at the same time: what they had to do is done. */
  whenSleeping(count: number): Promise<void>;
}

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

/** A clock that stands at `startMs` until it is moved. */
export function createManualClock(startMs: number): ManualClock {
  let nowMs = startMs;
  const sleepers = new Set<Sleeper>();
  const waiters = new Set<{ readonly count: number; readonly resolve: () => void }>();

  function settleWaiters(): void {
    for (const waiter of [...waiters].filter(({ count }) => sleepers.size >= count)) {
      waiters.delete(waiter);
      waiter.resolve();
    }
  }

  return {
    nowMs: () => nowMs,
    sleep(durationMs, signal) {
      return new Promise((resolve) => {
        if (signal.aborted) {
          resolve();
          return;
        }
        const sleeper: Sleeper = { untilMs: nowMs + durationMs, wake };
        function wake(): void {
          sleepers.delete(sleeper);
          signal.removeEventListener('abort', wake);
          resolve();
        }
        signal.addEventListener('abort', wake);
        sleepers.add(sleeper);
        settleWaiters();
      });
    },
    advance(durationMs) {
      nowMs += durationMs;
      for (const sleeper of [...sleepers].filter(({ untilMs }) => untilMs <= nowMs)) {
        sleeper.wake();
      }
    },
    whenSleeping(count) {
      return new Promise((resolve) => {
        waiters.add({ count, resolve });
        settleWaiters();
      });
    },
  };
}
