// How long detectors take to learn 14 days of 200 services again, on Postgres: `node tests/bench/learning-again.bench.ts`.
// The last day is in the ledger, with five clusters a service; the 13 days before it are counts that the log store gave after the live run had
// begun, as at a first start. Rows of the ledger are made by SQL. Time of the database is part of the elapsed time, not of the processor's.
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { connectPostgres, connectPostgresOwner } from '@loghunter/adapters/postgres';
import {
  createAnomalyStore,
  createClusterStore,
  createCountHistoryStore,
  createDeployStore,
  createDetectionStore,
  createLedger,
  createMigrator,
  createNoticeStore,
  createSeriesStore,
  createUnitOfWork,
  loadMigrations,
  createWorkListStore,
} from '@loghunter/adapters/sql-stores';
import { createManualClock } from '@loghunter/ports/testing';
import { pino } from 'pino';
import { createStoredCountHistory } from '../../bff/anomalies/history/stored-count-history.ts';
import { TenantDetection } from '../../bff/anomalies/tenant-detection.ts';
import { parseConfig } from '../../bff/config.ts';
import { startPostgres } from '../servers/postgres.ts';

const serviceCount = 200;
const clustersOfService = 5;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const ledgerMs = dayMs;
const historyMs = 13 * dayMs;
const endMs = Date.UTC(2026, 10, 20, 12);
const startMs = endMs - ledgerMs;

const at = (ms: number) => `timestamptz 'epoch' + interval '1 ms' * ${ms}::bigint`;
const clusterId = (n: string) => `('00000000-0000-4000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const streamId = (n: string) => `('00000000-0000-4000-9000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

function ledgerTexts(tenantId: string, watchId: string): readonly string[] {
  return [
    `select make_count_parts(array(select generate_series(date_bin('7 days', ${at(startMs)}, '1970-01-05Z'), ${at(endMs)}, '7 days')))`,
    `update watches set read_from_at = ${at(startMs)}, read_up_to_at = ${at(endMs)} where tenant_id = '${tenantId}'`,
    `insert into streams (tenant_id, id, watch_id, labels, service, namespace)
     select '${tenantId}', ${streamId('n')}, '${watchId}', jsonb_build_object('app', 'service-' || n), 'service-' || n, ''
     from generate_series(0, ${serviceCount - 1}) n`,
    `insert into error_clusters (tenant_id, id, service, namespace, fingerprint, algorithm_version, template, template_text, search_text,
       signature, level, event_count, line_count, first_seen_at, last_seen_at)
     select '${tenantId}', ${clusterId('n')}, 'service-' || n % ${serviceCount}, '', 'fingerprint-' || n, 1, '[]', 'line ' || n, 'line ' || n,
       '', 9, 24, 24, ${at(startMs)}, ${at(endMs)} from generate_series(0, ${serviceCount * clustersOfService - 1}) n`,
    `insert into stream_minutes (tenant_id, stream_id, minute_at, line_count, unread_line_count, is_closed)
     select '${tenantId}', ${streamId('n')}, ${at(startMs)} + interval '1 minute' * minute, ${clustersOfService} * (4 + (n + minute) % 7), 0, true
     from generate_series(0, ${serviceCount - 1}) n cross join generate_series(0, ${ledgerMs / 60_000 - 1}) minute`,
    `insert into cluster_minutes (tenant_id, stream_id, minute_at, cluster_id, level, event_count, line_count, first_at, last_at)
     select minutes.tenant_id, stream_id, minute_at, ${clusterId(`service + ${serviceCount} * place`)}, case when place = 0 then 17 else 9 end,
       line_count / ${clustersOfService}, line_count / ${clustersOfService}, minute_at, minute_at
     from stream_minutes minutes join (select ${streamId('n')} as id, n as service from generate_series(0, ${serviceCount - 1}) n) streams
       on streams.id = minutes.stream_id
     cross join generate_series(0, ${clustersOfService - 1}) place where minutes.tenant_id = '${tenantId}'`,
  ];
}

/** Counts of each service by hour, as the log store gives them. */
function hoursOf(fromMs: number, toMs: number) {
  return Array.from({ length: serviceCount * ((toMs - fromMs) / hourMs) }, (_, row) => {
    const service = row % serviceCount;
    const hour = Math.floor(row / serviceCount);
    const lineCounts = Array.from({ length: 60 }, (_unused, minute) => 20 + ((service + hour * 60 + minute) % 31));
    const errorCounts = lineCounts.map((count) => Math.floor(count / clustersOfService));
    return { service: `service-${service}`, namespace: '', hourMs: fromMs + hour * hourMs, lineCounts, errorCounts };
  });
}

const postgres = await startPostgres();
try {
  const { url } = postgres;
  const migrator = createMigrator(connectPostgresOwner({ url }));
  await migrator.up(await loadMigrations(fileURLToPath(new URL('../../migrations', import.meta.url))));
  await migrator.close();
  const { database, unitOfWork } = createUnitOfWork(connectPostgres({ url }));
  const ledger = createLedger(database);
  const { id: tenantId } = await ledger.ensureTenant('bench', null);
  const watch = await ledger.ensureWatch(tenantId, { name: 'all', selectors: [], discoveredLabelNames: [] });
  await postgres.runAsSuperuser(url, `${ledgerTexts(tenantId, watch.id).join(';\n')}; analyze;`);
  const store = createCountHistoryStore(database);
  const clock = createManualClock(endMs + 60_000);
  const config = parseConfig({});
  const detection = new TenantDetection({
    ...{ tenantId, ledger, unitOfWork, clock, beginHistory: null, logs: null, holder: 'bench', leaseMs: dayMs },
    ...{ series: createSeriesStore(database), clusters: createClusterStore(database) },
    ...{ anomalies: createAnomalyStore(database), detection: createDetectionStore(database) },
    ...{ deploys: createDeployStore(database), notices: createNoticeStore(database) },
    ...{ services: config.services, settings: config.detection, logger: pino({ level: 'silent' }) },
    countHistory: createStoredCountHistory(store, tenantId),
    workList: createWorkListStore(database),
    findIgnored: () => Promise.resolve(new Set<string>()),
    observeFailure: (error) => {
      throw error;
    },
    signal: new AbortController().signal,
  });
  while (await detection.tick()) {
    // The ledger's day is judged live first.
  }
  for (let fromMs = startMs - historyMs; fromMs < startMs; fromMs += dayMs) {
    const mark = { watchId: watch.id, range: { fromMs: startMs - historyMs, toMs: startMs }, missing: [] };
    await store.write(tenantId, hoursOf(fromMs, fromMs + dayMs), { ...mark, isComplete: fromMs + dayMs === startMs });
  }
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const [beganAt, cpuBefore] = [performance.now(), process.cpuUsage()];
  let looks = 1;
  while (await detection.tick()) {
    looks += 1;
  }
  const seconds = (performance.now() - beganAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const run = await createDetectionStore(database).readRun(tenantId);
  const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  console.log(
    [
      `learned ${(ledgerMs + historyMs) / dayMs} days of ${run.seriesCount} series again, from ${new Date(run.historyFromMs ?? 0).toISOString()}`,
      `${seconds.toFixed(0)} s in ${looks} looks; the server's processor ${((user + system) / 1e6).toFixed(0)} s; load of the machine ${loadavg()[0]?.toFixed(1)}`,
      `memory of the process: ${mib(before)} before, ${mib(process.memoryUsage().rss)} at the end, ${mib(process.resourceUsage().maxRSS * 1024)} at most`,
    ].join('\n')
  );
  await database.close();
} finally {
  await postgres.stop();
}
