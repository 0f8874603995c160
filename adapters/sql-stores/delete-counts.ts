import type { SqlSession } from '@loghunter/ports';

const dayMs = 86_400_000;

/**
 * Deletes counts of whole days (UTC) before the cut; totals, first and last seen stay. The watches remember the cut, so that a minute
 * that was deleted is not counted a second time when it is read again.
 * @returns deleted rows of all tables
 */
export async function deleteCountsBefore(session: SqlSession, tenantId: string, cutMs: number): Promise<number> {
  // Whole days, because a screen takes the sum of a day for its hours and minutes.
  const dayCutMs = Math.floor(cutMs / dayMs) * dayMs;
  await session.query(
    `update watches set counts_kept_from_at = greatest(counts_kept_from_at, to_timestamp($2::float8 / 1000)), updated_at = now()
     where tenant_id = $1`,
    [tenantId, dayCutMs]
  );
  await keepDeletedTotals(session, tenantId, dayCutMs);
  const [deleted] = await session.query<{ row_count: number }>(
    `with cut as (
       select to_timestamp($2::float8 / 1000) as cut_at
     ), minutes as (
       delete from cluster_minutes where tenant_id = $1 and minute_at < (select cut_at from cut) returning 1
     ), spans as (
       delete from cluster_spans where tenant_id = $1 and start_at < (select cut_at from cut) returning 1
     ), sources as (
       delete from source_spans where tenant_id = $1 and start_at < (select cut_at from cut) returning 1
     ), read_minutes as (
       delete from stream_minutes where tenant_id = $1 and minute_at < (select cut_at from cut) returning 1
     ), read_hours as (
       delete from stream_hours where tenant_id = $1 and hour_at < (select cut_at from cut) returning 1
     )
     select (select count(*) from minutes) + (select count(*) from spans) + (select count(*) from sources)
       + (select count(*) from read_minutes) + (select count(*) from read_hours) as row_count`,
    [tenantId, dayCutMs]
  );
  return deleted?.row_count ?? 0;
}

// Days are never deleted in part, so that what goes is the sum of whole days.
async function keepDeletedTotals(session: SqlSession, tenantId: string, dayCutMs: number): Promise<void> {
  await session.query(
    `update cluster_levels stored
     set deleted_event_count = stored.deleted_event_count + old.event_count,
       deleted_line_count = stored.deleted_line_count + old.line_count, updated_at = now()
     from (
       select cluster_id, level, sum(event_count)::bigint as event_count, sum(line_count)::bigint as line_count
       from cluster_spans
       where tenant_id = $1 and span_hours = 24 and start_at < to_timestamp($2::float8 / 1000)
       group by cluster_id, level
     ) old
     where stored.tenant_id = $1 and stored.cluster_id = old.cluster_id and stored.level = old.level`,
    [tenantId, dayCutMs]
  );
}
