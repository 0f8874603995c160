export { connectRedisCache } from './redis-cache.ts';
export type { RedisCacheOptions } from './redis-cache.ts';
