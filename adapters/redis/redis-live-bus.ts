import type { LiveBus } from '@loghunter/ports';
import { connectRedis, type RedisOptions } from './connect-redis.ts';

const channel = 'loghunter:live';

/**
 * A bus over Redis's publish and subscribe. What is published while Redis is away is lost, but for the listeners of this process; the
 * connections come back by themselves. Throws `PortError` `rejected` when the address is none.
 */
export function connectRedisLiveBus(options: RedisOptions): LiveBus {
  const publisher = connectRedis(options);
  // A connection that listens can do nothing else.
  const subscriber = connectRedis(options);
  const listeners = new Set<(tenantId: string) => void>();
  const tell = (tenantId: string) => listeners.forEach((listener) => listener(tenantId));
  const listen = () => subscriber.redis.subscribe(channel).catch(() => undefined);
  subscriber.redis.on('ready', () => void listen());
  subscriber.redis.on('message', (_, tenantId) => tell(tenantId));
  return {
    async publish(tenantId) {
      await publisher.firstAttempt;
      await publisher.redis.publish(channel, tenantId).catch(() => tell(tenantId));
    },
    subscribe(listener) {
      const own = (tenantId: string) => listener(tenantId);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    close() {
      publisher.redis.disconnect();
      subscriber.redis.disconnect();
      return Promise.resolve();
    },
  };
}
