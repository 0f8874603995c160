// Three replicas over one Redis: what they let through together, and each of them when Redis goes away.
import { connectRedisRateLimiter } from '@loghunter/adapters/redis';
import type { RateLimiter } from '@loghunter/ports';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '@loghunter/bff/clock';
import type { Principal } from '@loghunter/bff/principal';
import { createRateLimits, type RateLimits } from '@loghunter/bff/rate-limits';
import { hasRedis, startRedis, type RunningRedis } from '../servers/redis.ts';

const replicaCount = 3;
const settings = { user: 100, admin: 1000, pages: 36_000 };

interface Replica {
  readonly shared: RateLimiter;
  readonly limits: RateLimits;
  acceptedCount: number;
}

function principalOf(id: string, hourlyLimit: number): Principal {
  return { tenantId: 'tenant', actor: { kind: 'api-key', id, name: id }, role: 'viewer', hourlyLimit };
}

describe.skipIf(!hasRedis())('limits of three replicas', () => {
  let redis: RunningRedis;
  let replicas: Replica[];

  beforeEach(async () => {
    redis = await startRedis();
    replicas = Array.from({ length: replicaCount }, () => {
      const shared = connectRedisRateLimiter({ url: redis.url });
      return { shared, limits: createRateLimits({ settings, shared, clock: systemClock }), acceptedCount: 0 };
    });
  });

  afterEach(async () => {
    await Promise.all(replicas.map(({ shared }) => shared.close()));
    await redis.stop();
  });

  /** `count` requests at each replica, many at once. */
  async function load(principal: Principal, count: number, weight = 1): Promise<void> {
    await Promise.all(
      replicas.map(async (replica) => {
        for (let done = 0; done < count; done += 50) {
          const states = await Promise.all(
            Array.from({ length: Math.min(50, count - done) }, () => replica.limits.take(principal, { weight }))
          );
          replica.acceptedCount += states.filter(({ isAllowed }) => isAllowed).length;
        }
      })
    );
  }

  const total = () => replicas.reduce((sum, { acceptedCount }) => sum + acceptedCount, 0);

  test.each([1, 100, 1000])('ten times a limit of %i is held to the limit, exactly', async (limit) => {
    await load(principalOf('key', limit), Math.ceil((limit * 10) / replicaCount));
    expect(total()).toBe(limit);
  });

  test('weights count together', async () => {
    await load(principalOf('key', 1000), 100, 7);
    expect(total()).toBe(Math.floor(1000 / 7));
  });

  test('all replicas tell of one window', async () => {
    const key = principalOf('key', 10);
    await load(key, 3);
    const states = await Promise.all(replicas.map(({ limits }) => limits.take(key, {})));
    expect(states.map(({ isAllowed }) => isAllowed).toSorted()).toEqual([false, false, true]);
    expect(states.map(({ usedWeight }) => usedWeight)).toEqual([10, 10, 10]);
    expect(states.every(({ resetMs }) => resetMs > 3_595_000 && resetMs <= 3_660_000)).toBe(true);
  });

  test('Redis is killed in the middle: no replica lets more through than the limit, before and after together', async () => {
    const key = principalOf('key', 300);
    await load(key, 50);
    expect(total()).toBe(150);
    await redis.kill();
    await load(key, 1000);
    expect(replicas.map(({ acceptedCount }) => acceptedCount)).toEqual([300, 300, 300]);
    // It comes back empty: what each replica has let through still counts.
    await redis.restart();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await load(key, 500);
    expect(replicas.map(({ acceptedCount }) => acceptedCount)).toEqual([300, 300, 300]);
  });

  test('a Redis that hangs costs one wait and not one for each request', async () => {
    await load(principalOf('other', 10), 1);
    redis.freeze();
    const startedMs = performance.now();
    for (let count = 0; count < 40; count += 1) {
      await replicas[0]?.limits.take(principalOf('key', 1000), {});
    }
    // 40 requests within a second or so: 250 ms to find out, once a second. All of them waiting would take ten seconds.
    expect(performance.now() - startedMs).toBeLessThan(5000);
    redis.thaw();
  });
});
