import type { SqlDatabase, SqlSession } from '@loghunter/ports';
import { dropParts, readOldestPartEnd, startOfWeek, weekMs } from './count-parts.ts';
import { lockWriters } from './watches.ts';

const dayMs = 86_400_000;

/**
 * Deletes counts of whole days (UTC) before the cut; totals, first and last seen stay. The watches remember the cut, so that a minute
 * that was deleted is not counted a second time when it is read again. Each day is a transaction: sixty of them, because somebody shortened what
 * is kept, would take longer than one may. Minutes and hours of weeks that nobody keeps are not deleted row by row, but dropped with their part.
 * @returns deleted rows of all tables, without those that went with a part
 */
export async function deleteCountsBefore(
  database: SqlDatabase,
  tenantId: string,
  cutMs: number,
  everyonesCutMs = 0
): Promise<number> {
  const droppedBeforeMs = await readDropCut(database, Math.min(cutMs, everyonesCutMs));
  // Whole days, because a screen takes the sum of a day for its hours and minutes. The week that is about to be dropped goes as a whole.
  const dayCutMs = Math.floor(cutMs / dayMs) * dayMs;
  const isNextToGo = droppedBeforeMs > 0 && dayCutMs < droppedBeforeMs + weekMs;
  const keptFromMs = isNextToGo ? droppedBeforeMs : dayCutMs;
  let deletedCount = 0;
  for (;;) {
    const day = await database.withTenant(tenantId, (session) =>
      deleteOldestDay(session, tenantId, keptFromMs, droppedBeforeMs)
    );
    deletedCount += day.rowCount;
    if (day.endMs >= keptFromMs) {
      break;
    }
  }
  if (droppedBeforeMs > 0) {
    await dropParts(database, droppedBeforeMs);
  }
  return deletedCount;
}

/** Before it, parts are dropped; 0: none is yet, as long as a part of many weeks is there that somebody keeps the end of. */
async function readDropCut(database: SqlDatabase, everyonesCutMs: number): Promise<number> {
  const weekCutMs = startOfWeek(everyonesCutMs);
  return weekCutMs > 0 && weekCutMs >= (await readOldestPartEnd(database)) ? weekCutMs : 0;
}

async function deleteOldestDay(session: SqlSession, tenantId: string, keptFromMs: number, droppedBeforeMs: number) {
  await lockWriters(session, tenantId);
  await session.query(
    `update watches set counts_kept_from_at = greatest(counts_kept_from_at, to_timestamp($2::float8 / 1000)), updated_at = now()
     where tenant_id = $1`,
    [tenantId, keptFromMs]
  );
  const endMs = Math.min(keptFromMs, (await readOldestDay(session, tenantId)) + dayMs);
  await keepDeletedTotals(session, tenantId, endMs);
  // Times as parameters and not as a query, so that Postgres knows the parts when it plans.
  const [deleted] = await session.query<{ row_count: number }>(
    `with minutes as (
       delete from cluster_minutes
       where tenant_id = $1 and minute_at >= to_timestamp($3::float8 / 1000) and minute_at < to_timestamp($2::float8 / 1000) returning 1
     ), hours as (
       delete from cluster_spans where tenant_id = $1 and span_hours = 1
         and start_at >= to_timestamp($3::float8 / 1000) and start_at < to_timestamp($2::float8 / 1000) returning 1
     ), spans as (
       delete from cluster_spans where tenant_id = $1 and span_hours > 1 and start_at < to_timestamp($2::float8 / 1000) returning 1
     ), sources as (
       delete from source_spans where tenant_id = $1 and start_at < to_timestamp($2::float8 / 1000) returning 1
     ), read_minutes as (
       delete from stream_minutes
       where tenant_id = $1 and minute_at >= to_timestamp($3::float8 / 1000) and minute_at < to_timestamp($2::float8 / 1000) returning 1
     ), read_hours as (
       delete from stream_hours where tenant_id = $1 and hour_at < to_timestamp($2::float8 / 1000) returning 1
     )
     select (select count(*) from minutes) + (select count(*) from hours) + (select count(*) from spans) + (select count(*) from sources)
       + (select count(*) from read_minutes) + (select count(*) from read_hours) as row_count`,
    [tenantId, endMs, droppedBeforeMs]
  );
  return { rowCount: deleted?.row_count ?? 0, endMs };
}

/** Start of the oldest day with counts; the end of time when there are none. */
async function readOldestDay(session: SqlSession, tenantId: string): Promise<number> {
  const [row] = await session.query<{ oldest_at: Date | null }>(
    `select least(
       (select min(start_at) from cluster_spans where tenant_id = $1 and span_hours = 24),
       (select min(hour_at) from stream_hours where tenant_id = $1)
     ) as oldest_at`,
    [tenantId]
  );
  const oldestMs = row?.oldest_at?.getTime();
  return oldestMs === undefined ? Number.POSITIVE_INFINITY : Math.floor(oldestMs / dayMs) * dayMs;
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
