import { defaultServiceSettings } from '@loghunter/engine/records';
import { PortError, type LogStoreFacts } from '@loghunter/ports';
import { createFakeLogStore, createManualClock } from '@loghunter/ports/testing';
import { expect, test } from 'vitest';
import { checkLogStore, type LogStoreFeature } from './check-log-store.ts';

const nowMs = Date.UTC(2026, 9, 5, 10, 20, 0);
const goodFacts: LogStoreFacts = {
  version: '3.7.8',
  answersVolume: true,
  maxEntriesPerQuery: 5000,
  maxQueryRangeMs: 0,
  retentionMs: 30 * 86_400_000,
  mayHavePatterns: false,
};

async function createFeature(
  facts: Partial<LogStoreFacts> | null,
  labels: Readonly<Record<string, string>> = { service_name: 'shop' },
  metadata: Readonly<Record<string, string>> = {}
): Promise<LogStoreFeature> {
  const store = createFakeLogStore();
  const entry = { timestampNs: BigInt(nowMs - 60_000) * 1_000_000n, line: 'hello', metadata };
  await store.push([{ labels, entries: [entry] }], AbortSignal.timeout(1000));
  return {
    logs: facts === null ? store : { ...store, readFacts: () => Promise.resolve({ ...goodFacts, ...facts }) },
    logStore: 'loki',
    clock: createManualClock(nowMs),
    services: defaultServiceSettings,
  };
}

async function statusesOf(feature: LogStoreFeature): Promise<Readonly<Record<string, string>>> {
  const { checks } = await checkLogStore(feature);
  return Object.fromEntries(checks.map(({ name, status }) => [name, status]));
}

test('a Loki that has everything is well', async () => {
  const feature = await createFeature({}, { service_name: 'shop' }, { trace_id: 'a' });
  expect(await statusesOf(feature)).toEqual({
    connection: 'ok',
    'service-labels': 'ok',
    'structured-metadata': 'ok',
    volume: 'ok',
    'page-size': 'ok',
    'query-length': 'ok',
    retention: 'ok',
    patterns: 'off',
  });
});

test.each([
  ['without volume', { answersVolume: false }, 'volume', 'limits_config.volume_enabled'],
  ['with small pages', { maxEntriesPerQuery: 1000 }, 'page-size', 'max_entries_limit_per_query: 5000'],
  ['with short ranges', { maxQueryRangeMs: 600_000 }, 'query-length', 'max_query_length'],
])('a Loki %s is told what to set', async (_, facts, name, setting) => {
  const { checks } = await checkLogStore(await createFeature(facts));
  const found = checks.find((candidate) => candidate.name === name);
  expect(found).toMatchObject({ status: 'degraded' });
  expect(found?.detail).toContain(setting);
});

test('streams without a label of a service are told', async () => {
  expect(await statusesOf(await createFeature({}, { pod: 'a' }))).toMatchObject({
    'service-labels': 'degraded',
    'structured-metadata': 'off',
  });
});

test('what a store does not say is left out or said to be unknown', async () => {
  expect(await statusesOf(await createFeature(null))).toEqual({
    connection: 'ok',
    'service-labels': 'ok',
    'structured-metadata': 'off',
  });
  const silent = { maxEntriesPerQuery: null, maxQueryRangeMs: null, retentionMs: null, version: null };
  const answer = await checkLogStore(await createFeature(silent));
  expect(answer.version).toBeNull();
  expect(answer.checks.filter(({ status }) => status === 'off').map(({ name }) => name)).toEqual([
    'structured-metadata',
    'page-size',
    'query-length',
    'retention',
    'patterns',
  ]);
});

test('a store that is away is one line, with its own reason', async () => {
  const logs = createFakeLogStore();
  logs.failWith(new PortError({ system: 'loki', kind: 'unavailable', message: 'Loki at loki:3100 cannot be reached' }));
  const feature = { ...(await createFeature({})), logs };
  expect((await checkLogStore(feature)).checks).toEqual([
    { name: 'connection', status: 'unavailable', detail: 'Loki at loki:3100 cannot be reached' },
  ]);
});
