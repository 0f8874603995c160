import type { Labels } from '@loghunter/engine/records';
import type { ClusterMinute, SeriesStore, ServiceMinute, SqlDatabase, SqlRow, SqlValue } from '@loghunter/ports';
import { levelToNumber, numberToLevel } from './levels.ts';

interface ServiceMinuteRow extends Record<string, unknown> {
  readonly service: string;
  readonly namespace: string;
  readonly minute_at: Date;
  readonly line_count: number;
  readonly unread_line_count: number;
  readonly skipped_line_count: number;
  readonly error_count: number;
}

interface ClusterMinuteRow extends Record<string, unknown> {
  readonly cluster_id: string;
  readonly service: string;
  readonly namespace: string;
  readonly minute_at: Date;
  readonly event_count: number;
  readonly level: number;
  readonly stream_count: number;
  readonly first_seen_at: Date | null;
}

const maxTotals = 500;
/** A transaction that began before a read may commit after it, with its own beginning as the time of its rows. */
const longestTransactionMs = 120_000;

const isInRange = `minute_at >= to_timestamp($2::float8 / 1000) and minute_at < to_timestamp($3::float8 / 1000)`;

/** Lines and errors by service and minute; `condition` narrows the streams, `minuteCondition` the minutes of each. */
function serviceMinutes(condition: string, minuteCondition = ''): string {
  return `with chosen as (
      select streams.id, streams.service, streams.namespace, watches.one_in <> 1 as is_part, watches.read_from_at
      from streams join watches on watches.tenant_id = $1 and watches.id = streams.watch_id
      where streams.tenant_id = $1 ${condition}
    ), lines as (
      select chosen.service, chosen.namespace, minutes.minute_at, sum(minutes.line_count)::bigint as line_count,
        sum(case when is_part then 0 else minutes.unread_line_count end)::bigint as unread_line_count,
        sum(case when is_part then minutes.unread_line_count else 0 end)::bigint as skipped_line_count
      from chosen join stream_minutes minutes
        on minutes.tenant_id = $1 and minutes.stream_id = chosen.id and minutes.${isInRange} ${minuteCondition}
      group by 1, 2, 3
    ), errors as (
      select chosen.service, chosen.namespace, minutes.minute_at, sum(minutes.event_count)::bigint as error_count
      from chosen join cluster_minutes minutes
        on minutes.tenant_id = $1 and minutes.stream_id = chosen.id and minutes.${isInRange} ${minuteCondition}
        and minutes.level >= ${levelToNumber('error')}
      group by 1, 2, 3
    )
    select lines.*, coalesce(errors.error_count, 0)::bigint as error_count
    from lines left join errors using (service, namespace, minute_at)
    where lines.line_count > 0 or lines.unread_line_count > 0 or lines.skipped_line_count > 0
    order by minute_at, service, namespace`;
}

/** Events of canonical clusters by minute. */
const clusterMinutes = `with counts as (
           select minutes.cluster_id as member_id, minutes.minute_at, minutes.stream_id, max(minutes.level) as level,
             sum(minutes.event_count)::bigint as event_count
           from streams join cluster_minutes minutes
             on minutes.tenant_id = $1 and minutes.stream_id = streams.id and minutes.${isInRange}
           where streams.tenant_id = $1 and minutes.event_count > 0
           group by 1, 2, 3
         ), first_seen as (
           select coalesce(canonical_id, id) as cluster_id, min(first_seen_at) as first_seen_at from error_clusters
           where tenant_id = $1 group by 1
         )
         select coalesce(members.canonical_id, members.id) as cluster_id, clusters.service, clusters.namespace, counts.minute_at,
           sum(counts.event_count)::bigint as event_count, max(counts.level) as level,
           count(distinct counts.stream_id) as stream_count, min(first_seen.first_seen_at) as first_seen_at
         from counts
         join error_clusters members on members.tenant_id = $1 and members.id = counts.member_id
         join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = coalesce(members.canonical_id, members.id)
         join first_seen on first_seen.cluster_id = clusters.id
         group by 1, 2, 3, 4
         order by minute_at, cluster_id`;

/** Events of a service's canonical clusters. */
const clusterTotals = `with chosen as (select id from streams where tenant_id = $1 and service = $4 and namespace = $5), counts as (
           select minutes.cluster_id as member_id, sum(minutes.event_count)::bigint as event_count
           from chosen join cluster_minutes minutes
             on minutes.tenant_id = $1 and minutes.stream_id = chosen.id and minutes.${isInRange}
           group by 1
         )
         select clusters.id as cluster_id, clusters.template_text, clusters.level, clusters.first_seen_at,
           sum(counts.event_count)::bigint as event_count
         from counts
         join error_clusters members on members.tenant_id = $1 and members.id = counts.member_id
         join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = coalesce(members.canonical_id, members.id)
         group by 1, 2, 3, 4 having sum(counts.event_count) > 0
         order by event_count desc, cluster_id limit ${maxTotals}`;

/** Minutes of which something was written since $4, and the time of the database. */
const changedMinutes = `select distinct minutes.minute_at, now() as now_at
         from (select 1) as one left join (
           select minutes.minute_at from streams join stream_minutes minutes
             on minutes.tenant_id = $1 and minutes.stream_id = streams.id and minutes.${isInRange}
             and minutes.updated_at > to_timestamp($4::float8 / 1000)
           where streams.tenant_id = $1
         ) minutes on true
         order by 1`;

/** Counts of the ledger as series, in a SQL database. */
export function createSeriesStore(database: SqlDatabase): SeriesStore {
  function run<T extends SqlRow>(tenantId: string, text: string, values: readonly SqlValue[]): Promise<readonly T[]> {
    return database.withTenant(tenantId, (session) => session.query<T>(text, [tenantId, ...values]));
  }
  return {
    async readServiceMinutes(tenantId, { fromMs, toMs }) {
      const rows = await run<ServiceMinuteRow>(tenantId, serviceMinutes(''), [fromMs, toMs]);
      return rows.map(presentServiceMinute);
    },
    async readMinutesOfWatchesInUse(tenantId, { fromMs, toMs }) {
      const text = serviceMinutes('and watches.retired_at is null', 'and minutes.minute_at >= chosen.read_from_at');
      return (await run<ServiceMinuteRow>(tenantId, text, [fromMs, toMs])).map(presentServiceMinute);
    },
    async readMinutesOf(tenantId, { service, namespace }, { fromMs, toMs }) {
      const text = serviceMinutes('and service = $4 and namespace = $5');
      return (await run<ServiceMinuteRow>(tenantId, text, [fromMs, toMs, service, namespace])).map(
        presentServiceMinute
      );
    },
    async readClusterMinutes(tenantId, { fromMs, toMs }) {
      const rows = await run<ClusterMinuteRow>(tenantId, clusterMinutes, [fromMs, toMs]);
      return rows.map(presentClusterMinute);
    },
    async readMinutesOfCluster(tenantId, clusterId, { fromMs, toMs }) {
      const rows = await run<{ minute_at: Date; event_count: number }>(
        tenantId,
        `select minutes.minute_at, sum(minutes.event_count)::bigint as event_count
         from error_clusters members join cluster_minutes minutes
           on minutes.tenant_id = $1 and minutes.cluster_id = members.id and minutes.${isInRange}
         where members.tenant_id = $1 and (members.id = $4 or members.canonical_id = $4)
         group by 1 having sum(minutes.event_count) > 0 order by 1`,
        [fromMs, toMs, clusterId]
      );
      return rows.map((row) => ({ minuteMs: row.minute_at.getTime(), eventCount: row.event_count }));
    },
    async readClusterTotals(tenantId, { service, namespace }, { fromMs, toMs }) {
      const rows = await run<ClusterTotalRow>(tenantId, clusterTotals, [fromMs, toMs, service, namespace]);
      return rows.map((row) => ({
        clusterId: row.cluster_id,
        templateText: row.template_text,
        level: numberToLevel(row.level),
        eventCount: row.event_count,
        firstSeenMs: row.first_seen_at?.getTime() ?? 0,
      }));
    },
    listServicesOf: (tenantId, watchId) =>
      run<{ service: string; namespace: string }>(
        tenantId,
        'select distinct service, namespace from streams where tenant_id = $1 and watch_id = $2 order by service, namespace',
        [watchId]
      ),
    async listStreamsOf(tenantId, { service, namespace }, limit) {
      const text = `select labels from streams where tenant_id = $1 and service = $2 and namespace = $3 order by updated_at desc limit $4`;
      const rows = await run<{ labels: Labels }>(tenantId, text, [service, namespace, limit]);
      return rows.map(({ labels }) => labels);
    },
    async listChangedMinutes(tenantId, { fromMs, toMs }, sinceMs) {
      const rows = await run<{ minute_at: Date | null; now_at: Date }>(tenantId, changedMinutes, [
        fromMs,
        toMs,
        sinceMs === null ? 0 : sinceMs - longestTransactionMs,
      ]);
      return {
        minutes: rows.flatMap((row) => (row.minute_at === null ? [] : [row.minute_at.getTime()])),
        nowMs: rows[0]?.now_at.getTime() ?? 0,
      };
    },
  };
}

interface ClusterTotalRow extends Record<string, unknown> {
  readonly cluster_id: string;
  readonly template_text: string;
  readonly level: number;
  readonly first_seen_at: Date | null;
  readonly event_count: number;
}

function presentServiceMinute(row: ServiceMinuteRow): ServiceMinute {
  return {
    service: row.service,
    namespace: row.namespace,
    minuteMs: row.minute_at.getTime(),
    lineCount: row.line_count,
    unreadLineCount: row.unread_line_count,
    skippedLineCount: row.skipped_line_count,
    errorCount: row.error_count,
  };
}

function presentClusterMinute(row: ClusterMinuteRow): ClusterMinute {
  const minuteMs = row.minute_at.getTime();
  return {
    clusterId: row.cluster_id,
    service: row.service,
    namespace: row.namespace,
    minuteMs,
    eventCount: row.event_count,
    level: numberToLevel(row.level),
    streamCount: row.stream_count,
    firstSeenMs: row.first_seen_at?.getTime() ?? minuteMs,
  };
}
