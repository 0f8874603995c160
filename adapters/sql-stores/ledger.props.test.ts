import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClusterCount, ClusterIdentity, LedgerWrite, StreamMinute, Tenant } from '@loghunter/ports';
import { createFakeStores } from '@loghunter/ports/testing';
import type { StoresUnderTest } from '@loghunter/ports/testing';
import { openMigratedPglite } from './testing-database.ts';

// The fakes keep every minute as it was written and count anew for each question: the simple model that the differences are held against.
// Minutes on both sides of midnight, so that hours, six hours and days all change.
const startMs = Date.UTC(2026, 10, 20, 23, 57);
const minuteMs = 60_000;
const minuteCount = 8;
const twoDays = { fromMs: Date.UTC(2026, 10, 20), toMs: Date.UTC(2026, 10, 22) };

const clusters: readonly ClusterIdentity[] = Array.from({ length: 4 }, (_, n) => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  service: `service-${n % 2}`,
  namespace: '',
  fingerprint: `fingerprint-${n}`,
  algorithmVersion: 1,
  template: [{ kind: 'text', text: `template ${n}` }],
  templateText: `template ${n}`,
}));

const count = (minute: number): fc.Arbitrary<ClusterCount> =>
  fc
    .record({
      cluster: fc.nat(clusters.length - 1),
      level: fc.constantFrom('fatal' as const, 'error' as const, 'info' as const, 'unknown' as const),
      eventCount: fc.nat(3),
      moreLines: fc.integer({ min: 1, max: 3 }),
      offsetMs: fc.nat(59_000),
      spanMs: fc.nat(999),
    })
    .map(({ cluster, level, eventCount, moreLines, offsetMs, spanMs }) => ({
      clusterId: clusters[cluster]?.id ?? '',
      level,
      eventCount,
      lineCount: eventCount + moreLines,
      firstNs: BigInt(startMs + minute * minuteMs + offsetMs) * 1_000_000n,
      lastNs: BigInt(startMs + minute * minuteMs + offsetMs + spanMs) * 1_000_000n,
    }));

const streamMinute: fc.Arbitrary<StreamMinute> = fc.nat(minuteCount - 1).chain((minute) =>
  fc.record({
    labels: fc.constantFrom({ pod: 'a' }, { pod: 'b' }),
    service: fc.constant('shop'),
    namespace: fc.constant(''),
    minuteMs: fc.constant(startMs + minute * minuteMs),
    lineCount: fc.nat(9),
    unreadLineCount: fc.nat(2),
    isClosed: fc.boolean(),
    counts: fc.uniqueArray(count(minute), {
      maxLength: 5,
      selector: ({ clusterId, level }) => `${clusterId} ${level}`,
    }),
  })
);

const writes = fc.array(fc.array(streamMinute, { maxLength: 6 }), { minLength: 1, maxLength: 8 });

async function readAll({ ledger, clusterStore }: StoresUnderTest, tenant: Tenant, watchId: string) {
  const ranges = [
    { fromMs: startMs - 30 * 60 * minuteMs, toMs: startMs + 30 * 60 * minuteMs },
    { fromMs: startMs - 7 * 60 * minuteMs, toMs: startMs + 7 * 60 * minuteMs },
    { fromMs: startMs - 57 * minuteMs, toMs: startMs + 3 * minuteMs },
    { fromMs: startMs + 2 * minuteMs, toMs: startMs + 5 * minuteMs },
  ];
  const lists = ranges.map((range) =>
    clusterStore.listClusters(
      tenant.id,
      { range, services: [], namespaces: [], levels: [], text: '' },
      { sort: 'count', order: 'desc', limit: 50, offset: 0, trendPoints: 6 }
    )
  );
  const coverages = ranges.map((range) => clusterStore.readCoverage(tenant.id, range));
  const minutes = await ledger.readMinutes(tenant.id, watchId, startMs, startMs + minuteCount * minuteMs);
  return {
    lists: await Promise.all(lists),
    coverages: await Promise.all(coverages),
    minutes: [...minutes].sort(
      (a, b) => a.minuteMs - b.minuteMs || ((a.labels.pod ?? '') < (b.labels.pod ?? '') ? -1 : 1)
    ),
  };
}

async function writeAll(stores: StoresUnderTest, sequence: ReadonlyArray<readonly StreamMinute[]>) {
  const tenant = await stores.ledger.ensureTenant(crypto.randomUUID(), null);
  const watch = await stores.ledger.ensureWatch(tenant.id, { name: 'all', selectors: [], discoveredLabelNames: [] });
  for (const minutes of sequence) {
    const write: LedgerWrite = { watchId: watch.id, minutes, clusters, samples: [] };
    await stores.ledger.write(tenant.id, write);
  }
  return { tenant, watch };
}

let stores: Awaited<ReturnType<typeof openMigratedPglite>>;
beforeAll(async () => {
  stores = await openMigratedPglite();
}, 60_000);
afterAll(() => stores.database.close());

test('any sequence of writes leaves the counts of the last write of each minute', async () => {
  await fc.assert(
    fc.asyncProperty(writes, async (sequence) => {
      const model = createFakeStores();
      const expected = await writeAll(model, sequence);
      const actual = await writeAll(stores, sequence);
      expect(await readAll(stores, actual.tenant, actual.watch.id)).toEqual(
        await readAll(model, expected.tenant, expected.watch.id)
      );
      expect((await stores.ledger.checkSums(actual.tenant.id, twoDays)).wrongSums).toEqual([]);
      expect(await stores.ledger.checkTotals(actual.tenant.id)).toEqual([]);
      expect(await stores.ledger.checkSeenTimes(actual.tenant.id)).toEqual([]);
    }),
    { numRuns: process.env.SOAK === '1' ? 2000 : 40 }
  );
}, 600_000);

test('repeating any sequence of writes in its order changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(writes, async (sequence) => {
      const { tenant, watch } = await writeAll(stores, sequence);
      const before = await readAll(stores, tenant, watch.id);
      for (const minutes of sequence.slice(-1)) {
        await stores.ledger.write(tenant.id, { watchId: watch.id, minutes, clusters, samples: [] });
      }
      expect(await readAll(stores, tenant, watch.id)).toEqual(before);
    }),
    { numRuns: process.env.SOAK === '1' ? 500 : 20 }
  );
}, 600_000);

const sumTables = ['stream_hours', 'cluster_spans', 'source_spans', 'cluster_levels', 'error_clusters'] as const;

test('any sum that was changed behind the ledger is found and made right again', async () => {
  const minute = (index: number): StreamMinute => ({
    labels: { pod: 'a' },
    service: 'shop',
    namespace: '',
    minuteMs: startMs + index * minuteMs,
    lineCount: 3,
    unreadLineCount: 0,
    isClosed: true,
    counts: [
      { clusterId: clusters[0]?.id ?? '', level: 'error', eventCount: 3, lineCount: 3, firstNs: 1n, lastNs: 2n },
    ],
  });
  for (const table of sumTables) {
    const { tenant, watch } = await writeAll(stores, [[minute(0), minute(5)]]);
    const before = await readAll(stores, tenant, watch.id);
    await stores.database.withTenant(tenant.id, (session) =>
      session.query(`update ${table} set line_count = line_count + 7 where tenant_id = $1`, [tenant.id])
    );
    const { wrongSums } = await stores.ledger.checkSums(tenant.id, twoDays);
    const findings = [...wrongSums, ...(await stores.ledger.checkTotals(tenant.id))];
    expect(findings[0], table).toBeDefined();
    const [finding] = findings;
    expect((finding?.storedLineCount ?? 0) - (finding?.summedLineCount ?? 0)).toBeGreaterThanOrEqual(7);
    await stores.ledger.rebuildSums(tenant.id, twoDays);
    await stores.ledger.rebuildTotals(tenant.id);
    expect((await stores.ledger.checkSums(tenant.id, twoDays)).wrongSums, table).toEqual([]);
    expect(await stores.ledger.checkTotals(tenant.id), table).toEqual([]);
    expect(await readAll(stores, tenant, watch.id), table).toEqual(before);
  }
});

test('first and last seen that were changed behind the ledger are found and made right again', async () => {
  const seenMinute = (index: number): StreamMinute => {
    const atNs = BigInt(startMs + index * minuteMs + 7000) * 1_000_000n;
    const counts = { clusterId: clusters[0]?.id ?? '', level: 'error', eventCount: 2, lineCount: 2 } as const;
    return {
      ...{ labels: { pod: 'a' }, service: 'shop', namespace: '', isClosed: true, lineCount: 2, unreadLineCount: 0 },
      minuteMs: startMs + index * minuteMs,
      counts: [{ ...counts, firstNs: atNs, lastNs: atNs + 5_000_000_000n }],
    };
  };
  const { tenant, watch } = await writeAll(stores, [[seenMinute(0), seenMinute(4), seenMinute(6)]]);
  const before = await readAll(stores, tenant, watch.id);
  for (const [change, kinds] of [
    [`first_seen_at = first_seen_at - interval '1 day'`, ['first-seen']],
    [`first_seen_at = first_seen_at + interval '1 second'`, ['first-seen']],
    [`last_seen_at = last_seen_at + interval '1 minute'`, ['last-seen']],
    [`first_seen_at = null, last_seen_at = null`, ['first-seen', 'last-seen']],
  ] as const) {
    await stores.database.withTenant(tenant.id, (session) =>
      session.query(`update error_clusters set ${change} where tenant_id = $1 and id = $2`, [
        tenant.id,
        clusters[0]?.id ?? '',
      ])
    );
    const findings = await stores.ledger.checkSeenTimes(tenant.id);
    expect(
      findings.map(({ kind }) => kind),
      change
    ).toEqual(kinds);
    await stores.ledger.rebuildTotals(tenant.id);
    expect(await stores.ledger.checkSeenTimes(tenant.id), change).toEqual([]);
    expect(await readAll(stores, tenant, watch.id), change).toEqual(before);
  }
});

test('first seen of a cluster whose first day was deleted stands, and last seen is still checked', async () => {
  const dayBefore = (index: number, firstMs: number): StreamMinute => ({
    ...{ labels: { pod: 'a' }, service: 'shop', namespace: '', isClosed: true, lineCount: 1, unreadLineCount: 0 },
    minuteMs: startMs + index * minuteMs,
    counts: [
      {
        ...{ clusterId: clusters[0]?.id ?? '', level: 'error', eventCount: 1, lineCount: 1 },
        firstNs: BigInt(firstMs) * 1_000_000n,
        lastNs: BigInt(firstMs) * 1_000_000n,
      },
    ],
  });
  const { tenant } = await writeAll(stores, [
    [dayBefore(0, startMs + 1000), dayBefore(6, startMs + 6 * minuteMs + 1000)],
  ]);
  await stores.ledger.deleteCountsBefore(tenant.id, Date.UTC(2026, 10, 21));
  expect(await stores.ledger.checkSeenTimes(tenant.id)).toEqual([]);
  await stores.database.withTenant(tenant.id, (session) =>
    session.query(
      `update error_clusters set last_seen_at = last_seen_at - interval '1 hour' where tenant_id = $1 and event_count > 0`,
      [tenant.id]
    )
  );
  expect(await stores.ledger.checkSeenTimes(tenant.id)).toMatchObject([
    {
      kind: 'last-seen',
      storedMs: startMs + 6 * minuteMs + 1000 - 3_600_000,
      expectedMs: startMs + 6 * minuteMs + 1000,
    },
  ]);
  await stores.ledger.rebuildTotals(tenant.id);
  expect(await stores.ledger.checkSeenTimes(tenant.id)).toEqual([]);
});
