import { PortError } from '@loghunter/ports';
import type {
  AnomalyLine,
  BaselineRow,
  DetectionRun,
  DetectionStep,
  DetectionStore,
  SqlDatabase,
  SqlSession,
} from '@loghunter/ports';

interface RunRow extends Record<string, unknown> {
  readonly history_from_at: Date | null;
  readonly detected_up_to_at: Date | null;
  readonly announce_from_at: Date | null;
  readonly ledger_seen_at: Date | null;
  readonly learned_from: DetectionRun['learnedFrom'];
  readonly series_count: number;
  readonly status: DetectionRun['status'];
  readonly status_detail: string;
}

interface StoredBaseline extends Record<string, unknown> {
  readonly series_key: string;
  readonly service: string;
  readonly namespace: string;
  readonly cluster_id: string | null;
  readonly window_start: Date;
  readonly window_end: Date;
  readonly avg_log_rate: number;
  readonly avg_error_rate: number;
  readonly p95_error_rate: number;
  readonly state: string;
}

const runColumns =
  'history_from_at, detected_up_to_at, announce_from_at, ledger_seen_at, learned_from, series_count, status, status_detail';
const baselineColumns =
  'series_key, service, namespace, cluster_id, window_start, window_end, avg_log_rate, avg_error_rate, p95_error_rate, state';

const waitingRun: DetectionRun = {
  historyFromMs: null,
  detectedUpToMs: null,
  announceFromMs: null,
  ledgerSeenAtMs: null,
  learnedFrom: {},
  seriesCount: 0,
  status: 'waiting',
  statusDetail: '',
};

/** Where the detectors of tenants are, in a SQL database. */
export function createDetectionStore(database: SqlDatabase): DetectionStore {
  return {
    readRun: (tenantId) =>
      database.withTenant(tenantId, async (session) => {
        const text = `select ${runColumns} from anomaly_runs where tenant_id = $1`;
        const [row] = await session.query<RunRow>(text, [tenantId]);
        return row === undefined ? waitingRun : presentRun(row);
      }),
    lease: (tenantId, holder, ttlMs) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query(
          `insert into anomaly_runs (tenant_id, lease_holder, lease_expires_at)
           values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
           on conflict (tenant_id) do update
             set lease_holder = excluded.lease_holder, lease_expires_at = excluded.lease_expires_at, updated_at = now()
             where anomaly_runs.lease_holder is null or anomaly_runs.lease_holder = excluded.lease_holder
               or anomaly_runs.lease_expires_at <= clock_timestamp()
           returning tenant_id`,
          [tenantId, holder, ttlMs]
        );
        return rows.length > 0;
      }),
    release: (tenantId, holder) =>
      database.withTenant(tenantId, async (session) => {
        await session.query(
          `update anomaly_runs set lease_holder = null, lease_expires_at = null, updated_at = now()
           where tenant_id = $1 and lease_holder = $2`,
          [tenantId, holder]
        );
      }),
    advance: (tenantId, step) =>
      database.withTenant(tenantId, (session) => advance(session, database.system, tenantId, step)),
    setStatus: (tenantId, holder, { status, statusDetail }) =>
      database.withTenant(tenantId, async (session) => {
        await session.query(
          `update anomaly_runs set status = $3, status_detail = $4, updated_at = now()
           where tenant_id = $1 and lease_holder = $2 and (status <> $3 or status_detail <> $4)`,
          [tenantId, holder, status, statusDetail]
        );
      }),
    listBaselines: (tenantId) =>
      database.withTenant(tenantId, async (session) => {
        const text = `select ${baselineColumns} from anomaly_baselines where tenant_id = $1 order by series_key`;
        return (await session.query<StoredBaseline>(text, [tenantId])).map(presentBaseline);
      }),
    getBaseline: (tenantId, seriesKey) =>
      database.withTenant(tenantId, async (session) => {
        const text = `select ${baselineColumns} from anomaly_baselines where tenant_id = $1 and series_key = $2`;
        return (await session.query<StoredBaseline>(text, [tenantId, seriesKey])).map(presentBaseline)[0] ?? null;
      }),
    ...createLineMethods(database),
  };
}

function createLineMethods(
  database: SqlDatabase
): Pick<DetectionStore, 'listWaitingLines' | 'markPushed' | 'deletePushedBefore'> {
  return {
    listWaitingLines: (tenantId, limit) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<{ id: string; ns: string; labels: AnomalyLine['labels']; line: string }>(
          `select id, timestamp_ns::text as ns, labels, line from anomaly_lines
           where tenant_id = $1 and pushed_at is null order by timestamp_ns, id limit $2`,
          [tenantId, limit]
        );
        return rows.map(({ id, ns, labels, line }) => ({ id, timestampNs: BigInt(ns), labels, line }));
      }),
    markPushed: (tenantId, ids) =>
      database.withTenant(tenantId, async (session) => {
        await session.query(
          'update anomaly_lines set pushed_at = now(), updated_at = now() where tenant_id = $1 and id = any($2::uuid[])',
          [tenantId, ids]
        );
      }),
    deletePushedBefore: (tenantId, cutMs, limit) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query(
          `delete from anomaly_lines where tenant_id = $1 and id in (
             select id from anomaly_lines where tenant_id = $1 and pushed_at < to_timestamp($2::float8 / 1000) limit $3)
           returning id`,
          [tenantId, cutMs, limit]
        );
        return rows.length;
      }),
  };
}

async function advance(
  session: SqlSession,
  system: SqlDatabase['system'],
  tenantId: string,
  step: DetectionStep
): Promise<void> {
  const { run } = step;
  // The row's lock makes whoever wants the lease wait for the commit.
  const moved = await session.query(
    `update anomaly_runs
     set history_from_at = to_timestamp($4::float8 / 1000), detected_up_to_at = to_timestamp($5::float8 / 1000),
       announce_from_at = to_timestamp($6::float8 / 1000), ledger_seen_at = to_timestamp($7::float8 / 1000),
       series_count = $8, status = $9, status_detail = $10, learned_from = $11::jsonb, updated_at = now()
     where tenant_id = $1 and lease_holder = $2 and detected_up_to_at is not distinct from to_timestamp($3::float8 / 1000)
     returning tenant_id`,
    [
      ...[tenantId, step.holder, step.expectedUpToMs, run.historyFromMs, run.detectedUpToMs, run.announceFromMs],
      ...[run.ledgerSeenAtMs, run.seriesCount, run.status, run.statusDetail],
      JSON.stringify(run.learnedFrom),
    ]
  );
  if (moved.length === 0) {
    const message = 'Another process judges the minutes of this tenant now';
    throw new PortError({ system, kind: 'conflict', isRetryable: true, message });
  }
  await writeBaselines(session, tenantId, step.baselines);
  if (step.endedSeriesKeys.length > 0) {
    const text = 'delete from anomaly_baselines where tenant_id = $1 and series_key = any($2::text[])';
    await session.query(text, [tenantId, step.endedSeriesKeys]);
  }
  for (const { id, timestampNs, labels, line } of step.lines) {
    await session.query(
      `insert into anomaly_lines (tenant_id, id, timestamp_ns, labels, line) values ($1, $2, $3, $4::jsonb, $5)
       on conflict (tenant_id, id) do nothing`,
      [tenantId, id, timestampNs, JSON.stringify(labels), line]
    );
  }
}

async function writeBaselines(session: SqlSession, tenantId: string, rows: readonly BaselineRow[]): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  await session.query(
    `insert into anomaly_baselines (tenant_id, series_key, service, namespace, cluster_id, window_start, window_end,
       avg_log_rate, avg_error_rate, p95_error_rate, state)
     select $1, series_key, service, namespace, cluster_id, to_timestamp(start_ms / 1000), to_timestamp(end_ms / 1000),
       avg_log_rate, avg_error_rate, p95_error_rate, state
     from unnest($2::text[], $3::text[], $4::text[], $5::uuid[], $6::float8[], $7::float8[], $8::float8[], $9::float8[],
       $10::float8[], $11::text[]) as given (series_key, service, namespace, cluster_id, start_ms, end_ms, avg_log_rate,
       avg_error_rate, p95_error_rate, state)
     on conflict (tenant_id, series_key) do update
       set window_start = excluded.window_start, window_end = excluded.window_end, avg_log_rate = excluded.avg_log_rate,
         avg_error_rate = excluded.avg_error_rate, p95_error_rate = excluded.p95_error_rate, state = excluded.state,
         updated_at = now()`,
    [
      tenantId,
      rows.map((row) => row.seriesKey),
      rows.map((row) => row.service),
      rows.map((row) => row.namespace),
      rows.map((row) => row.clusterId),
      rows.map((row) => row.windowStartMs),
      rows.map((row) => row.windowEndMs),
      rows.map((row) => row.avgLogRate),
      rows.map((row) => row.avgErrorRate),
      rows.map((row) => row.p95ErrorRate),
      rows.map((row) => row.state),
    ]
  );
}

function presentRun(row: RunRow): DetectionRun {
  return {
    historyFromMs: row.history_from_at?.getTime() ?? null,
    detectedUpToMs: row.detected_up_to_at?.getTime() ?? null,
    announceFromMs: row.announce_from_at?.getTime() ?? null,
    ledgerSeenAtMs: row.ledger_seen_at?.getTime() ?? null,
    learnedFrom: row.learned_from,
    seriesCount: row.series_count,
    status: row.status,
    statusDetail: row.status_detail,
  };
}

function presentBaseline(row: StoredBaseline): BaselineRow {
  return {
    seriesKey: row.series_key,
    service: row.service,
    namespace: row.namespace,
    clusterId: row.cluster_id,
    windowStartMs: row.window_start.getTime(),
    windowEndMs: row.window_end.getTime(),
    avgLogRate: row.avg_log_rate,
    avgErrorRate: row.avg_error_rate,
    p95ErrorRate: row.p95_error_rate,
    state: row.state,
  };
}
