import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openMigratedPglite } from './testing-database.ts';

const clusterCount = 4000;
const startMs = Date.UTC(2026, 10, 20, 10);

let stores: Awaited<ReturnType<typeof openMigratedPglite>>;
beforeAll(async () => {
  stores = await openMigratedPglite({ upkeepPauseMs: 200 });
}, 60_000);
afterAll(() => stores.database.close());

/** A tenant with many clusters that have events in the hour, ten of each order. */
async function fill(): Promise<string> {
  const { ledger } = stores;
  const tenant = await ledger.ensureTenant('many clusters', null);
  const watch = await ledger.ensureWatch(tenant.id, { name: 'all', selectors: [], discoveredLabelNames: [] });
  const atNs = BigInt(startMs) * 1_000_000n;
  const clusters = Array.from({ length: clusterCount }, (_, n) => ({
    id: `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
    ...{ service: 'shop', namespace: '', fingerprint: `fingerprint-${n}`, algorithmVersion: 1, template: [] },
    templateText: `order ${n % 400} failed in step ${n}`,
  }));
  await ledger.write(tenant.id, {
    ...{ watchId: watch.id, clusters, samples: [] },
    minutes: [
      {
        ...{ labels: { app: 'shop' }, service: 'shop', namespace: '', minuteMs: startMs },
        ...{ lineCount: clusterCount, unreadLineCount: 0, isClosed: true },
        counts: clusters.map(({ id }) => ({
          ...{ clusterId: id, level: 'error' as const, eventCount: 1, lineCount: 1, firstNs: atNs, lastNs: atNs },
        })),
      },
    ],
  });
  return tenant.id;
}

/** Rows of hourly sums that have been read since the start. */
async function readHourRows(): Promise<number> {
  // What a transaction has read is told within a second otherwise.
  await stores.database.withInstallation((session) => session.query('select pg_stat_force_next_flush()'));
  const [row] = await stores.database.withInstallation((session) =>
    session.query<{ count: number }>(
      `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint as count from pg_stat_user_tables where relname like 'cluster\\_hours%'`
    )
  );
  return row?.count ?? 0;
}

test('the embedded database gets statistics by itself, and then looks up the few clusters of a filter instead of going through all', async () => {
  const tenantId = await fill();
  await vi.waitFor(
    async () => {
      const before = await readHourRows();
      const range = { fromMs: startMs, toMs: startMs + 3_600_000 };
      const list = await stores.clusterStore.listClusters(
        tenantId,
        { range, services: [], namespaces: [], levels: [], text: 'order 77 failed' },
        { sort: 'count', order: 'desc', limit: 20, offset: 0, trendPoints: 1 }
      );
      expect(list.totalClusterCount).toBe(10);
      expect((await readHourRows()) - before).toBeLessThan(200);
    },
    { timeout: 10_000, interval: 200 }
  );
});
