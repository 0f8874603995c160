// One server, three tenants over a Loki with tenants, then over two: each reads, counts and shows its own lines and no other's.
import { setTimeout as sleep } from 'node:timers/promises';
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { parseConfig } from '@loghunter/bff/config';
import { startServer, type RunningServer } from '@loghunter/bff/server';
import type {
  GetCoverageResponse,
  ListClustersResponse,
  ListServicesResponse,
  ListTenantsResponse,
} from '@loghunter/contracts';
import type { LogStore } from '@loghunter/ports';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasLoki, startLoki, type RunningLoki } from '../servers/loki.ts';
import { hasPostgres, startPostgres, type RunningPostgres } from '../servers/postgres.ts';
import { viewTail } from './tail-viewer.ts';

const lineCount = 40;

describe.skipIf(!hasLoki() || !hasPostgres())('tenants of a running server', () => {
  let loki: RunningLoki;
  let postgres: RunningPostgres;
  let server: RunningServer;
  /** API keys by tenant. */
  const keys: Record<string, string> = {};

  beforeAll(async () => {
    [loki, postgres] = await Promise.all([startLoki({ multiTenant: true }), startPostgres()]);
    server = await start({});
    keys['a'] = server.bootstrapKey ?? '';
    for (const team of ['a', 'b']) {
      await pushTo(loki, `team-${team}`, `service-${team}`, `only team ${team} has request`, lineCount);
    }
    // Made while the server runs, with and without logs.
    for (const [team, lokiOrgId] of [
      ['b', 'team-b'],
      ['c', undefined],
    ] as const) {
      const { tenant } = await call<{ tenant: { id: string } }>('a', 'POST', '/api/v1/tenants', {
        name: team,
        lokiOrgId,
      });
      keys[team] = await plantKey(tenant.id);
    }
  });
  afterAll(async () => {
    await server.stop();
    await Promise.all([loki.stop(), postgres.stop()]);
  });

  function start(settings: Readonly<Record<string, string>>): Promise<RunningServer> {
    return startServer(
      parseConfig({
        LOGHUNTER_PORT: '0',
        LOGHUNTER_LOG_LEVEL: 'error',
        LOGHUNTER_LOKI_URL: loki.url,
        LOGHUNTER_LOKI_ORG_ID: 'team-a',
        LOGHUNTER_DATABASE_URL: postgres.url,
        LOGHUNTER_SCAN_INTERVAL_MS: '500',
        LOGHUNTER_WITHOUT_IDENTITY: 'refuse',
        ...settings,
      })
    );
  }

  async function pushTo({ url }: RunningLoki, orgId: string, service: string, text: string, count: number) {
    const nowNs = BigInt(Date.now()) * 1_000_000n;
    const entries = Array.from({ length: count }, (_, index) => ({
      timestampNs: nowNs - BigInt(index) * 1_000_000_000n,
      line: `${text} ${index}`,
      metadata: {},
    }));
    const store = createLokiLogStore({ url, orgId, timeoutMs: 10_000 });
    await store.push([{ labels: { service_name: service }, entries }], new AbortController().signal);
  }

  /** The first key of a tenant comes from whoever has the database, as `loghunter keys create` makes one. */
  async function plantKey(tenantId: string): Promise<string> {
    const { generateKey } = await import('@loghunter/bff/key-format');
    const { connectPostgres } = await import('@loghunter/adapters/postgres');
    const { createApiKeyStore } = await import('@loghunter/adapters/sql-stores');
    const database = connectPostgres({ url: postgres.url });
    const { text, ...kept } = generateKey();
    const facts = { name: 'first', hourlyLimit: 1000, expiresAtMs: null, createdBy: 'test' };
    await createApiKeyStore(database).createKey(tenantId, { ...kept, ...facts, scopes: ['read', 'admin'] });
    await database.close();
    return text;
  }

  function send(team: string, method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${server.url}${path}`, {
      method,
      headers: { 'X-API-Key': keys[team] ?? '', 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async function call<T>(team: string, method: string, path: string, body?: object): Promise<T> {
    const answer = await send(team, method, path, body);
    expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
    return (await answer.json()) as T;
  }

  async function waitForClusters(team: string): Promise<ListClustersResponse> {
    return vi.waitFor(
      async () => {
        const list = await call<ListClustersResponse>(team, 'GET', '/api/v1/clusters');
        expect(list.totalLineCount).toBe(lineCount);
        return list;
      },
      { timeout: 120_000, interval: 1000 }
    );
  }

  test("each tenant's lines are counted for it alone, also of a tenant that came while the server ran", async () => {
    for (const team of ['a', 'b']) {
      const { clusters } = await waitForClusters(team);
      expect(new Set(clusters.map(({ service }) => service))).toEqual(new Set([`service-${team}`]));
      expect(JSON.stringify(clusters)).toContain(`only team ${team} has request`);
      const { services } = await call<ListServicesResponse>(team, 'GET', '/api/v1/services');
      expect(services.map(({ service }) => service)).toEqual([`service-${team}`]);
      const { values } = await call<{ values: string[] }>(team, 'GET', '/api/v1/labels/service_name/values');
      expect(values).toEqual([`service-${team}`]);
    }
  });

  test("another tenant's cluster is as unknown as one that never was", async () => {
    const [theirs] = (await waitForClusters('b')).clusters;
    for (const path of ['', '/counts', '/labels', '/lines']) {
      const answers = await Promise.all(
        [theirs?.id ?? '', '00000000-0000-4000-8000-000000000000'].map(async (id) => {
          const answer = await send('a', 'GET', `/api/v1/clusters/${id}${path}`);
          return [answer.status, ((await answer.json()) as { detail: string }).detail.replaceAll(id, '<id>')];
        })
      );
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]?.[0]).toBe(404);
    }
    const own = await call<{ lines: unknown[] }>('b', 'GET', `/api/v1/clusters/${theirs?.id}/lines`);
    expect(JSON.stringify(own.lines)).toContain('only team b');
  });

  test('a tenant without a tenant id of Loki has no logs, and nobody else’s', async () => {
    const list = await call<ListClustersResponse>('c', 'GET', '/api/v1/clusters');
    expect([list.totalClusterCount, list.totalLineCount]).toEqual([0, 0]);
    const labels = await send('c', 'GET', '/api/v1/labels');
    expect([labels.status, ((await labels.json()) as { code: string }).code]).toEqual([422, 'not-supported']);
  });

  test("no two tenants get one of Loki's tenants", async () => {
    for (const lokiOrgId of ['team-a', 'team-b']) {
      expect((await send('a', 'POST', '/api/v1/tenants', { name: `thief of ${lokiOrgId}`, lokiOrgId })).status).toBe(
        409
      );
    }
  });

  test('a tenant’s settings hold for it alone', async () => {
    await call('b', 'PUT', '/api/v1/settings/retentionDays', { value: 3 });
    const origins = await Promise.all(
      ['a', 'b'].map(async (team) => {
        const { settings } = await call<{ settings: Array<{ name: string; origin: string }> }>(
          team,
          'GET',
          '/api/v1/settings'
        );
        return settings.find(({ name }) => name === 'retentionDays')?.origin;
      })
    );
    expect(origins).toEqual(['default', 'tenant']);
  });

  describe('with a second Loki', () => {
    let second: RunningLoki;
    beforeAll(async () => {
      second = await startLoki({ multiTenant: true });
      await pushTo(second, 'team-a', 'abroad-a', 'abroad of team a has request', 30);
      await pushTo(second, 'elsewhere-c', 'service-c', 'only team c has request', 20);
      const { tenants } = await call<ListTenantsResponse>('a', 'GET', '/api/v1/tenants');
      const abroad = { name: 'abroad', url: second.url };
      const ofC = { orgId: 'elsewhere-c', tenantId: tenants.find(({ name }) => name === 'c')?.id };
      await server.stop();
      server = await start({
        LOGHUNTER_LOKI_SOURCES: JSON.stringify([
          { ...abroad, orgId: 'team-a' },
          { ...abroad, ...ofC },
        ]),
      });
    });
    afterAll(() => second.stop());

    async function waitForLines(team: string, expected: Readonly<Record<string, number>>): Promise<void> {
      await vi.waitFor(
        async () => {
          const { watches } = await call<GetCoverageResponse>(team, 'GET', '/api/v1/coverage');
          expect(Object.fromEntries(watches.map((watch) => [watch.source, watch.clusteredLineCount]))).toEqual(
            expected
          );
        },
        { timeout: 120_000, interval: 1000 }
      );
    }

    test('a tenant with two Lokis has the lines of both, once each, told apart in the coverage', async () => {
      await waitForLines('a', { '': lineCount, abroad: 30 });
      const { totalLineCount, clusters } = await call<ListClustersResponse>('a', 'GET', '/api/v1/clusters');
      expect(totalLineCount).toBe(lineCount + 30);
      expect(new Set(clusters.map(({ service }) => service))).toEqual(new Set(['service-a', 'abroad-a']));
      const { values } = await call<{ values: string[] }>('a', 'GET', '/api/v1/labels/service_name/values');
      expect(values).toEqual(['abroad-a', 'service-a']);
    });

    test('a tenant whose logs are in another Loki only has those alone, and the others do not have them', async () => {
      await waitForLines('c', { abroad: 20 });
      const { clusters } = await call<ListClustersResponse>('c', 'GET', '/api/v1/clusters');
      expect(new Set(clusters.map(({ service }) => service))).toEqual(new Set(['service-c']));
      const { values } = await call<{ values: string[] }>('c', 'GET', '/api/v1/labels/service_name/values');
      expect(values).toEqual(['service-c']);
      await waitForLines('b', { '': lineCount });
      for (const team of ['a', 'b']) {
        expect(JSON.stringify(await call(team, 'GET', '/api/v1/clusters'))).not.toContain('only team c');
      }
    });

    test('a source that is another one with another token keeps the server from starting', async () => {
      // Loki itself asks nobody for a token.
      const twice = { name: 'twice', url: second.url, orgId: 'team-a', token: 'another' };
      const once = { name: 'abroad', url: second.url, orgId: 'team-a' };
      await expect(start({ LOGHUNTER_LOKI_SOURCES: JSON.stringify([once, twice]) })).rejects.toMatchObject({
        kind: 'same-logs',
        message: expect.stringContaining('the log source abroad and the log source twice give the same logs'),
      });
    });

    test('a Loki that is away does not stop the other, and the coverage says which one is behind', async () => {
      await second.kill();
      await pushTo(loki, 'team-a', 'service-a', 'team a goes on with request', 10);
      await waitForLines('a', { '': lineCount + 10, abroad: 30 });
      const later = String(Date.now() + 3_600_000);
      const { watches } = await call<GetCoverageResponse>('a', 'GET', `/api/v1/coverage?to=${later}`);
      const marks = new Map(watches.map(({ source, readUpTo }) => [source, Date.parse(readUpTo ?? '')]));
      expect(marks.get('abroad')).toBeLessThanOrEqual(marks.get('') ?? 0);
      await second.restart();
      await pushTo(second, 'team-a', 'abroad-a', 'abroad of team a is back with request', 5);
      await waitForLines('a', { '': lineCount + 10, abroad: 35 });
    });
  });

  test('two tenants follow their lines at once, each once, while viewers come back and Loki restarts', async () => {
    await server.stop();
    server = await start({});
    const teams = ['a', 'b'] as const;
    const viewers = teams.map((team) =>
      viewTail(`${server.url}/api/v1/tail?service=followed`, { 'X-API-Key': keys[team] ?? '' })
    );
    await expect.poll(() => viewers.map((viewer) => viewer.connectionCount()), { timeout: 20_000 }).toEqual([1, 1]);
    const lineTotal = 120;
    const stores = teams.map((team) => createLokiLogStore({ url: loki.url, orgId: `team-${team}`, timeoutMs: 10_000 }));
    const pushing = (async () => {
      for (let index = 0; index < lineTotal; index += 1) {
        // The time at which a line was written, however often its shipper has to try.
        const timestampNs = BigInt(Date.now()) * 1_000_000n;
        await Promise.all(
          stores.map((store, place) => pushPatiently(store, timestampNs, `team ${teams[place] ?? ''} writes ${index}`))
        );
        await sleep(60);
      }
    })();
    await sleep(1500);
    viewers[0]?.drop();
    await sleep(1000);
    await loki.kill();
    // One comes back while Loki is away.
    viewers[1]?.drop();
    await sleep(1500);
    await loki.restart();
    await pushing;
    const expected = teams.map((team) =>
      Array.from({ length: lineTotal }, (_, index) => `team ${team} writes ${index}`)
    );
    await expect
      .poll(() => viewers.map(({ lines }) => [...lines.values()].toSorted()), { timeout: 30_000 })
      .toEqual(expected.map((texts) => texts.toSorted()));
    // What would come twice comes within the overlap of a connection that begins again.
    await sleep(3000);
    expect(viewers.map(({ lines, faults }) => [lines.size, faults])).toEqual([
      [lineTotal, []],
      [lineTotal, []],
    ]);
    expect(Math.min(...viewers.map((viewer) => viewer.connectionCount()))).toBeGreaterThan(1);
    await Promise.all(viewers.map((viewer) => viewer.stop()));
  }, 120_000);
});

/** Pushes again what Loki did not take: it keeps equal lines of one nanosecond once. */
async function pushPatiently(store: LogStore, timestampNs: bigint, line: string): Promise<void> {
  const streams = [{ labels: { service_name: 'followed' }, entries: [{ timestampNs, line, metadata: {} }] }];
  const deadlineMs = Date.now() + 60_000;
  for (;;) {
    try {
      await store.push(streams, new AbortController().signal);
      return;
    } catch (error) {
      if (Date.now() > deadlineMs) {
        throw error;
      }
      await sleep(200);
    }
  }
}
