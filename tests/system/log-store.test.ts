import { createLokiLogStore } from '@loghunter/adapters/loki';
import type { LogEntry } from '@loghunter/engine/records';
import { logStoreCases } from '@loghunter/ports/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startLoki } from '../servers/loki.ts';
import type { RunningLoki } from '../servers/loki.ts';
import { startDataSourceProxy, type DataSourceProxy } from './data-source-proxy.ts';

describe('Loki keeps the contract of log stores', () => {
  const pageSize = 500;
  let loki: RunningLoki;
  beforeAll(async () => {
    loki = await startLoki();
  });
  afterAll(() => loki.stop());

  for (const { title, run } of logStoreCases) {
    test(title, () => {
      const settings = { url: loki.url, timeoutMs: 30_000 };
      const store = createLokiLogStore(settings);
      const pagedStore = { store: createLokiLogStore({ ...settings, maxEntriesPerQuery: pageSize }), pageSize };
      return run({ store, pagedStore, readsWholeMoments: false });
    });
  }
});

test('labels and metadata that Loki sends as one set are told apart as Loki itself tells them', async () => {
  const loki = await startLoki();
  try {
    const flags: boolean[] = [];
    const store = createLokiLogStore({
      url: loki.url,
      timeoutMs: 30_000,
      fetch(input, init) {
        if (String(input).includes('/query_range')) {
          flags.push(new Headers(init?.headers).has('X-Loki-Response-Encoding-Flags'));
        }
        return fetch(input, init);
      },
    });
    const signal = AbortSignal.timeout(30_000);
    const fromNs = BigInt(Math.floor(Date.now() / 60_000) - 20) * 60_000_000_000n;
    const metadata = [{}, { pod: 'other' }, { pod_extracted: 'x' }, { empty: '' }, { 'k8s.pod-name': 'a"b' }];
    const entriesOf = (offsetNs: bigint) =>
      [...metadata, ...metadata].map((own, index) => ({
        timestampNs: fromNs + BigInt(index) * 1000n + offsetNs,
        line: `line ${index}`,
        metadata: own,
      }));
    const labelSets = [1, 2].map((pod) => ({ app: 'mixed', pod: `pod-${pod}` }));
    await store.push(
      labelSets.map((labels, index) => ({ labels, entries: entriesOf(BigInt(index)) })),
      signal
    );
    const request = { query: '{app="mixed"}', fromNs, toNs: fromNs + 60_000_000_000n, signal };
    const apart = await store.findEntries({ ...request, limit: 1000, direction: 'oldest-first' });
    const read: LogEntry[] = [];
    for await (const { entries } of store.readEntries({ ...request, isSettled: true })) {
      read.push(...entries);
    }
    expect(flags).toEqual([true, false]);
    expect(apart).toHaveLength(20);
    expect(read).toEqual(apart);
  } finally {
    await loki.stop();
  }
});

test('a real Loki says what it is and what it allows', async () => {
  const loki = await startLoki();
  try {
    const facts = await createLokiLogStore({ url: loki.url, timeoutMs: 30_000 }).readFacts?.(
      AbortSignal.timeout(30_000)
    );
    expect(facts).toMatchObject({ answersVolume: true, maxEntriesPerQuery: 5000, mayHavePatterns: false });
    expect(facts?.maxQueryRangeMs).toBeGreaterThan(0);
  } finally {
    await loki.stop();
  }
});

describe("Loki through Grafana's data-source proxy keeps the contract of log stores", () => {
  const pageSize = 500;
  const token = 'glsa_of_a_service_account';
  let loki: RunningLoki;
  let proxy: DataSourceProxy;
  beforeAll(async () => {
    loki = await startLoki({ multiTenant: true });
    proxy = await startDataSourceProxy(loki.url, token, 'shop');
  });
  afterAll(async () => {
    await proxy.stop();
    await loki.stop();
  });

  for (const { title, run } of logStoreCases) {
    test(title, () => {
      const settings = { url: proxy.url, timeoutMs: 30_000, auth: { kind: 'bearer', token } } as const;
      const store = createLokiLogStore(settings);
      const pagedStore = { store: createLokiLogStore({ ...settings, maxEntriesPerQuery: pageSize }), pageSize };
      return run({ store, pagedStore, readsWholeMoments: false });
    });
  }

  test('a token that Grafana does not know is told as a refusal', async () => {
    const store = createLokiLogStore({
      url: proxy.url,
      timeoutMs: 5000,
      auth: { kind: 'bearer', token: 'glsa_other' },
    });
    await expect(store.ping(new AbortController().signal)).rejects.toMatchObject({ system: 'loki', kind: 'rejected' });
  });
});
