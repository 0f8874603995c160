// The cache of queries on a real Redis before a real Loki; how often Loki is asked is counted at a proxy.
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { connectRedisCache } from '@loghunter/adapters/redis';
import type { Cache, FindEntriesRequest, LogStore } from '@loghunter/ports';
import { createFakeStores } from '@loghunter/ports/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../bff/clock.ts';
import { guardLogStore } from '../../bff/composition.ts';
import { parseConfig } from '../../bff/config.ts';
import { createMetrics } from '../../bff/health/metrics.ts';
import { hasLoki, startLoki, type RunningLoki } from '../servers/loki.ts';
import { hasRedis, startRedis, type RunningRedis } from '../servers/redis.ts';
import { startMeteringProxy, type MeteringProxy } from './metering-proxy.ts';

const minuteMs = 60_000;
const { signal } = new AbortController();

describe.skipIf(!hasLoki() || !hasRedis())('the query cache', () => {
  const toMs = Math.floor(Date.now() / minuteMs) * minuteMs;
  let loki: RunningLoki;
  let redis: RunningRedis;
  let proxy: MeteringProxy;
  let caches: Cache[];

  beforeAll(async () => {
    [loki, redis] = await Promise.all([startLoki(), startRedis()]);
    proxy = await startMeteringProxy(loki.url);
    caches = [connectRedisCache({ url: redis.url }), connectRedisCache({ url: redis.url })];
    const entries = Array.from({ length: 500 }, (_unused, index) => ({
      timestampNs: BigInt(toMs - index * 100 - 1) * 1_000_000n,
      line: `line ${index}`,
      metadata: { trace: `trace-${index}` },
    }));
    const store = createLokiLogStore({ url: loki.url, timeoutMs: 30_000 });
    await store.push([{ labels: { app: 'shop' }, entries }], signal);
  });
  beforeEach(() => {
    proxy.queries.length = 0;
  });
  afterAll(async () => {
    for (const cache of caches) {
      await cache.close();
    }
    await proxy.stop();
    await redis.stop();
    await loki.stop();
  });

  /** People's way to Loki on one of two replicas. */
  async function storeOf(tenantName: string, replica: 0 | 1): Promise<LogStore> {
    const { ledger } = createFakeStores(() => Date.now());
    const cache = caches[replica];
    if (cache === undefined) {
      throw new RangeError('there are two replicas');
    }
    const { people } = guardLogStore(
      { kind: 'loki', stores: new Map([['', createLokiLogStore({ url: proxy.url, timeoutMs: 30_000 })]]) },
      parseConfig({}),
      {
        tenantId: `tenant-${tenantName}`,
        ledger,
        cache,
        clock: systemClock,
        meter: createMetrics({ scannerLagSeconds: () => null }).queries,
      }
    );
    return people;
  }

  let searchCount = 0;
  /** A search that no other test has asked. */
  function newSearch(): FindEntriesRequest {
    searchCount += 1;
    return {
      query: `{app="shop"} != "search ${searchCount}"`,
      fromNs: BigInt(toMs - 60 * minuteMs) * 1_000_000n,
      toNs: BigInt(toMs) * 1_000_000n,
      direction: 'newest-first',
      limit: 100,
      signal,
    };
  }

  async function ask(store: LogStore, search: FindEntriesRequest): Promise<readonly string[]> {
    return (await store.findEntries(search)).map(({ line, metadata }) => `${line} ${metadata['trace']}`);
  }

  test('fifty clients who ask the same at once reach Loki once', async () => {
    const store = await storeOf('a', 0);
    const search = newSearch();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(store, search)));
    expect(proxy.queries).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.join('\n'))).size).toBe(1);
    expect(answers[0]?.[0]).toBe('line 0 trace-0');
    expect(answers[0]).toHaveLength(100);
  });

  test('another replica answers from the cache, with the same lines', async () => {
    const search = newSearch();
    const fresh = await (await storeOf('a', 0)).findEntries(search);
    const kept = await (await storeOf('a', 1)).findEntries({ ...search, query: search.query.replace('{', '{ ') });
    expect(kept).toEqual(fresh);
    expect(proxy.queries).toHaveLength(1);
  });

  test("a tenant's answer is never given to another", async () => {
    const search = newSearch();
    await ask(await storeOf('a', 0), search);
    await ask(await storeOf('b', 0), search);
    await ask(await storeOf('b', 1), search);
    expect(proxy.queries).toHaveLength(2);
  });

  test('Redis killed in the middle changes how often Loki is asked, nothing else', async () => {
    const [first, second] = [await storeOf('a', 0), await storeOf('a', 1)];
    const search = newSearch();
    const expected = await ask(first, search);
    expect(await ask(second, search)).toEqual(expected);
    expect(proxy.queries).toHaveLength(1);

    const racing = newSearch();
    const answers = Promise.all(
      Array.from({ length: 20 }, async (_unused, index) => ask(index % 2 === 0 ? first : second, racing))
    );
    await redis.kill();
    for (const answer of await answers) {
      expect(answer).toEqual(expected);
    }
    expect(await ask(first, search)).toEqual(expected);
    expect(await ask(second, search)).toEqual(expected);
    expect(proxy.queries.length).toBeGreaterThanOrEqual(4);

    await redis.restart();
    await expect
      .poll(
        () =>
          Promise.all(
            caches.map((cache) =>
              cache.ping().then(
                () => 'up',
                () => 'down'
              )
            )
          ),
        { timeout: 15_000 }
      )
      .toEqual(['up', 'up']);
    proxy.queries.length = 0;
    const again = newSearch();
    expect(await ask(first, again)).toEqual(expected);
    expect(await ask(second, again)).toEqual(expected);
    expect(proxy.queries).toHaveLength(1);
  });
});
