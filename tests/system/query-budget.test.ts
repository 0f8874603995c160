// A hundred impatient clients against a real Loki: what Loki itself says it went through is held against the budget.
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { createMemoryCache } from '@loghunter/adapters/memory-cache';
import { connectRedisSharedLoad } from '@loghunter/adapters/redis';
import type { LogStore, SharedLoad } from '@loghunter/ports';
import { createFakeStores } from '@loghunter/ports/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../bff/clock.ts';
import { guardLogStore } from '../../bff/composition.ts';
import { createMetrics } from '../../bff/health/metrics.ts';
import type { BudgetSettings, KindLimits } from '../../bff/query-budget/budget-settings.ts';
import { hasLoki, startLoki, type RunningLoki } from '../servers/loki.ts';
import { hasRedis, startRedis, type RunningRedis } from '../servers/redis.ts';
import { startMeteringProxy, type MeteringProxy } from './metering-proxy.ts';

const megabyte = 1_000_000;
const clientCount = 100;
const dayNs = 86_400_000_000_000n;
const { signal } = new AbortController();

describe.skipIf(!hasLoki())('the budget before a real Loki', () => {
  let loki: RunningLoki;
  let proxy: MeteringProxy;
  let raw: LogStore;

  beforeAll(async () => {
    loki = await startLoki();
    proxy = await startMeteringProxy(loki.url);
    raw = createLokiLogStore({ url: loki.url, timeoutMs: 30_000 });
    // 8 MB that are seconds old, and 8 MB spread over four hours.
    await pushLines('fresh', 20_000);
    await pushLines('checkout', 4 * 3_600_000);
  });
  beforeEach(() => {
    proxy.queries.length = 0;
  });
  afterAll(async () => {
    await proxy.stop();
    await loki.stop();
  });

  async function pushLines(service: string, spreadMs: number): Promise<void> {
    const [streamCount, lineCount, lineLength] = [20, 2000, 200];
    const nowMs = Date.now();
    for (let stream = 0; stream < streamCount; stream += 1) {
      const entries = Array.from({ length: lineCount }, (_unused, index) => ({
        timestampNs: BigInt(Math.floor(nowMs - spreadMs + ((index + 1) / (lineCount + 1)) * spreadMs)) * 1_000_000n,
        line: `${service} ${stream} ${index} `.padEnd(lineLength, 'x'),
        metadata: {},
      }));
      await raw.push([{ labels: { service, pod: `pod-${stream}` }, entries }], signal);
    }
  }

  async function createGuarded(
    people: KindLimits,
    changes: Partial<BudgetSettings> = {},
    shared: { readonly tenantId?: string; readonly load?: SharedLoad } = {}
  ) {
    const { ledger } = createFakeStores(() => Date.now());
    const tenant = await ledger.ensureTenant('default', null);
    const generous = { minuteBytes: 1000 * megabyte, queryBytes: 1000 * megabyte };
    const budget: BudgetSettings = {
      mode: 'enforce',
      maxConcurrentQueries: 8,
      maxWaitMs: 3000,
      limits: { people, background: generous, ai: generous },
      ...changes,
    };
    return guardLogStore(
      { kind: 'loki', stores: new Map([['', createLokiLogStore({ url: proxy.url, timeoutMs: 30_000 })]]) },
      { budget, queryCacheMs: 0 },
      {
        tenantId: tenant.id,
        ledger,
        cache: createMemoryCache(),
        clock: systemClock,
        meter: createMetrics({ scannerLagSeconds: () => null }).queries,
        ...shared,
      }
    );
  }

  function month() {
    const toNs = BigInt(Date.now() + 1000) * 1_000_000n;
    return { fromNs: toNs - 30n * dayNs, toNs, direction: 'newest-first', limit: 1000, signal } as const;
  }

  /** What a hundred clients get who ask different things of the same streams at once; nothing matches, so that Loki reads everything. */
  async function askAll(store: LogStore, selector: string): Promise<readonly unknown[]> {
    const range = month();
    const answers = await Promise.allSettled(
      Array.from({ length: clientCount }, (_unused, client) =>
        store.findEntries({ ...range, query: `${selector} |= "client ${client} finds nothing"` })
      )
    );
    return answers.map((answer) => (answer.status === 'fulfilled' ? 'answered' : answer.reason));
  }

  function processedBytes(): number {
    return proxy.queries.reduce((sum, query) => sum + query.processedBytes, 0);
  }

  test('the volume sees lines that are seconds old', async () => {
    const range = month();
    const volume = await raw.readVolume?.({ ...range, selector: '{service="fresh"}' });
    expect(volume).toBeGreaterThan(7 * megabyte);
    expect(volume).toBeLessThan(12 * megabyte);
  });

  test('a month of everything is refused a hundred times, and Loki reads nothing', async () => {
    const { people } = await createGuarded({ minuteBytes: 20 * megabyte, queryBytes: 5 * megabyte });
    const answers = await askAll(people, '{service=~".+"}');
    expect(new Set(answers.map((answer) => Reflect.get(Object(answer), 'code')))).toEqual(new Set(['query-rejected']));
    expect(proxy.queries).toEqual([]);
  });

  test('a month of lines that are seconds old is refused too', async () => {
    const { people } = await createGuarded({ minuteBytes: 20 * megabyte, queryBytes: 5 * megabyte });
    const answers = await askAll(people, '{service="fresh"}');
    expect(new Set(answers.map((answer) => Reflect.get(Object(answer), 'code')))).toEqual(new Set(['query-rejected']));
    expect(proxy.queries).toEqual([]);
  });

  test('the refusal says what would fit, and that does', async () => {
    const { people } = await createGuarded({ minuteBytes: 20 * megabyte, queryBytes: 5 * megabyte });
    const range = month();
    const refused = await people.findEntries({ ...range, query: '{service="checkout"}' }).catch((error) => error);
    expect(refused).toMatchObject({ code: 'query-rejected' });
    // An hour or half of one; until four hours after midnight (UTC) more, because Loki has an index a day, and tells of less at its border.
    const fits = /What fits: last (?:(\d+) )?(hour|minute)s? of service=checkout: about [\d.]+ (?:MB|kB)\.$/;
    const [, count = '1', unit] = fits.exec(refused.message) ?? [];
    expect(unit, refused.message).toBeDefined();
    const fittingMs = Number(count) * (unit === 'hour' ? 3_600_000 : 60_000);
    const fitting = { ...range, fromNs: range.toNs - BigInt(fittingMs) * 1_000_000n };
    expect(await people.findEntries({ ...fitting, query: '{service="checkout"}' })).toHaveLength(1000);
  });

  test('a hundred queries that fit one by one never read more than a minute allows', async () => {
    const allowedBytes = 40 * megabyte;
    const { people, describeLoad } = await createGuarded({ minuteBytes: allowedBytes, queryBytes: 20 * megabyte });
    const startedAtMs = Date.now();
    const answers = await askAll(people, '{service="fresh"}');
    const answered = answers.filter((answer) => answer === 'answered');
    expect(Date.now() - startedAtMs).toBeLessThan(50_000);
    expect(answered.length).toBeGreaterThanOrEqual(2);
    expect(proxy.queries).toHaveLength(answered.length);
    expect(processedBytes()).toBeGreaterThan(10 * megabyte);
    expect(processedBytes()).toBeLessThanOrEqual(allowedBytes);
    const codes = answers
      .filter((answer) => answer !== 'answered')
      .map((answer) => Reflect.get(Object(answer), 'code'));
    expect(new Set(codes)).toEqual(new Set(['rate-limited']));
    expect(describeLoad()).toMatch(/^LogHunter's queries over the last minute: people [\d.]+ MB of 40 MB$/);
    console.log(
      `${answered.length} of ${clientCount} ran; Loki went through ${processedBytes()} of ${allowedBytes} bytes`
    );
  });

  test('no more than the allowed number run at the same time', async () => {
    const large = { minuteBytes: 10_000 * megabyte, queryBytes: 100 * megabyte };
    const { people } = await createGuarded(large, { maxConcurrentQueries: 3, maxWaitMs: 60_000 });
    const { toNs, ...rest } = month();
    const lastHour = { ...rest, fromNs: toNs - dayNs / 24n, toNs };
    await Promise.all(
      Array.from({ length: 30 }, (_unused, client) =>
        people.findEntries({ ...lastHour, query: `{service="fresh"} |= "client ${client} finds nothing"` })
      )
    );
    const { queries } = proxy;
    expect(queries).toHaveLength(30);
    const together = queries.map(
      ({ startedAtMs }) =>
        queries.filter((other) => other.startedAtMs <= startedAtMs && other.endedAtMs > startedAtMs).length
    );
    expect(Math.max(...together)).toBeLessThanOrEqual(3);
  });

  test('background work waits while people use their bytes, and for as long as Loki asks', async () => {
    const busy = await createGuarded({ minuteBytes: 12 * megabyte, queryBytes: 12 * megabyte });
    const range = month();
    await busy.people.findEntries({ ...range, query: '{service="fresh"} |= "nothing"' });
    const calls = proxy.queries.length;
    const patience = AbortSignal.timeout(1500);
    const waiting = busy.background.findEntries({ ...range, query: '{service="fresh"}', signal: patience });
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(proxy.queries).toHaveLength(calls);

    const large = { minuteBytes: 1000 * megabyte, queryBytes: 1000 * megabyte };
    const overloaded = await createGuarded(large);
    proxy.answerWith({ status: 429, retryAfterSeconds: 2 });
    const query = { ...range, query: '{service="fresh"}' };
    await expect(overloaded.background.findEntries(query)).rejects.toMatchObject({ status: 429, retryAfterMs: 2000 });
    proxy.answerWith(null);
    const beganAtMs = performance.now();
    expect(await overloaded.background.findEntries(query)).toHaveLength(1000);
    expect(performance.now() - beganAtMs).toBeGreaterThan(1800);
  });

  describe.skipIf(!hasRedis())('shared by three replicas', () => {
    const replicaCount = 3;
    const allowedBytes = 40 * megabyte;
    const people = { minuteBytes: allowedBytes, queryBytes: 20 * megabyte };
    let redis: RunningRedis;
    let loads: readonly SharedLoad[];

    beforeAll(async () => {
      redis = await startRedis();
      loads = Array.from({ length: replicaCount }, () => connectRedisSharedLoad({ url: redis.url }));
    });
    afterAll(async () => {
      await Promise.all(loads.map((load) => load.close()));
      await redis.stop();
    });

    /** Each replica with a third of the clients. */
    async function askReplicas(tenantId: string, changes: Partial<BudgetSettings> = {}): Promise<readonly unknown[]> {
      const replicas = await Promise.all(loads.map((load) => createGuarded(people, changes, { tenantId, load })));
      const range = month();
      const answers = await Promise.allSettled(
        Array.from({ length: clientCount }, (_unused, client) =>
          replicas[client % replicaCount]?.people.findEntries({
            ...range,
            query: `{service="fresh"} |= "${tenantId} client ${client} finds nothing"`,
          })
        )
      );
      return answers.map((answer) => (answer.status === 'fulfilled' ? 'answered' : Reflect.get(answer.reason, 'code')));
    }

    test('a hundred queries never read more than one budget allows', async () => {
      const answers = await askReplicas('together');
      expect(new Set(answers)).toEqual(new Set(['answered', 'rate-limited']));
      expect(processedBytes()).toBeGreaterThan(10 * megabyte);
      expect(processedBytes()).toBeLessThanOrEqual(allowedBytes);
    });

    test('no more than the allowed number run at the same time', async () => {
      const answers = await askReplicas('places', { maxConcurrentQueries: 2, maxWaitMs: 5000 });
      expect(answers.filter((answer) => answer === 'answered').length).toBeGreaterThanOrEqual(2);
      const together = proxy.queries.map(
        ({ startedAtMs }) =>
          proxy.queries.filter((other) => other.startedAtMs <= startedAtMs && other.endedAtMs > startedAtMs).length
      );
      expect(Math.max(...together)).toBeLessThanOrEqual(2);
    });

    test('what one tenant reads is not taken from another', async () => {
      const [first, second] = await Promise.all([askReplicas('first'), askReplicas('second')]);
      expect(first).toContain('answered');
      expect(second).toContain('answered');
    });

    test('who waits is told whether bytes are missing or a place', async () => {
      const asked = { budget: 'told', kind: 'background', sizeBytes: 60, limitBytes: 100, maxRunning: 2 };
      const load = loads[0];
      const reserve = (changes: { readonly maxRunning?: number; readonly usedBytes?: number } = {}) =>
        load?.reserve({
          ...asked,
          maxRunning: changes.maxRunning ?? 2,
          unless: changes.usedBytes === undefined ? null : { kind: 'background', usedBytes: changes.usedBytes },
          isForced: false,
        });
      expect(await reserve()).toMatchObject({ kind: 'reserved' });
      expect(await reserve()).toMatchObject({ kind: 'full', isOverBudget: true });
      expect(await reserve({ usedBytes: 50 })).toMatchObject({ kind: 'full', isOverBudget: true });
      expect(await reserve({ maxRunning: 1 })).toMatchObject({ kind: 'full', isOverBudget: false });
    });

    test('with Redis killed in the middle each replica keeps to the limit by itself, and they share again afterwards', async () => {
      const asked = askReplicas('killed', { maxWaitMs: 6000 });
      await new Promise((resolve) => setTimeout(resolve, 500));
      await redis.kill();
      const answers = await asked;
      expect(new Set(answers)).toEqual(new Set(['answered', 'rate-limited']));
      expect(processedBytes()).toBeLessThanOrEqual(replicaCount * allowedBytes);
      await redis.restart();
      await expect
        .poll(() => loads[0]?.reserve(probe()).then(({ kind }) => kind), { timeout: 10_000 })
        .toBe('reserved');
      await expect
        .poll(() => Promise.all(loads.map((load) => load.reserve(probe()).then(({ kind }) => kind))), {
          timeout: 10_000,
        })
        .not.toContain('away');
      proxy.queries.length = 0;
      await askReplicas('again');
      expect(processedBytes()).toBeLessThanOrEqual(allowedBytes);
    });

    function probe() {
      const limits = { limitBytes: 1, maxRunning: 1000, unless: null, isForced: true };
      return { budget: 'probe', kind: 'people', sizeBytes: 0, ...limits };
    }
  });
});
