import { createTurns } from './turns.ts';
import { isPortError, PortError, type Clock, type ModelSystem } from '@loghunter/ports';

/** A provider rests after this many failures in a row. */
const maxFailures = 5;
/** For so long; then one call tries it. */
const restMs = 60_000;

/** What the latest call came to. */
export interface ProviderState {
  readonly kind: 'untested' | 'ready' | 'failing' | 'resting';
  /** Of the latest failure; empty without one. */
  readonly failure: string;
  /** Milliseconds since 1970; null: there was no call. */
  readonly atMs: number | null;
}

/** What stands before every call of one provider. */
export interface ProviderGuard {
  /**
   * Runs a call when its turn comes. Throws what it throws; `PortError` `unavailable`, without a call, while the provider rests;
   * the signal's reason when that aborts.
   */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
  state(): ProviderState;
}

/** Makes the guard of one provider, for this process: so many calls at once, and a rest after five failures in a row. */
export function createProviderGuard(parts: {
  readonly system: ModelSystem;
  readonly clock: Clock;
  readonly maxConcurrentCalls: number;
}): ProviderGuard {
  const { system, clock, maxConcurrentCalls } = parts;
  const turns = createTurns(maxConcurrentCalls);
  let failureCount = 0;
  let restsUntilMs = 0;
  let latest: ProviderState = { kind: 'untested', failure: '', atMs: null };

  function requireAwake(): void {
    const waitMs = restsUntilMs - clock.nowMs();
    if (failureCount < maxFailures || waitMs <= 0) {
      return;
    }
    const message = `It failed ${failureCount} times in a row and is not asked for ${Math.ceil(waitMs / 1000)} s. The latest: ${latest.failure}`;
    throw new PortError({ system, kind: 'unavailable', message, isRetryable: false });
  }

  function settle(error: unknown): void {
    // A database that is away says nothing about the provider.
    if (!isPortError(error) || error.system !== system) {
      return;
    }
    failureCount += 1;
    const isResting = failureCount >= maxFailures;
    if (isResting) {
      restsUntilMs = clock.nowMs() + restMs;
    }
    latest = { kind: isResting ? 'resting' : 'failing', failure: error.message, atMs: clock.nowMs() };
  }

  return {
    async run(work, signal) {
      await turns.take(signal);
      try {
        requireAwake();
        // One call tries a provider that has rested; the others wait for what it finds.
        if (failureCount >= maxFailures) {
          restsUntilMs = clock.nowMs() + restMs;
        }
        const result = await work().catch((error: unknown) => {
          settle(error);
          throw error;
        });
        failureCount = 0;
        latest = { kind: 'ready', failure: '', atMs: clock.nowMs() };
        return result;
      } finally {
        turns.give();
      }
    },
    state: () => (latest.kind === 'resting' && clock.nowMs() >= restsUntilMs ? { ...latest, kind: 'failing' } : latest),
  };
}
