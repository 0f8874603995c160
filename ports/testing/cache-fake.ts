import type { Cache } from '../cache.ts';

/** A cache in a map, on a clock of the test. Default: the real clock. */
export function createFakeCache(nowMs: () => number = Date.now): Cache {
  const entries = new Map<string, { readonly value: string; readonly endsAtMs: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      return Promise.resolve(entry !== undefined && entry.endsAtMs > nowMs() ? entry.value : undefined);
    },
    set(key, value, ttlMs) {
      entries.set(key, { value, endsAtMs: nowMs() + ttlMs });
      return Promise.resolve();
    },
    ping: () => Promise.resolve(),
    close() {
      entries.clear();
      return Promise.resolve();
    },
  };
}
