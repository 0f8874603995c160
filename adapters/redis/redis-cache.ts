import { Redis } from 'ioredis';
import { PortError } from '@loghunter/ports';
import type { Cache } from '@loghunter/ports';

/** How to reach Redis, and for how long to wait. */
export interface RedisCacheOptions {
  /** `redis://user:password@host:port/number`, or `rediss:` for TLS. */
  readonly url: string;
  /** Limit of one command. Default: 250 ms: a cache that is slower than this costs more than it saves. */
  readonly commandTimeoutMs?: number;
  /** Default: 2 s. */
  readonly connectTimeoutMs?: number;
}

const maxReconnectPauseMs = 2_000;

/**
 * A cache in Redis. While Redis is away `get` answers undefined and `set` does nothing, both at once;
 * the connection comes back by itself. Throws `PortError` `rejected` when the address is none.
 */
export function connectRedisCache(options: RedisCacheOptions): Cache {
  const { url, commandTimeoutMs = 250, connectTimeoutMs = 2_000 } = options;
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol)) {
    throw new PortError({
      system: 'redis',
      kind: 'rejected',
      message: 'The Redis address is not of the form redis://user:password@host:port',
    });
  }
  const redis = new Redis(url, {
    commandTimeout: commandTimeoutMs,
    connectTimeout: connectTimeoutMs,
    // Nothing waits for a connection: what is asked meanwhile is computed instead.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, maxReconnectPauseMs),
  });
  let lastError: unknown;
  // Without a listener the driver prints every failed attempt; `ping` tells the latest one.
  redis.on('error', (error: unknown) => {
    lastError = error;
  });
  redis.on('ready', () => {
    lastError = undefined;
  });
  const firstAttempt = waitForFirstAttempt(redis);

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
        throw toPortError(url, lastError ?? error);
      });
    },
    close() {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}

/** Resolves when the first connection stands or has failed, so that a start is not taken for an outage. */
function waitForFirstAttempt(redis: Redis): Promise<void> {
  return new Promise((resolve) => {
    redis.once('ready', () => resolve());
    redis.once('close', () => resolve());
    redis.once('end', () => resolve());
  });
}

function toPortError(url: string, error: unknown): PortError {
  const { hostname, port } = new URL(url);
  const reason = error instanceof Error ? error.message : String(error);
  const isTimeout = reason === 'Command timed out';
  return new PortError({
    system: 'redis',
    kind: isTimeout ? 'timeout' : 'unavailable',
    message: `Redis at ${hostname}:${port === '' ? '6379' : port} cannot be reached: ${reason}`,
    cause: error,
  });
}
