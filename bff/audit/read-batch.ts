import type { AuditLog, AuditRecord, Clock } from '@loghunter/ports';
import type { Logger } from 'pino';

const flushIntervalMs = 1_000;
/** Records that wait for a database that is away; the oldest go first, and their number is told. */
const maxWaiting = 20_000;
const maxBatch = 500;

/** Records that are written together a moment later: of reads, which must not wait for the log. */
export interface ReadBatch {
  add(tenantId: string, record: AuditRecord): void;
  /** Writes everything that waits; never rejects. */
  flush(): Promise<void>;
  /** Writes what waits and stops. */
  stop(): Promise<void>;
}

/** Starts writing every second. */
export function startReadBatch(parts: {
  readonly auditLog: AuditLog;
  readonly clock: Clock;
  readonly logger: Logger;
}): ReadBatch {
  let waiting: Array<{ readonly tenantId: string; readonly record: AuditRecord }> = [];
  let writing: Promise<void> = Promise.resolve();
  const stop = new AbortController();

  async function write(): Promise<void> {
    const taken = waiting;
    waiting = [];
    const byTenant = Map.groupBy(taken, ({ tenantId }) => tenantId);
    for (const [tenantId, entries] of byTenant) {
      for (let start = 0; start < entries.length; start += maxBatch) {
        const rest = entries.slice(start);
        try {
          await parts.auditLog.append(
            tenantId,
            rest.slice(0, maxBatch).map(({ record }) => record)
          );
        } catch (error) {
          putBack(rest);
          parts.logger.warn({ err: error, recordCount: rest.length }, 'audit records wait for the database');
          break;
        }
      }
    }
  }

  function putBack(entries: typeof waiting): void {
    const all = [...entries, ...waiting];
    waiting = all.slice(-maxWaiting);
    if (all.length > waiting.length) {
      parts.logger.error({ recordCount: all.length - waiting.length }, 'audit records of reads were lost');
    }
  }

  function flush(): Promise<void> {
    writing = writing.then(write);
    return writing;
  }

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      await parts.clock.sleep(flushIntervalMs, stop.signal);
      await flush();
    }
  }
  const loops = loop();

  return {
    add(tenantId, record) {
      waiting.push({ tenantId, record });
      if (waiting.length > maxWaiting) {
        putBack([]);
      }
    },
    flush,
    async stop() {
      stop.abort();
      await loops;
      await flush();
    },
  };
}
