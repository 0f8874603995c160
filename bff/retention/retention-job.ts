import type { Clock, Ledger } from '@loghunter/ports';
import type { Logger } from 'pino';

const intervalMs = 60 * 60_000;

/** What deleting old counts needs. */
export interface RetentionParts {
  readonly listTenantIds: () => Promise<readonly string[]>;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly retentionMs: number;
  readonly logger: Logger;
  readonly observeFailure: (error: unknown) => void;
}

/** Deletes every tenant's counts that are older than the retention, now and then every hour. Returns a function that stops it. */
export function startRetention(parts: RetentionParts): () => Promise<void> {
  const stop = new AbortController();
  const loop = runUntilStopped(parts, stop.signal);
  return async () => {
    stop.abort();
    await loop;
  };
}

async function runUntilStopped(parts: RetentionParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await deleteOldCounts(parts);
    await parts.clock.sleep(intervalMs, signal);
  }
}

async function deleteOldCounts(parts: RetentionParts): Promise<void> {
  try {
    for (const tenantId of await parts.listTenantIds()) {
      const deletedCount = await parts.ledger.deleteCountsBefore(tenantId, parts.clock.nowMs() - parts.retentionMs);
      if (deletedCount > 0) {
        parts.logger.info({ tenantId, deletedCount }, 'old counts deleted');
      }
    }
  } catch (error) {
    parts.observeFailure(error);
    parts.logger.warn({ err: error }, 'deleting old counts failed and is tried again in an hour');
  }
}
