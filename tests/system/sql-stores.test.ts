import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { sqlStoreCases } from '@loghunter/adapters/sql-stores/testing';
import type { StreamMinute } from '@loghunter/ports';
import { hasPostgres, startPostgres } from '../servers/postgres.ts';
import type { RunningPostgres } from '../servers/postgres.ts';
import { migrate, openStores } from './sql-database.ts';

const startMs = Date.UTC(2026, 10, 20, 10);
const minuteMs = 60_000;
const clusterCount = 20;
const clusterIds = Array.from(
  { length: clusterCount },
  (_, n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
);
const clusters = clusterIds.map((id, n) => ({
  id,
  service: 'shop',
  namespace: '',
  fingerprint: `fingerprint-${n}`,
  algorithmVersion: 1,
  template: [],
  templateText: `template ${n}`,
}));

/** A minute of a stream in which every cluster has `eventCount` events; clusters come in an order of the writer's own. */
function minuteOf(pod: string, minute: number, eventCount: number, isReversed: boolean): StreamMinute {
  const atNs = BigInt(startMs + minute * minuteMs) * 1_000_000n;
  const ids = isReversed ? [...clusterIds].reverse() : clusterIds;
  return {
    labels: { pod },
    service: 'shop',
    namespace: '',
    minuteMs: startMs + minute * minuteMs,
    lineCount: eventCount * clusterCount,
    unreadLineCount: 0,
    isClosed: true,
    counts: ids.map((clusterId) => ({
      clusterId,
      level: 'error',
      eventCount,
      lineCount: eventCount,
      firstNs: atNs,
      lastNs: atNs,
    })),
  };
}

describe.skipIf(!hasPostgres())('the SQL stores on Postgres', () => {
  let postgres: RunningPostgres;
  let stores: ReturnType<typeof openStores>;
  beforeAll(async () => {
    postgres = await startPostgres();
    await migrate(postgres.url);
    stores = openStores(postgres.url);
  });
  afterAll(async () => {
    await stores.database.close();
    await postgres.stop();
  });

  test.each(sqlStoreCases)('$title', ({ run }) => run(stores));

  test('writers at the same time keep every count right', async () => {
    const { ledger, clusterStore } = stores;
    const tenant = await ledger.ensureTenant('writers', null);
    const watches = await Promise.all(
      ['one', 'two'].map((name) => ledger.ensureWatch(tenant.id, { name, selectors: [], discoveredLabelNames: [] }))
    );
    // Two watches with streams of their own share all clusters; each is also written by a second replica that lost its lease and does not know.
    const writers = watches.flatMap((watch, n) => [
      { watch, pod: `pod-${n}`, isReversed: false },
      { watch, pod: `pod-${n}`, isReversed: true },
    ]);
    await Promise.all(
      writers.map(async ({ watch, pod, isReversed }) => {
        for (let round = 1; round <= 8; round += 1) {
          const minutes = [0, 1, 2, 3].map((minute) => minuteOf(pod, minute, round, isReversed));
          await ledger.write(tenant.id, {
            watchId: watch.id,
            minutes: isReversed ? minutes.reverse() : minutes,
            clusters,
            samples: [],
          });
        }
      })
    );
    const range = { fromMs: startMs, toMs: startMs + 60 * minuteMs };
    const list = await clusterStore.listClusters(
      tenant.id,
      { range, services: [], namespaces: [], levels: [], text: '' },
      { sort: 'count', order: 'desc', limit: 100, offset: 0, trendPoints: 60 }
    );
    // The last write of every minute had eight events per cluster, over two streams and four minutes.
    expect(list.clusters.map((cluster) => cluster.eventCount)).toEqual(clusterIds.map(() => 64));
    const sums = await postgres.runAsSuperuser(
      postgres.url,
      `select sum(event_count) from cluster_spans where span_hours = 24 and tenant_id = '${tenant.id}'
       union all select sum(event_count) from source_spans where span_minutes = 5 and tenant_id = '${tenant.id}'
       union all select sum(event_count) from error_clusters where tenant_id = '${tenant.id}'
       union all select sum(event_count) from cluster_levels where tenant_id = '${tenant.id}'
       union all select sum(line_count) from stream_hours where tenant_id = '${tenant.id}'`
    );
    expect(sums.split('\n')).toEqual(['1280', '1280', '1280', '1280', '1280']);
  });

  test('replicas that come to a new week at once make its parts once', async () => {
    const replicas = [stores, openStores(postgres.url), openStores(postgres.url)];
    onTestFinished(async () => {
      await Promise.all(replicas.slice(1).map(({ database }) => database.close()));
    });
    // Each writes all weeks, none of which is there, while the others write.
    const weeks = Array.from({ length: 6 }, (_, n) => (Date.UTC(2017, 0, 2) - startMs) / minuteMs + n * 7 * 24 * 60);
    const tenantIds = await Promise.all(
      replicas.map(async ({ ledger }, n) => {
        const tenant = await ledger.ensureTenant(`replica ${n}`, null);
        const watch = await ledger.ensureWatch(tenant.id, { name: 'all', selectors: [], discoveredLabelNames: [] });
        await Promise.all(
          weeks.map((minute) =>
            ledger.write(tenant.id, {
              ...{ watchId: watch.id, clusters, samples: [] },
              minutes: [minuteOf('pod', minute, 1, false)],
            })
          )
        );
        return tenant.id;
      })
    );
    const parts = await postgres.runAsSuperuser(
      postgres.url,
      `select parent, count(*) from count_parts() where start_at >= '2017-01-02Z' and start_at < '2017-02-13Z' group by 1 order by 1`
    );
    expect(parts.split('\n')).toEqual(['cluster_hours|6', 'cluster_minutes|6', 'stream_minutes|6']);
    for (const tenantId of tenantIds) {
      expect(await stores.ledger.checkTotals(tenantId)).toEqual([]);
    }
  });

  test('a week goes while another one is vacuumed, and stays while somebody reads it', async () => {
    const { url } = postgres;
    const [mondayMs, laterMs] = [Date.UTC(2010, 5, 7), Date.UTC(2010, 5, 14)];
    const tenant = await stores.ledger.ensureTenant('vacuumed', null);
    const watch = await stores.ledger.ensureWatch(tenant.id, { name: 'all', selectors: [], discoveredLabelNames: [] });
    const minutes = [mondayMs, laterMs].map((ms) => minuteOf('pod', (ms - startMs) / minuteMs, 1, false));
    await stores.ledger.write(tenant.id, { watchId: watch.id, clusters, samples: [], minutes });
    const locks = (part: string) =>
      postgres.runAsSuperuser(url, `select count(*) from pg_locks where relation = '${part}'::regclass`);
    async function whileLocked(part: string, mode: string, work: () => Promise<unknown>): Promise<void> {
      const script = `begin; lock table ${part} in ${mode} mode; select pg_sleep(3); commit`;
      const holding = postgres.runAsSuperuser(url, script);
      await vi.waitFor(async () => expect(await locks(part)).toBe('1'));
      await work();
      await holding;
    }
    const parts = () =>
      postgres.runAsSuperuser(url, `select count(*) from count_parts() where start_at = '2010-06-07Z'`);
    const clean = () => stores.ledger.deleteCountsBefore(tenant.id, laterMs, laterMs);
    await whileLocked('cluster_minutes_20100607', 'access share', clean);
    expect(await parts()).toBe('3');
    // As a vacuum locks.
    await whileLocked('cluster_minutes_20100614', 'share update exclusive', clean);
    expect(await parts()).toBe('0');
  });

  test('a database that went away and came back is used again', async () => {
    const other = await startPostgres({ isDurable: true });
    onTestFinished(() => other.stop());
    await migrate(other.url);
    const { database, ledger } = openStores(other.url);
    await ledger.ensureTenant('default', null);
    await other.kill();
    const port = new URL(other.url).port;
    // Sessions outlive a killed server by a moment, in which they still answer.
    const failure = await vi.waitFor(() =>
      ledger.listTenants().then(
        () => expect.unreachable('the killed server still answers'),
        (error: unknown) => error
      )
    );
    expect(failure).toMatchObject({ system: 'postgres', kind: 'unavailable', isRetryable: true });
    expect(String(failure)).toContain(`Postgres at 127.0.0.1:${port} cannot be reached`);
    expect(String(failure)).not.toContain('only-for-tests');
    await other.restart();
    await database.ping();
    expect(await ledger.listTenants()).toHaveLength(1);
    await database.close();
  });
});
