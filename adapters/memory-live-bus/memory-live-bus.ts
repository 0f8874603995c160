import type { LiveBus } from '@loghunter/ports';

/** A bus inside one process. */
export function createMemoryLiveBus(): LiveBus {
  const listeners = new Set<(tenantId: string) => void>();
  return {
    publish(tenantId) {
      for (const listener of listeners) {
        listener(tenantId);
      }
      return Promise.resolve();
    },
    subscribe(listener) {
      // One function may listen twice.
      const own = (tenantId: string) => listener(tenantId);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    close: () => Promise.resolve(),
  };
}
