import type { MinuteRange, SqlSession } from '@loghunter/ports';
import { sourceLengthsMinutes } from './apply-sources.ts';
import { rebuildSeenTimes } from './seen-times.ts';
import { spanLengthsHours } from './sum-changes.ts';
import { lockWriters } from './watches.ts';

/** Makes the sums of whole days the sums of their minutes; see `Ledger.rebuildSums`. */
export async function rebuildSums(session: SqlSession, tenantId: string, range: MinuteRange): Promise<void> {
  await lockWriters(session, tenantId);
  const parameters = [tenantId, range.fromMs, range.toMs] as const;
  await session.query(
    `delete from stream_hours
     where tenant_id = $1 and hour_at >= to_timestamp($2::float8 / 1000) and hour_at < to_timestamp($3::float8 / 1000)`,
    parameters
  );
  await session.query(
    `insert into stream_hours (tenant_id, stream_id, hour_at, line_count, unread_line_count, late_line_count)
     select $1, stream_id, date_bin(interval '1 hour', minute_at, timestamptz 'epoch'), sum(line_count), sum(unread_line_count), sum(late_line_count)
     from stream_minutes
     where tenant_id = $1 and minute_at >= to_timestamp($2::float8 / 1000) and minute_at < to_timestamp($3::float8 / 1000)
     group by 2, 3`,
    parameters
  );
  await session.query(
    `delete from cluster_spans
     where tenant_id = $1 and start_at >= to_timestamp($2::float8 / 1000) and start_at < to_timestamp($3::float8 / 1000)`,
    parameters
  );
  await session.query(
    `insert into cluster_spans (tenant_id, span_hours, start_at, cluster_id, level, event_count, line_count)
     select $1, span_hours, date_bin(make_interval(hours => span_hours), minute_at, timestamptz 'epoch'),
       cluster_id, level, sum(event_count), sum(line_count)
     from cluster_minutes cross join unnest($4::smallint[]) as span (span_hours)
     where tenant_id = $1 and minute_at >= to_timestamp($2::float8 / 1000) and minute_at < to_timestamp($3::float8 / 1000)
     group by 2, 3, 4, 5`,
    [...parameters, [...spanLengthsHours]]
  );
  await session.query(
    `delete from source_spans
     where tenant_id = $1 and start_at >= to_timestamp($2::float8 / 1000) and start_at < to_timestamp($3::float8 / 1000)`,
    parameters
  );
  await session.query(
    `insert into source_spans (tenant_id, span_minutes, start_at, service, namespace, level, event_count, line_count)
     select $1, span_minutes, date_bin(make_interval(mins => span_minutes), minute_at, timestamptz 'epoch'),
       clusters.service, clusters.namespace, counts.level, sum(counts.event_count), sum(counts.line_count)
     from cluster_minutes counts join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = counts.cluster_id
     cross join unnest($4::smallint[]) as span (span_minutes)
     where counts.tenant_id = $1 and minute_at >= to_timestamp($2::float8 / 1000) and minute_at < to_timestamp($3::float8 / 1000)
     group by 2, 3, 4, 5, 6`,
    [...parameters, [...sourceLengthsMinutes]]
  );
}

/** Makes all totals the sums of the days that are there and of what was deleted; see `Ledger.rebuildTotals`. */
export async function rebuildTotals(session: SqlSession, tenantId: string): Promise<void> {
  await lockWriters(session, tenantId);
  await session.query(
    `insert into cluster_levels (tenant_id, cluster_id, level, event_count, line_count)
     select $1, cluster_id, level, 0, 0 from cluster_spans
     where tenant_id = $1 and span_hours = 24 group by cluster_id, level
     on conflict (tenant_id, cluster_id, level) do nothing`,
    [tenantId]
  );
  await session.query(
    `update cluster_levels stored
     set event_count = stored.deleted_event_count + coalesce(summed.event_count, 0),
       line_count = stored.deleted_line_count + coalesce(summed.line_count, 0), updated_at = now()
     from cluster_levels every left join (
       select cluster_id, level, sum(event_count)::bigint as event_count, sum(line_count)::bigint as line_count
       from cluster_spans where tenant_id = $1 and span_hours = 24 group by cluster_id, level
     ) summed using (cluster_id, level)
     where every.tenant_id = $1 and stored.tenant_id = $1
       and stored.cluster_id = every.cluster_id and stored.level = every.level`,
    [tenantId]
  );
  await session.query(
    `update error_clusters stored
     set event_count = coalesce(totals.event_count, 0), line_count = coalesce(totals.line_count, 0),
       level = coalesce(totals.level, 0), updated_at = now()
     from error_clusters every left join (
       select cluster_id, sum(event_count)::bigint as event_count, sum(line_count)::bigint as line_count,
         max(level) filter (where event_count > 0 or line_count > 0) as level
       from cluster_levels where tenant_id = $1 group by cluster_id
     ) totals on totals.cluster_id = every.id
     where every.tenant_id = $1 and stored.tenant_id = $1 and stored.id = every.id`,
    [tenantId]
  );
  await rebuildSeenTimes(session, tenantId);
}
