import { randomUUID } from 'node:crypto';
import type { Redis, Result } from 'ioredis';
import type { LoadAnswer, LoadRequest, SharedLoad } from '@loghunter/ports';
import { connectRedis, type RedisOptions } from './connect-redis.ts';

/** A query that ended counts this long. */
const windowMs = 60_000;
/** A replica that dies does not settle: its queries are given up after this, well above the time limit of one query. */
const leaseMs = 120_000;
/** Places come free at any moment; bytes do when they are a minute old. */
const placeRetryMs = 100;

// KEYS: charges (member `kind:bytes:id`, score: counts until), running queries (member id, score: lease ends).
// One step for Redis, by whose clock all replicas go.
const reserveScript = `
local id, kind, size, limit = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local maxRunning, otherKind, otherBytes, isForced = tonumber(ARGV[5]), ARGV[6], tonumber(ARGV[7]), ARGV[8] == '1'
local lease, placeRetry = tonumber(ARGV[9]), tonumber(ARGV[10])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local used, retry = {}, nil
local charges = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for at = 1, #charges, 2 do
  local chargeKind, bytes = string.match(charges[at], '^([^:]*):(%d+):')
  used[chargeKind] = (used[chargeKind] or 0) + tonumber(bytes)
  if chargeKind == kind and not retry then
    retry = tonumber(charges[at + 1]) - now
  end
end
if not isForced then
  if redis.call('ZCARD', KEYS[2]) >= maxRunning then
    return { placeRetry, 0 }
  end
  if otherKind ~= '' and (used[otherKind] or 0) > otherBytes then
    return { placeRetry * 10, 1 }
  end
  local own = used[kind] or 0
  if size > 0 and own > 0 and own + size > limit then
    return { math.max(placeRetry, retry or placeRetry), 1 }
  end
end
redis.call('ZADD', KEYS[1], now + lease, kind .. ':' .. string.format('%d', size) .. ':' .. id)
redis.call('ZADD', KEYS[2], now + lease, id)
redis.call('PEXPIRE', KEYS[1], lease)
redis.call('PEXPIRE', KEYS[2], lease)
return { 0, 0 }
`;

const settleScript = `
local before, kind, size, id, window = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('ZREM', KEYS[1], before)
redis.call('ZREM', KEYS[2], id)
if tonumber(size) > 0 then
  redis.call('ZADD', KEYS[1], now + window, kind .. ':' .. size .. ':' .. id)
end
return 0
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    reserveLoad(
      charges: string,
      running: string,
      ...values: ReadonlyArray<string | number>
    ): Result<[retryAfterMs: number, isOverBudget: number], Context>;
    settleLoad(charges: string, running: string, ...values: ReadonlyArray<string | number>): Result<number, Context>;
  }
}

/** Counts the load of all replicas in Redis. While Redis is away every answer is `away`, at once. */
export function connectRedisSharedLoad(options: RedisOptions): SharedLoad {
  const { redis, firstAttempt } = connectRedis(options);
  redis.defineCommand('reserveLoad', { numberOfKeys: 2, lua: reserveScript });
  redis.defineCommand('settleLoad', { numberOfKeys: 2, lua: settleScript });
  return {
    async reserve(request) {
      await firstAttempt;
      return reserve(redis, request).catch((): LoadAnswer => ({ kind: 'away' }));
    },
    async settle(budget, charge, sizeBytes) {
      const [kind = '', , id = ''] = charge.split(':');
      const [charges, running] = keysOf(budget);
      const values = [charge, kind, Math.max(0, Math.ceil(sizeBytes)), id, windowMs];
      await redis.settleLoad(charges, running, ...values).catch(() => undefined);
    },
    close() {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}

async function reserve(redis: Redis, request: LoadRequest): Promise<LoadAnswer> {
  const { budget, kind, sizeBytes, limitBytes, maxRunning, unless, isForced } = request;
  const [charges, running] = keysOf(budget);
  const id = randomUUID();
  const size = Math.max(0, Math.ceil(sizeBytes));
  const values = [id, kind, size, limitBytes, maxRunning, unless?.kind ?? '', unless?.usedBytes ?? 0];
  const [retryAfterMs, isOverBudget] = await redis.reserveLoad(
    charges,
    running,
    ...[...values, isForced ? 1 : 0, leaseMs, placeRetryMs]
  );
  return retryAfterMs === 0
    ? { kind: 'reserved', id: `${kind}:${size}:${id}` }
    : { kind: 'full', retryAfterMs, isOverBudget: isOverBudget === 1 };
}

// Braces: both keys lie on one node of a cluster.
function keysOf(budget: string): readonly [string, string] {
  return [`loki:load:{${budget}}:charges`, `loki:load:{${budget}}:running`];
}
