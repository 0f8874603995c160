import type { Cache } from '@loghunter/ports';
import { connectRedis, type RedisOptions } from './connect-redis.ts';

/**
 * A cache in Redis. While Redis is away `get` answers undefined and `set` does nothing, both at once;
 * the connection comes back by itself. Throws `PortError` `rejected` when the address is none.
 */
export function connectRedisCache(options: RedisOptions): Cache {
  const { redis, firstAttempt, toPortError } = connectRedis(options);
  return {
    async get(key) {
      await firstAttempt;
      return redis.get(key).then(
        (value) => value ?? undefined,
        () => undefined
      );
    },
    async set(key, value, ttlMs) {
      await firstAttempt;
      await redis.set(key, value, 'PX', Math.max(1, Math.round(ttlMs))).catch(() => undefined);
    },
    async ping() {
      await firstAttempt;
      await redis.ping().catch((error: unknown) => {
        throw toPortError(error);
      });
    },
    close() {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}
