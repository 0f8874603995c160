import { LRUCache } from 'lru-cache';
import type { Cache } from '@loghunter/ports';

/** Bounds of the cache. */
export interface MemoryCacheOptions {
  /** Keys and values together, counted as two bytes per UTF-16 unit. Default: 32 MiB. */
  readonly maxSizeBytes?: number;
}

const bytesPerUnit = 2;

/** Keeps values in this process; the least recently used go first. A value larger than a quarter of the whole is not kept. */
export function createMemoryCache(options: MemoryCacheOptions = {}): Cache {
  const maxSizeBytes = options.maxSizeBytes ?? 32 * 1024 * 1024;
  const entries = new LRUCache<string, { readonly text: string }>({
    maxSize: maxSizeBytes,
    maxEntrySize: Math.ceil(maxSizeBytes / 4),
    sizeCalculation: (value, key) => (value.text.length + key.length) * bytesPerUnit + 1,
    // The whole cache is one process's memory: time is read on every look-up instead of once per millisecond.
    ttlResolution: 0,
  });
  return {
    get: (key) => Promise.resolve(entries.get(key)?.text),
    set(key, value, ttlMs) {
      // A shorter value may replace a longer one, so the old one goes even when the new one is too large to be kept.
      entries.delete(key);
      entries.set(key, { text: value }, { ttl: ttlMs });
      return Promise.resolve();
    },
    ping: () => Promise.resolve(),
    close() {
      entries.clear();
      return Promise.resolve();
    },
  };
}
