export { createMemoryCache } from './memory-cache.ts';
export type { MemoryCacheOptions } from './memory-cache.ts';
