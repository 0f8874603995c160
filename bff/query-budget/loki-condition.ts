import { isPortError } from '@loghunter/ports';

const firstPauseMs = 1000;
const longestPauseMs = 60_000;

/** What Loki's answers say about how it is: how long to leave it alone after a refusal for load (429) or a failure (5xx). */
export class LokiCondition {
  #failureCount = 0;
  #statedUntilMs = 0;
  #cautiousUntilMs = 0;

  noteSuccess(): void {
    this.#failureCount = 0;
  }

  noteFailure(error: unknown, nowMs: number): void {
    if (!isPortError(error) || !error.isRetryable) {
      return;
    }
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(this.#failureCount, 10));
    this.#failureCount += 1;
    this.#cautiousUntilMs = Math.max(this.#cautiousUntilMs, nowMs + Math.max(pauseMs, error.retryAfterMs ?? 0));
    if (error.retryAfterMs !== undefined) {
      this.#statedUntilMs = Math.max(this.#statedUntilMs, nowMs + Math.min(error.retryAfterMs, longestPauseMs));
    }
  }

  /** No query of anyone before this: Loki itself asked for the pause. */
  get statedUntilMs(): number {
    return this.#statedUntilMs;
  }

  /** No work that can wait before this. */
  get cautiousUntilMs(): number {
    return Math.max(this.#cautiousUntilMs, this.#statedUntilMs);
  }
}
