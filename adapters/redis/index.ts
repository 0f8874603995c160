export type { RedisOptions } from './connect-redis.ts';
export { connectRedisCache } from './redis-cache.ts';
export { connectRedisLiveBus } from './redis-live-bus.ts';
export { connectRedisRateLimiter } from './redis-rate-limiter.ts';
export { connectRedisSharedLoad } from './redis-shared-load.ts';
