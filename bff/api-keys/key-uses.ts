import type { ApiKey, ApiKeyStore, ApiKeyUse } from '@loghunter/ports';

const flushMs = 30_000;

/** Writes down when keys were used last, in batches. */
export interface KeyUses {
  note(key: ApiKey, atMs: number): void;
  /** Writes what is not written yet; never rejects. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Keeps the latest use of each key in memory and writes it every half minute; a process that dies loses that much. */
export function createKeyUses(store: Pick<ApiKeyStore, 'noteUses'>, observeFailure: (error: unknown) => void): KeyUses {
  const latest = new Map<string, ApiKeyUse>();
  const timer = setInterval(() => void flush(), flushMs);
  timer.unref();

  async function flush(): Promise<void> {
    const uses = [...latest.values()];
    latest.clear();
    for (const [tenantId, ofTenant] of Map.groupBy(uses, (use) => use.tenantId)) {
      // Lost uses cost a figure on a page; the requests they belong to were answered long ago.
      await store.noteUses(tenantId, ofTenant).catch(observeFailure);
    }
  }

  return {
    note: ({ tenantId, id }, atMs) => void latest.set(id, { tenantId, id, atMs }),
    flush,
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}
