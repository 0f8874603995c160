// How fast the work list answers on Postgres with 100,000 clusters: `node tests/bench/work-list.bench.ts`.
// Every cluster has events in each of 24 hours and a row of the work list; rows are made by SQL, because writing them as the scanner does takes an hour.
// Prints p50, p95 and the database's processor time of each kind of question; exits 1 when the processor time of a filter is over the bar,
// which a busy machine does not change.
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { connectPostgres, connectPostgresOwner } from '@loghunter/adapters/postgres';
import {
  createClusterStore,
  createLedger,
  createMigrator,
  createWorkListStore,
  loadMigrations,
} from '@loghunter/adapters/sql-stores';
import type { ClusterFilter, ClusterPage } from '@loghunter/ports';
import { startPostgres } from '../servers/postgres.ts';
import { measureDatabase } from './database-time.ts';
import { fillFormerSpans, formerList, formerOverview } from './former-statements.ts';

// The bar of the issue "The work list" is a filter that answers under 300 ms in the browser; the database may take this much of it.
const barMs = 200;
const callCount = 12;
const clusterCount = 100_000;
const hourMs = 3_600_000;
const endMs = Date.UTC(2026, 10, 20, 12);
const startMs = endMs - 24 * hourMs;

function fillText(tenantId: string): string {
  const id = `('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const states = `(array['new', 'ongoing', 'ongoing', 'ongoing', 'escalating', 'regressed', 'ignored', 'resolved'])[1 + n % 8]`;
  return `
    select make_count_parts(array(select generate_series(date_bin('7 days', timestamptz 'epoch' + interval '1 ms' * ${startMs}::bigint, '1970-01-05Z'),
      timestamptz 'epoch' + interval '1 ms' * ${endMs}::bigint, '7 days')));
    insert into error_clusters (tenant_id, id, service, namespace, fingerprint, algorithm_version, template, template_text, search_text,
      signature, level, event_count, line_count, first_seen_at, last_seen_at)
    select '${tenantId}', ${id}, 'service-' || n % 40, 'namespace-' || n % 6, 'fingerprint-' || n, 1, '[]', 'request ' || n || ' failed',
      'request ' || n || ' failed', '', (array[17, 13, 9])[1 + n % 3], 24, 24, timestamptz 'epoch' + interval '1 ms' * (${startMs} + n),
      timestamptz 'epoch' + interval '1 ms' * (${endMs} - n)
    from generate_series(1, ${clusterCount}) n;
    insert into cluster_spans (tenant_id, span_hours, start_at, cluster_id, level, event_count, line_count)
    select '${tenantId}', span, timestamptz 'epoch' + interval '1 ms' * start, ${id}, (array[17, 13, 9])[1 + n % 3], span * (1 + n % 9), span * (1 + n % 9)
    from generate_series(1, ${clusterCount}) n cross join (
      select 1 as span, ${startMs} + hour * ${hourMs}::bigint as start from generate_series(0, 23) hour
      union all select 6, ${startMs} + part * ${6 * hourMs}::bigint from generate_series(0, 3) part
    ) spans order by start, n;
    insert into source_spans (tenant_id, span_minutes, start_at, service, namespace, level, event_count, line_count)
    select spans.tenant_id, span_minutes, date_bin(make_interval(mins => span_minutes), start_at, timestamptz 'epoch'), service, namespace, spans.level,
      sum(spans.event_count), sum(spans.line_count)
    from cluster_spans spans join error_clusters clusters on clusters.tenant_id = spans.tenant_id and clusters.id = spans.cluster_id
    cross join unnest(array[5, 60, 1440]::smallint[]) span (span_minutes)
    where span_hours = 1 group by 1, 2, 3, 4, 5, 6;
    insert into cluster_work (tenant_id, cluster_id, state, since_at, work, assignee_kind, assignee_id, assignee_name)
    select '${tenantId}', ${id}, ${states}, now(), jsonb_build_object('state', ${states}, 'sinceMs', ${endMs}),
      case when n % 5 = 0 then 'team' end, case when n % 5 = 0 then 'team-' || n % 20 end, case when n % 5 = 0 then 'team-' || n % 20 end
    from generate_series(1, ${clusterCount}) n;`;
}

const postgres = await startPostgres();
try {
  const migrator = createMigrator(connectPostgresOwner({ url: postgres.url }));
  await migrator.up(await loadMigrations(fileURLToPath(new URL('../../migrations', import.meta.url))));
  await migrator.close();
  // One connection, so that its processor time is that of the questions.
  const database = connectPostgres({ url: postgres.url, maxConnections: 1 });
  const { id: tenantId } = await createLedger(database).ensureTenant('bench', null);
  await postgres.runAsSuperuser(postgres.url, fillText(tenantId));
  await postgres.runAsSuperuser(postgres.url, fillFormerSpans);
  await postgres.runAsSuperuser(postgres.url, 'vacuum analyze');
  const clusters = createClusterStore(database);
  const range = (hours: number) => ({ fromMs: endMs - hours * hourMs, toMs: endMs });
  const anything: ClusterFilter = { range: range(1), services: [], namespaces: [], levels: [], text: '' };
  const page: ClusterPage = { sort: 'count', order: 'desc', limit: 50, offset: 0, trendPoints: 60 };
  const list = (filter: Partial<ClusterFilter>, other: Partial<ClusterPage> = {}) =>
    clusters.listClusters(tenantId, { ...anything, ...filter }, { ...page, ...other });
  const measure = async (name: string, call: () => Promise<unknown>) =>
    (await measureDatabase(database, name, callCount, call)).processorMs;
  const measureFormer = (name: string, text: string) =>
    measure(`${name}, as it was`, () =>
      database.withTenant(tenantId, async (session) => {
        await session.query(`select set_config('work_mem', '64MB', true)`);
        return session.query(text, [tenantId, startMs, endMs]);
      })
    );
  const compare = (name: string, nowMs: number, formerMs: number) =>
    console.log(`  ${name}: ${(nowMs / formerMs).toFixed(2)} of the processor time that it took`);
  const first = await list({});
  console.log(`${first.totalClusterCount} clusters in the list`);
  const filterMs: number[] = [];
  const states = ['regressed', 'escalating'] as const;
  for (const hours of [1, 24]) {
    const within = { range: range(hours) };
    filterMs.push(
      await measure(`${hours} h, state`, () => list({ ...within, states })),
      await measure(`${hours} h, assignee`, () => list({ ...within, assigneeIds: ['team-5'] })),
      await measure(`${hours} h, level`, () => list({ ...within, levels: ['error'] })),
      await measure(`${hours} h, text`, () => list({ ...within, text: 'request 99' })),
      await measure(`${hours} h, service`, () => list({ ...within, services: ['service-7'] }))
    );
    await measure(`${hours} h, no filter`, () => list(within));
    await measure(`${hours} h, sorted by state`, () => list(within, { sort: 'state' }));
    const { nextKey } = await list(within);
    await measure(`${hours} h, second page by key`, () => list(within, nextKey === null ? {} : { afterKey: nextKey }));
  }
  const [stateMs = 0, , , textMs = 0] = filterMs.slice(5);
  const isWanted = {
    state: `listed.state = any('{regressed,escalating}')`,
    text: `strpos(clusters.search_text, 'request 99') > 0`,
  };
  compare('24 h, state', stateMs, await measureFormer('24 h, state', formerList(isWanted.state)));
  compare('24 h, text', textMs, await measureFormer('24 h, text', formerList(isWanted.text)));
  const workList = createWorkListStore(database);
  await measure('what is due', () => workList.lockDue(tenantId, { nowMs: endMs, quietBeforeMs: null, limit: 200 }));
  await measure('what is not listed', () => workList.findUnlisted(tenantId, Date.now() - 120_000, 200));
  await measure('rates', () => workList.findRates(tenantId, endMs - 1, 20));
  const day = { range: range(24), services: [], namespaces: [] };
  const sourcesMs = await measure('overview: by source, half hours of a day', () =>
    clusters.countSources(tenantId, day, { startMs, stepMs: hourMs / 2 })
  );
  compare('overview', sourcesMs, await measureFormer('overview: by source, hours of a day', formerOverview));
  await measure('overview: states', () => clusters.countStates(tenantId, day));
  await database.close();
  console.log(`load average of the machine at the end: ${loadavg()[0]?.toFixed(1) ?? 'unknown'}`);
  const worstMs = Math.max(...filterMs);
  console.log(worstMs < barMs ? `filters are under the bar of ${barMs} ms` : `filters are OVER the bar of ${barMs} ms`);
  process.exitCode = worstMs < barMs ? 0 : 1;
} finally {
  await postgres.stop();
}
