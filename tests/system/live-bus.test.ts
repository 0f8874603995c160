import { connectRedisLiveBus } from '@loghunter/adapters/redis';
import type { LiveBus } from '@loghunter/ports';
import { liveBusCases } from '@loghunter/ports/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, startRedis, type RunningRedis } from '../servers/redis.ts';

describe.skipIf(!hasRedis())('the bus over Redis', () => {
  let redis: RunningRedis;
  let here: LiveBus;
  let there: LiveBus;
  beforeAll(async () => {
    redis = await startRedis();
    here = connectRedisLiveBus({ url: redis.url });
    there = connectRedisLiveBus({ url: redis.url });
  });
  afterAll(async () => {
    await here.close();
    await there.close();
    await redis.stop();
  });

  for (const { title, run } of liveBusCases) {
    test(title, () => run({ here, there }));
  }

  test('while Redis is away those of this process are told all the same, and the others again when it is back', async () => {
    const other = await startRedis();
    const [near, far] = [connectRedisLiveBus({ url: other.url }), connectRedisLiveBus({ url: other.url })];
    await near.publish('warm-up');
    await other.kill();
    const heard: string[] = [];
    near.subscribe((tenantId) => heard.push(`near ${tenantId}`));
    far.subscribe((tenantId) => heard.push(`far ${tenantId}`));
    await near.publish('one');
    expect(heard).toContain('near one');
    await other.restart();
    await expect
      .poll(
        async () => {
          await near.publish('two');
          return heard;
        },
        { timeout: 10_000 }
      )
      .toContain('far two');
    await near.close();
    await far.close();
    await other.stop();
  });
});
