import { Redis } from 'ioredis';
import { PortError } from '@loghunter/ports';

/** How to reach Redis, and for how long to wait. */
export interface RedisOptions {
  /** `redis://user:password@host:port/number`, or `rediss:` for TLS. */
  readonly url: string;
  /** Limit of one command. Default: 250 ms: what is slower than this costs more than it saves. */
  readonly commandTimeoutMs?: number;
  /** Default: 2 s. */
  readonly connectTimeoutMs?: number;
}

/** A connection that comes back by itself; commands fail at once while it is away. */
export interface RedisConnection {
  readonly redis: Redis;
  /** Resolves when the first connection stands or has failed, so that a start is not taken for an outage. */
  readonly firstAttempt: Promise<void>;
  /** The failure of a command in words; the latest failure to connect says more than the command's own. */
  toPortError(error: unknown): PortError;
}

const maxReconnectPauseMs = 2_000;

/** Connects in the background. Throws `PortError` `rejected` when the address is none. */
export function connectRedis({ url, commandTimeoutMs = 250, connectTimeoutMs = 2_000 }: RedisOptions): RedisConnection {
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
    // Nothing waits for a connection: what is asked meanwhile is done another way.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, maxReconnectPauseMs),
  });
  let lastError: unknown;
  // Without a listener the driver prints every failed attempt.
  redis.on('error', (error: unknown) => {
    lastError = error;
  });
  redis.on('ready', () => {
    lastError = undefined;
  });
  return {
    redis,
    firstAttempt: waitForFirstAttempt(redis),
    toPortError: (error) => describe(url, lastError ?? error),
  };
}

function waitForFirstAttempt(redis: Redis): Promise<void> {
  return new Promise((resolve) => {
    redis.once('ready', () => resolve());
    redis.once('close', () => resolve());
    redis.once('end', () => resolve());
  });
}

function describe(url: string, error: unknown): PortError {
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
