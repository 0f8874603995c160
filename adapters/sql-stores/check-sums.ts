// Compares every sum with what it is the sum of. Each check is one statement, so that a writer cannot come between its two sides.
import type { Labels } from '@loghunter/engine/records';
import type { MinuteRange, SqlSession, SumCheck, UnbalancedMinute, WrongSum } from '@loghunter/ports';
import { sourceLengthsMinutes } from './apply-sources.ts';
import { spanLengthsHours } from './sum-changes.ts';

/** Findings of one kind that are told; the ledger is far off then, and the first ones say why. */
const maxFindings = 10_000;

interface UnbalancedRow extends Record<string, unknown> {
  readonly labels: Labels;
  readonly minute_at: Date;
  readonly line_count: number;
  readonly cluster_line_count: number;
}

interface WrongRow extends Record<string, unknown> {
  readonly subject_id: string;
  readonly start_at: Date | null;
  readonly stored_line_count: number;
  readonly summed_line_count: number;
}

/** Minutes against their clusters, and the sums of hours and spans against minutes; see `Ledger.checkSums`. */
export async function checkSums(session: SqlSession, tenantId: string, range: MinuteRange): Promise<SumCheck> {
  const parameters = [tenantId, range.fromMs, range.toMs] as const;
  return {
    unbalancedMinutes: await findUnbalancedMinutes(session, parameters),
    wrongSums: [
      ...(await findWrongHours(session, parameters)),
      ...(await findWrongSpans(session, parameters)),
      ...(await findWrongSources(session, parameters)),
    ],
  };
}

type RangeParameters = readonly [tenantId: string, fromMs: number, toMs: number];

async function findUnbalancedMinutes(
  session: SqlSession,
  parameters: RangeParameters
): Promise<readonly UnbalancedMinute[]> {
  const rows = await session.query<UnbalancedRow>(
    `with minutes as (
       select stream_id, minute_at, line_count from stream_minutes
       where tenant_id = $1 and minute_at >= to_timestamp($2::float8 / 1000) and minute_at < to_timestamp($3::float8 / 1000)
     ), summed as (
       select stream_id, minute_at, sum(line_count)::bigint as line_count from cluster_minutes
       where tenant_id = $1 and minute_at >= to_timestamp($2::float8 / 1000) and minute_at < to_timestamp($3::float8 / 1000)
       group by stream_id, minute_at
     )
     select streams.labels, minute_at, coalesce(minutes.line_count, 0) as line_count,
       coalesce(summed.line_count, 0)::bigint as cluster_line_count
     from minutes full join summed using (stream_id, minute_at)
     join streams on streams.tenant_id = $1 and streams.id = stream_id
     where coalesce(minutes.line_count, 0) <> coalesce(summed.line_count, 0)
     order by minute_at, streams.id limit ${maxFindings}`,
    parameters
  );
  return rows.map((row) => ({
    labels: row.labels,
    minuteMs: row.minute_at.getTime(),
    lineCount: row.line_count,
    clusterLineCount: row.cluster_line_count,
  }));
}

async function findWrongHours(session: SqlSession, parameters: RangeParameters): Promise<readonly WrongSum[]> {
  const rows = await session.query<WrongRow>(
    `with stored as (
       select stream_id, hour_at, line_count, unread_line_count from stream_hours
       where tenant_id = $1 and hour_at >= to_timestamp($2::float8 / 1000) and hour_at < to_timestamp($3::float8 / 1000)
     ), summed as (
       select stream_id, date_bin(interval '1 hour', minute_at, timestamptz 'epoch') as hour_at,
         sum(line_count)::bigint as line_count, sum(unread_line_count)::bigint as unread_line_count
       from stream_minutes
       where tenant_id = $1 and minute_at >= to_timestamp($2::float8 / 1000) and minute_at < to_timestamp($3::float8 / 1000)
       group by 1, 2
     )
     select stream_id as subject_id, hour_at as start_at,
       coalesce(stored.line_count, 0)::bigint as stored_line_count, coalesce(summed.line_count, 0)::bigint as summed_line_count
     from stored full join summed using (stream_id, hour_at)
     where coalesce(stored.line_count, 0) <> coalesce(summed.line_count, 0)
       or coalesce(stored.unread_line_count, 0) <> coalesce(summed.unread_line_count, 0)
     order by hour_at, stream_id limit ${maxFindings}`,
    parameters
  );
  return rows.map((row) => toWrongSum('stream-hour', row));
}

async function findWrongSpans(session: SqlSession, parameters: RangeParameters): Promise<readonly WrongSum[]> {
  const rows = await session.query<WrongRow>(
    `with stored as (
       select span_hours, start_at, cluster_id, level, event_count, line_count from cluster_spans
       where tenant_id = $1 and start_at >= to_timestamp($2::float8 / 1000) and start_at < to_timestamp($3::float8 / 1000)
     ), summed as (
       select span_hours, date_bin(make_interval(hours => span_hours), minute_at, timestamptz 'epoch') as start_at,
         cluster_id, level, sum(event_count)::bigint as event_count, sum(line_count)::bigint as line_count
       from cluster_minutes cross join unnest($4::smallint[]) as span (span_hours)
       where tenant_id = $1 and minute_at >= to_timestamp($2::float8 / 1000) and minute_at < to_timestamp($3::float8 / 1000)
       group by 1, 2, 3, 4
     )
     select cluster_id as subject_id, start_at,
       coalesce(stored.line_count, 0)::bigint as stored_line_count, coalesce(summed.line_count, 0)::bigint as summed_line_count
     from stored full join summed using (span_hours, start_at, cluster_id, level)
     where coalesce(stored.line_count, 0) <> coalesce(summed.line_count, 0)
       or coalesce(stored.event_count, 0) <> coalesce(summed.event_count, 0)
     order by start_at, span_hours, cluster_id, level limit ${maxFindings}`,
    [...parameters, [...spanLengthsHours]]
  );
  return rows.map((row) => toWrongSum('cluster-span', row));
}

async function findWrongSources(session: SqlSession, parameters: RangeParameters): Promise<readonly WrongSum[]> {
  const rows = await session.query<WrongRow>(
    `with stored as (
       select span_minutes, start_at, service, namespace, level, event_count, line_count from source_spans
       where tenant_id = $1 and start_at >= to_timestamp($2::float8 / 1000) and start_at < to_timestamp($3::float8 / 1000)
     ), summed as (
       select span_minutes, date_bin(make_interval(mins => span_minutes), minute_at, timestamptz 'epoch') as start_at,
         clusters.service, clusters.namespace, counts.level, sum(counts.event_count)::bigint as event_count, sum(counts.line_count)::bigint as line_count
       from cluster_minutes counts join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = counts.cluster_id
       cross join unnest($4::smallint[]) as span (span_minutes)
       where counts.tenant_id = $1 and minute_at >= to_timestamp($2::float8 / 1000) and minute_at < to_timestamp($3::float8 / 1000)
       group by 1, 2, 3, 4, 5
     )
     select service || case when namespace = '' then '' else ' ' || namespace end as subject_id, start_at,
       coalesce(stored.line_count, 0)::bigint as stored_line_count, coalesce(summed.line_count, 0)::bigint as summed_line_count
     from stored full join summed using (span_minutes, start_at, service, namespace, level)
     where coalesce(stored.line_count, 0) <> coalesce(summed.line_count, 0)
       or coalesce(stored.event_count, 0) <> coalesce(summed.event_count, 0)
     order by start_at, span_minutes, service, namespace, level limit ${maxFindings}`,
    [...parameters, [...sourceLengthsMinutes]]
  );
  return rows.map((row) => toWrongSum('source-span', row));
}

/** Totals of clusters against the days that are there and what was deleted; see `Ledger.checkTotals`. */
export async function checkTotals(session: SqlSession, tenantId: string): Promise<readonly WrongSum[]> {
  const levels = await session.query<WrongRow>(
    `with summed as (
       select cluster_id, level, sum(event_count)::bigint as event_count, sum(line_count)::bigint as line_count
       from cluster_spans where tenant_id = $1 and span_hours = 24 group by cluster_id, level
     ), stored as (
       select cluster_id, level, event_count - deleted_event_count as event_count, line_count - deleted_line_count as line_count
       from cluster_levels where tenant_id = $1
     )
     select cluster_id as subject_id, null::timestamptz as start_at,
       coalesce(stored.line_count, 0)::bigint as stored_line_count, coalesce(summed.line_count, 0)::bigint as summed_line_count
     from stored full join summed using (cluster_id, level)
     where coalesce(stored.line_count, 0) <> coalesce(summed.line_count, 0)
       or coalesce(stored.event_count, 0) <> coalesce(summed.event_count, 0)
     order by cluster_id, level limit ${maxFindings}`,
    [tenantId]
  );
  const clusters = await session.query<WrongRow>(
    `with summed as (
       select cluster_id, sum(event_count)::bigint as event_count, sum(line_count)::bigint as line_count
       from cluster_levels where tenant_id = $1 group by cluster_id
     )
     select stored.id as subject_id, null::timestamptz as start_at,
       stored.line_count as stored_line_count, coalesce(summed.line_count, 0)::bigint as summed_line_count
     from error_clusters stored left join summed on summed.cluster_id = stored.id
     where stored.tenant_id = $1
       and (stored.line_count <> coalesce(summed.line_count, 0) or stored.event_count <> coalesce(summed.event_count, 0))
     order by stored.id limit ${maxFindings}`,
    [tenantId]
  );
  return [
    ...levels.map((row) => toWrongSum('cluster-level', row)),
    ...clusters.map((row) => toWrongSum('cluster', row)),
  ];
}

function toWrongSum(kind: WrongSum['kind'], row: WrongRow): WrongSum {
  return {
    kind,
    subjectId: row.subject_id,
    startMs: row.start_at?.getTime() ?? null,
    storedLineCount: row.stored_line_count,
    summedLineCount: row.summed_line_count,
  };
}
