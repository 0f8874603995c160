// Rules of people against a real Loki: made at one replica, applied by another's scanner, undone; on Postgres and on PGlite.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { parseConfig } from '@loghunter/bff/config';
import { startServer, type RunningServer } from '@loghunter/bff/server';
import type {
  ClusterRuleResponse,
  ListClusterLinesResponse,
  ListClustersResponse,
  ListClusterVariablesResponse,
  NewClusterRule,
  PreviewClusterRuleResponse,
} from '@loghunter/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasLoki, startLoki, type RunningLoki } from '../servers/loki.ts';
import { hasPostgres, startPostgres, type RunningPostgres } from '../servers/postgres.ts';

// Two words at one place only: with a third the scanner itself would learn that it varies.
const lines = [
  'queue orders drained in 5 ms',
  'queue orders drained in 7 ms',
  'queue returns drained in 5 ms',
  'cache is warm',
  'cache got hot',
];
const untouched = {
  'queue orders drained in <*>': 2,
  'queue returns drained in <*>': 1,
  'cache is warm': 1,
  'cache got hot': 1,
};

describe.skipIf(!hasLoki() || !hasPostgres())('rules of people', () => {
  let loki: RunningLoki;
  let postgres: RunningPostgres;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loghunter-rules-'));
    [loki, postgres] = await Promise.all([startLoki(), startPostgres()]);
  });

  afterAll(async () => {
    await loki.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const storages = ['postgres', 'pglite'] as const;
  test.each(storages)(
    'hold for stored and future lines on every replica and are undone without a trace on %s',
    async (storage) => {
      const service = `shop-${storage}`;
      const start = (target: string): Promise<RunningServer> =>
        startServer(
          parseConfig({
            LOGHUNTER_PORT: '0',
            LOGHUNTER_TARGET: target,
            LOGHUNTER_LOKI_URL: loki.url,
            LOGHUNTER_SCAN_INTERVAL_MS: '1000',
            LOGHUNTER_LOG_LEVEL: 'error',
            ...(storage === 'postgres'
              ? { LOGHUNTER_DATABASE_URL: postgres.url }
              : { LOGHUNTER_DATA_DIRECTORY: folder }),
          })
        );
      // Minutes that are complete by now: those that are read again follow the rules of then.
      await push(loki.url, service, lines, 10 * 60_000);
      let scanning = await start('all');
      // On PGlite there is one process; a restart stands for the other replica.
      const asked = storage === 'postgres' ? await start('api') : scanning;
      try {
        await expectFigures(asked, service, untouched);
        const [orders, warm, hot] = await Promise.all(
          ['queue orders', 'cache is warm', 'cache got hot'].map((text) => idOf(asked, service, text))
        );
        const rules = [
          await create(asked, { kind: 'merge', clusterIds: [hot ?? ''], intoId: warm ?? '' }),
          await create(asked, { kind: 'mask', clusterId: orders ?? '', word: 'orders' }),
        ];
        await expectFigures(asked, service, { 'queue <*> drained in <*>': 3, 'cache is warm': 2 });

        const split = { kind: 'split', clusterId: orders ?? '', variable: 1 } as const;
        const preview = await send<PreviewClusterRuleResponse>(asked, 'POST', '/api/v1/cluster-rules/preview', {
          rule: split,
        });
        expect(preview).toMatchObject({ readEventCount: 3, placeCount: 2, movedEventCount: 3 });
        rules.push(await create(asked, split));
        // What the other replica's scanner does within its next looks.
        await new Promise((resolve) => setTimeout(resolve, 6000));
        await push(loki.url, service, lines);
        const ruled = {
          'queue <*> drained in 5 ms': 2,
          'queue <*> drained in 7 ms': 1,
          'queue <*> drained in <*>': 3,
          'cache is warm': 4,
        };
        await expectFigures(asked, service, ruled);
        const found = await send<ListClusterLinesResponse>(asked, 'GET', `/api/v1/clusters/${warm}/lines`);
        expect(found.lines.map(({ text }) => text).sort()).toEqual([
          'cache got hot',
          'cache got hot',
          'cache is warm',
          'cache is warm',
        ]);

        if (storage === 'postgres') {
          await scanning.stop();
          scanning = await start('all');
          await push(loki.url, service, ['queue returns drained in 5 ms', 'cache got hot']);
          await expectFigures(asked, service, { ...ruled, 'queue <*> drained in 5 ms': 3, 'cache is warm': 5 });
        }
        for (const { rule } of rules.toReversed()) {
          await send(asked, 'DELETE', `/api/v1/cluster-rules/${rule.id}`);
        }
        await expectFigures(asked, service, {
          'queue orders drained in <*>': 4,
          'queue returns drained in <*>': storage === 'postgres' ? 3 : 2,
          'cache is warm': 2,
          'cache got hot': storage === 'postgres' ? 3 : 2,
        });
        const variables = await send<ListClusterVariablesResponse>(
          asked,
          'GET',
          `/api/v1/clusters/${orders}/variables`
        );
        expect(variables).toMatchObject({ readEventCount: 4, eventCount: 4, isComplete: true });
        expect(variables.variables[0]?.numbers).toMatchObject({ unit: 'ms', min: 5, max: 7, valueCount: 4 });
      } finally {
        if (asked !== scanning) {
          await asked.stop();
        }
        await scanning.stop();
      }
    }
  );
});

async function push(url: string, service: string, texts: readonly string[], agoMs = 0): Promise<void> {
  const nowNs = BigInt(Date.now() - agoMs) * 1_000_000n;
  const store = createLokiLogStore({ url, timeoutMs: 30_000 });
  const entries = texts.map((line, index) => ({ timestampNs: nowNs + BigInt(index), line, metadata: {} }));
  await store.push([{ labels: { service_name: service }, entries }], new AbortController().signal);
}

async function send<T>(server: RunningServer, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(server.url + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  const answer = (await response.json()) as T;
  expect(response.ok ? null : answer).toBeNull();
  return answer;
}

function create(server: RunningServer, rule: NewClusterRule): Promise<ClusterRuleResponse> {
  return send(server, 'POST', '/api/v1/cluster-rules', { rule });
}

async function figuresOf(server: RunningServer, service: string): Promise<Record<string, number>> {
  const list = await send<ListClustersResponse>(server, 'GET', `/api/v1/clusters?service=${service}`);
  return Object.fromEntries(list.clusters.map(({ templateText, eventCount }) => [templateText, eventCount]));
}

async function expectFigures(server: RunningServer, service: string, expected: Record<string, number>): Promise<void> {
  await expect.poll(() => figuresOf(server, service), { timeout: 60_000, interval: 500 }).toEqual(expected);
}

async function idOf(server: RunningServer, service: string, text: string): Promise<string> {
  const query = `service=${service}&text=${encodeURIComponent(text)}`;
  return (await send<ListClustersResponse>(server, 'GET', `/api/v1/clusters?${query}`)).clusters[0]?.id ?? 'none';
}
