// How fast the work list answers on Postgres with 100,000 clusters: `node tests/bench/work-list.bench.ts`.
// Every cluster has events in each of 24 hours and a row of the work list; rows are made by SQL, because writing them as the scanner does takes an hour.
// Prints p50, p95 and the database's processor time of each kind of question; exits 1 when the processor time of a filter is over the bar,
// which a busy machine does not change.
import { readFile } from 'node:fs/promises';
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
import type { ClusterFilter, ClusterPage, SqlDatabase } from '@loghunter/ports';
import { startPostgres } from '../servers/postgres.ts';

// The bar of the issue "The work list": filter answers under 300 ms.
const barMs = 300;
const callCount = 12;
const clusterCount = 100_000;
const hourMs = 3_600_000;
const endMs = Date.UTC(2026, 10, 20, 12);
const startMs = endMs - 24 * hourMs;

function fillText(tenantId: string): string {
  const id = `('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const states = `(array['new', 'ongoing', 'ongoing', 'ongoing', 'escalating', 'regressed', 'ignored', 'resolved'])[1 + n % 8]`;
  return `
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
    insert into cluster_work (tenant_id, cluster_id, state, since_at, work, assignee_kind, assignee_id, assignee_name)
    select '${tenantId}', ${id}, ${states}, now(), jsonb_build_object('state', ${states}, 'sinceMs', ${endMs}),
      case when n % 5 = 0 then 'team' end, case when n % 5 = 0 then 'team-' || n % 20 end, case when n % 5 = 0 then 'team-' || n % 20 end
    from generate_series(1, ${clusterCount}) n;`;
}

// Linux counts processor time in hundredths of a second (proc(5), `stat`, fields 14 and 15).
const tickMs = 10;

/** Processor time of the connection that answers; other work on the machine does not change it. */
async function readProcessorMs(database: SqlDatabase): Promise<readonly [processId: number, timeMs: number]> {
  const rows = await database.withInstallation((session) =>
    session.query<{ process_id: number }>('select pg_backend_pid() as process_id')
  );
  const processId = rows[0]?.process_id ?? 0;
  const fields = (await readFile(`/proc/${processId}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return [processId, (Number(fields[11]) + Number(fields[12])) * tickMs];
}

/** Measures calls one after the other; returns the processor time of one in the database. */
async function measure(database: SqlDatabase, name: string, call: () => Promise<unknown>): Promise<number> {
  const timesMs: number[] = [];
  await call();
  const [processBefore, beforeMs] = await readProcessorMs(database);
  for (let index = 0; index < callCount; index += 1) {
    const beganAt = performance.now();
    await call();
    timesMs.push(performance.now() - beganAt);
  }
  const [processAfter, afterMs] = await readProcessorMs(database);
  const sorted = timesMs.toSorted((a, b) => a - b);
  const [p50 = 0, p95 = 0] = [0.5, 0.95].map((ratio) => sorted[Math.ceil(sorted.length * ratio) - 1]);
  const processorMs = processBefore === processAfter ? (afterMs - beforeMs) / callCount : Number.NaN;
  console.log(
    `${name}: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, processor time of the database ${processorMs.toFixed(0)} ms`
  );
  return processorMs;
}

const postgres = await startPostgres();
try {
  const migrator = createMigrator(connectPostgresOwner({ url: postgres.url }));
  await migrator.up(await loadMigrations(fileURLToPath(new URL('../../migrations', import.meta.url))));
  await migrator.close();
  const database = connectPostgres({ url: postgres.url });
  const { id: tenantId } = await createLedger(database).ensureTenant('bench', null);
  await postgres.runAsSuperuser(postgres.url, fillText(tenantId));
  await postgres.runAsSuperuser(postgres.url, 'vacuum analyze');
  const clusters = createClusterStore(database);
  const range = (hours: number) => ({ fromMs: endMs - hours * hourMs, toMs: endMs });
  const anything: ClusterFilter = { range: range(1), services: [], namespaces: [], levels: [], text: '' };
  const page: ClusterPage = { sort: 'count', order: 'desc', limit: 50, offset: 0, trendPoints: 60 };
  const list = (filter: Partial<ClusterFilter>, other: Partial<ClusterPage> = {}) =>
    clusters.listClusters(tenantId, { ...anything, ...filter }, { ...page, ...other });
  const first = await list({});
  console.log(`${first.totalClusterCount} clusters in the list`);
  const filterMs: number[] = [];
  for (const hours of [1, 24]) {
    const within = { range: range(hours) };
    filterMs.push(
      await measure(database, `${hours} h, state`, () => list({ ...within, states: ['regressed', 'escalating'] })),
      await measure(database, `${hours} h, assignee`, () => list({ ...within, assigneeIds: ['team-5'] })),
      await measure(database, `${hours} h, level`, () => list({ ...within, levels: ['error'] })),
      await measure(database, `${hours} h, text`, () => list({ ...within, text: 'request 99' })),
      await measure(database, `${hours} h, service`, () => list({ ...within, services: ['service-7'] }))
    );
    await measure(database, `${hours} h, no filter`, () => list(within));
    await measure(database, `${hours} h, sorted by state`, () => list(within, { sort: 'state' }));
    const { nextKey } = await list(within);
    await measure(database, `${hours} h, second page by key`, () =>
      list(within, nextKey === null ? {} : { afterKey: nextKey })
    );
  }
  const workList = createWorkListStore(database);
  await measure(database, 'what is due', () =>
    workList.lockDue(tenantId, { nowMs: endMs, quietBeforeMs: null, limit: 200 })
  );
  await measure(database, 'what is not listed', () => workList.findUnlisted(tenantId, Date.now() - 120_000, 200));
  await measure(database, 'rates', () => workList.findRates(tenantId, endMs - 1, 20));
  await measure(database, 'overview', () =>
    clusters.countSources(tenantId, { range: range(24), services: [], namespaces: [] }, hourMs)
  );
  await database.close();
  console.log(`load average of the machine at the end: ${loadavg()[0]?.toFixed(1) ?? 'unknown'}`);
  const worstMs = Math.max(...filterMs);
  console.log(worstMs < barMs ? `filters are under the bar of ${barMs} ms` : `filters are OVER the bar of ${barMs} ms`);
  process.exitCode = worstMs < barMs ? 0 : 1;
} finally {
  await postgres.stop();
}
