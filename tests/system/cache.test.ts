import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectRedisCache } from '@loghunter/adapters/redis';
import type { Cache } from '@loghunter/ports';
import { cacheCases } from '@loghunter/ports/testing';
import { hasRedis, startRedis } from '../servers/redis.ts';
import type { RunningRedis } from '../servers/redis.ts';

async function durationOf(work: Promise<unknown>): Promise<number> {
  const beganAt = performance.now();
  await work;
  return performance.now() - beganAt;
}

describe.skipIf(!hasRedis())('the cache in Redis', () => {
  let redis: RunningRedis;
  let cache: Cache;
  beforeAll(async () => {
    redis = await startRedis();
    cache = connectRedisCache({ url: redis.url });
  });
  afterAll(async () => {
    await cache.close();
    await redis.stop();
  });

  for (const { title, run } of cacheCases) {
    test(title, () => run(cache));
  }

  test('while Redis is away nothing is found, nothing throws, and it comes back', async () => {
    const other = await startRedis();
    const away = connectRedisCache({ url: other.url });
    await away.set('key', 'value', 60_000);
    await other.kill();
    expect(await away.get('key')).toBeUndefined();
    await away.set('key', 'value', 60_000);
    await expect(away.ping()).rejects.toMatchObject({
      system: 'redis',
      kind: 'unavailable',
      message: expect.stringContaining('127.0.0.1'),
    });
    await other.restart();
    await expect
      .poll(
        () =>
          away.ping().then(
            () => 'back',
            () => 'away'
          ),
        { timeout: 10_000 }
      )
      .toBe('back');
    await away.set('key', 'again', 60_000);
    expect(await away.get('key')).toBe('again');
    await away.close();
    await other.stop();
  });

  test('a Redis that hangs costs a fraction of a second', async () => {
    const other = await startRedis();
    const hanging = connectRedisCache({ url: other.url, commandTimeoutMs: 100 });
    await hanging.ping();
    other.freeze();
    expect(await durationOf(hanging.get('key'))).toBeLessThan(2_000);
    expect(await durationOf(hanging.set('key', 'value', 1000))).toBeLessThan(2_000);
    await expect(hanging.ping()).rejects.toMatchObject({ kind: 'timeout' });
    other.thaw();
    await hanging.close();
    await other.stop();
  });

  test('an address where nobody listens is told by ping only', async () => {
    const other = await startRedis();
    await other.stop();
    const nobody = connectRedisCache({ url: other.url });
    expect(await nobody.get('key')).toBeUndefined();
    await expect(nobody.ping()).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    await nobody.close();
    expect(() => connectRedisCache({ url: 'nowhere' })).toThrow('The Redis address is not of the form');
  });
});
