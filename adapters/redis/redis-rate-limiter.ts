import type { Redis, Result } from 'ioredis';
import { windowMs, windowStepMs } from '@loghunter/ports';
import type { RateLimiter } from '@loghunter/ports';
import { connectRedis, type RedisOptions } from './connect-redis.ts';

// One step for Redis, whose clock all replicas share. A hash of minute to weight; minutes that lie wholly before the window are dropped.
const takeScript = `
local limit, window, step, weight = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local first = math.floor((now - window) / step)
local used, minutes, fields = 0, {}, redis.call('HGETALL', KEYS[1])
for at = 1, #fields, 2 do
  local minute = tonumber(fields[at])
  if minute < first then
    redis.call('HDEL', KEYS[1], fields[at])
  else
    used = used + tonumber(fields[at + 1])
    table.insert(minutes, { minute, tonumber(fields[at + 1]) })
  end
end
table.sort(minutes, function(a, b) return a[1] < b[1] end)
local function leaves(minute) return (minute + 1) * step + window - now end
local reset = minutes[1] and leaves(minutes[1][1]) or 0
if used + weight <= limit then
  redis.call('HINCRBY', KEYS[1], math.floor(now / step), weight)
  redis.call('PEXPIRE', KEYS[1], window + step)
  return { 1, used + weight, reset > 0 and reset or leaves(math.floor(now / step)), 0 }
end
local rest, retry = used, window
for _, entry in ipairs(minutes) do
  rest = rest - entry[2]
  if rest + weight <= limit then
    retry = leaves(entry[1])
    break
  end
end
return { 0, used, reset, retry }
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    loghunterTake(
      key: string,
      limit: number,
      window: number,
      step: number,
      weight: number
    ): Result<[number, number, number, number], Context>;
  }
}

/** Windows in Redis. Throws `PortError` `rejected` when the address is none. */
export function connectRedisRateLimiter(options: RedisOptions): RateLimiter {
  const { redis, firstAttempt } = connectRedis(options);
  defineTake(redis);
  return {
    async take({ subject, limit, weight }) {
      await firstAttempt;
      try {
        const answer = await redis.loghunterTake(`rate:${subject}`, limit, windowMs, windowStepMs, weight);
        const [isAllowed, usedWeight, resetMs, retryAfterMs] = answer;
        return { isAllowed: isAllowed === 1, usedWeight, resetMs, retryAfterMs };
      } catch {
        return undefined;
      }
    },
    close() {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}

function defineTake(redis: Redis): void {
  redis.defineCommand('loghunterTake', { numberOfKeys: 1, lua: takeScript });
}
