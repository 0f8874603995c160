import type { SqlSession } from '@loghunter/ports';
import { applySources } from './apply-sources.ts';
import { outermost, toTimestamp } from './count-parts.ts';
import type { CountRow } from './count-row.ts';
import type { CountDifference } from './difference.ts';
import { sumClusterChanges, sumSpanChanges, sumLevelChanges } from './sum-changes.ts';
import type { ClusterChange, SpanChange, LevelChange } from './sum-changes.ts';

/**
 * Makes the stored counts the wanted ones, and their sums with them. The clusters of all rows must be locked.
 * Sums are updated first and inserted where nothing was updated, because a negative change must not be offered as a new row.
 */
export async function applyCounts(session: SqlSession, tenantId: string, difference: CountDifference): Promise<void> {
  const spans = sumSpanChanges(difference);
  const levels = sumLevelChanges(difference);
  const clusters = sumClusterChanges(difference);
  await deleteCounts(session, tenantId, difference.removed);
  await upsertCounts(session, tenantId, difference.written);
  await addToSpans(session, tenantId, spans);
  await addToLevels(session, tenantId, levels);
  await updateClusters(session, tenantId, clusters);
  await applySources(session, tenantId, difference);
}

async function deleteCounts(session: SqlSession, tenantId: string, rows: readonly CountRow[]): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  await session.query(
    `delete from cluster_minutes counts
     using unnest($2::uuid[], $3::timestamptz[], $4::uuid[], $5::smallint[]) as removed (stream_id, minute_at, cluster_id, level)
     where counts.tenant_id = $1 and counts.stream_id = removed.stream_id and counts.minute_at = removed.minute_at
       and counts.cluster_id = removed.cluster_id and counts.level = removed.level
       and counts.minute_at >= $6::timestamptz and counts.minute_at <= $7::timestamptz`,
    [tenantId, ...keyColumnsOf(rows), ...outermost(rows.map((row) => row.minuteMs))]
  );
}

async function upsertCounts(session: SqlSession, tenantId: string, rows: readonly CountRow[]): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  await session.query(
    `insert into cluster_minutes
       (tenant_id, stream_id, minute_at, cluster_id, level, event_count, line_count, first_at, last_at)
     select $1, stream_id, minute_at, cluster_id, level, event_count, line_count,
       to_timestamp(first_ms / 1000), to_timestamp(last_ms / 1000)
     from unnest($2::uuid[], $3::timestamptz[], $4::uuid[], $5::smallint[], $6::integer[], $7::integer[], $8::float8[], $9::float8[])
       as written (stream_id, minute_at, cluster_id, level, event_count, line_count, first_ms, last_ms)
     on conflict (tenant_id, stream_id, minute_at, cluster_id, level) do update
       set event_count = excluded.event_count, line_count = excluded.line_count,
         first_at = excluded.first_at, last_at = excluded.last_at, updated_at = now()`,
    [
      tenantId,
      ...keyColumnsOf(rows),
      rows.map((row) => row.eventCount),
      rows.map((row) => row.lineCount),
      rows.map((row) => row.firstMs),
      rows.map((row) => row.lastMs),
    ]
  );
}

async function addToSpans(session: SqlSession, tenantId: string, changes: readonly SpanChange[]): Promise<void> {
  if (changes.length === 0) {
    return;
  }
  await session.query(
    `with change as (
       select span_hours, start_at, cluster_id, level, event_count, line_count
       from unnest($2::smallint[], $3::timestamptz[], $4::uuid[], $5::smallint[], $6::bigint[], $7::bigint[])
         as given (span_hours, start_at, cluster_id, level, event_count, line_count)
     ), updated as (
       update cluster_spans stored
       set event_count = stored.event_count + change.event_count, line_count = stored.line_count + change.line_count
       from change
       where stored.tenant_id = $1 and stored.span_hours = change.span_hours and stored.start_at = change.start_at
         and stored.cluster_id = change.cluster_id and stored.level = change.level
         and stored.start_at >= $8::timestamptz and stored.start_at <= $9::timestamptz
       returning stored.span_hours, stored.start_at, stored.cluster_id, stored.level
     )
     insert into cluster_spans (tenant_id, span_hours, start_at, cluster_id, level, event_count, line_count)
     select $1, change.span_hours, change.start_at, change.cluster_id, change.level, change.event_count, change.line_count
     from change left join updated using (span_hours, start_at, cluster_id, level)
     where updated.cluster_id is null`,
    [
      tenantId,
      ...spanColumnsOf(changes),
      ...sumColumnsOf(changes),
      ...outermost(changes.map((change) => change.startMs)),
    ]
  );
  await deleteEmptySpans(
    session,
    tenantId,
    changes.filter((change) => change.eventCount < 0 || change.lineCount < 0)
  );
}

async function deleteEmptySpans(session: SqlSession, tenantId: string, shrunk: readonly SpanChange[]): Promise<void> {
  if (shrunk.length === 0) {
    return;
  }
  await session.query(
    `delete from cluster_spans stored
     using unnest($2::smallint[], $3::timestamptz[], $4::uuid[], $5::smallint[]) as shrunk (span_hours, start_at, cluster_id, level)
     where stored.tenant_id = $1 and stored.span_hours = shrunk.span_hours and stored.start_at = shrunk.start_at
       and stored.start_at >= $6::timestamptz and stored.start_at <= $7::timestamptz and stored.cluster_id = shrunk.cluster_id and stored.level = shrunk.level
       and stored.event_count = 0 and stored.line_count = 0`,
    [
      ...[tenantId, ...spanColumnsOf(shrunk)],
      ...[shrunk.map((change) => change.clusterId), shrunk.map((change) => change.level)],
      ...outermost(shrunk.map((change) => change.startMs)),
    ]
  );
}

async function addToLevels(session: SqlSession, tenantId: string, changes: readonly LevelChange[]): Promise<void> {
  if (changes.length === 0) {
    return;
  }
  await session.query(
    `with change as (
       select cluster_id, level, event_count, line_count
       from unnest($2::uuid[], $3::smallint[], $4::bigint[], $5::bigint[]) as given (cluster_id, level, event_count, line_count)
     ), updated as (
       update cluster_levels stored
       set event_count = stored.event_count + change.event_count, line_count = stored.line_count + change.line_count, updated_at = now()
       from change
       where stored.tenant_id = $1 and stored.cluster_id = change.cluster_id and stored.level = change.level
       returning stored.cluster_id, stored.level
     )
     insert into cluster_levels (tenant_id, cluster_id, level, event_count, line_count)
     select $1, change.cluster_id, change.level, change.event_count, change.line_count
     from change left join updated using (cluster_id, level)
     where updated.cluster_id is null`,
    [tenantId, ...sumColumnsOf(changes)]
  );
}

// First and last seen follow from what came, unless the row that held them went: then the minutes left are asked. When none is left,
// older minutes were deleted for their age and the stored time stands.
async function updateClusters(session: SqlSession, tenantId: string, changes: readonly ClusterChange[]): Promise<void> {
  if (changes.length === 0) {
    return;
  }
  // Left out when no cluster can have lost its time: a plan for all minutes takes longer than the rest of the statement.
  const losesFirst = changes.some(
    ({ gainedFirstMs, lostFirstMs }) => lostFirstMs !== null && (gainedFirstMs === null || gainedFirstMs > lostFirstMs)
  );
  const losesLast = changes.some(
    ({ gainedLastMs, lostLastMs }) => lostLastMs !== null && (gainedLastMs === null || gainedLastMs < lostLastMs)
  );
  await session.query(
    `with change as (
       select cluster_id, event_count, line_count,
         to_timestamp(gained_first_ms / 1000) as gained_first_at, to_timestamp(gained_last_ms / 1000) as gained_last_at,
         to_timestamp(lost_first_ms / 1000) as lost_first_at, to_timestamp(lost_last_ms / 1000) as lost_last_at
       from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::float8[], $6::float8[], $7::float8[], $8::float8[])
         as given (cluster_id, event_count, line_count, gained_first_ms, gained_last_ms, lost_first_ms, lost_last_ms)
     )
     update error_clusters stored
     set event_count = stored.event_count + change.event_count,
       line_count = stored.line_count + change.line_count,
       level = coalesce((
         select max(totals.level) from cluster_levels totals
         where totals.tenant_id = $1 and totals.cluster_id = stored.id and (totals.event_count > 0 or totals.line_count > 0)
       ), 0),
       first_seen_at = case
         when stored.event_count + change.event_count = 0 and stored.line_count + change.line_count = 0 then null
         ${losesFirst ? lostFirstText : ''}
         else least(stored.first_seen_at, change.gained_first_at)
       end,
       last_seen_at = case
         when stored.event_count + change.event_count = 0 and stored.line_count + change.line_count = 0 then null
         ${losesLast ? lostLastText : ''}
         else greatest(stored.last_seen_at, change.gained_last_at)
       end,
       updated_at = now()
     from change
     where stored.tenant_id = $1 and stored.id = change.cluster_id`,
    [
      tenantId,
      changes.map((change) => change.clusterId),
      changes.map((change) => change.eventCount),
      changes.map((change) => change.lineCount),
      changes.map((change) => change.gainedFirstMs),
      changes.map((change) => change.gainedLastMs),
      changes.map((change) => change.lostFirstMs),
      changes.map((change) => change.lostLastMs),
    ]
  );
}

const lostFirstText = `
  when change.lost_first_at <= stored.first_seen_at and coalesce(change.gained_first_at > stored.first_seen_at, true) then coalesce((
    select min(counts.first_at) from cluster_minutes counts where counts.tenant_id = $1 and counts.cluster_id = stored.id
  ), stored.first_seen_at)`;
const lostLastText = `
  when change.lost_last_at >= stored.last_seen_at and coalesce(change.gained_last_at < stored.last_seen_at, true) then coalesce((
    select max(counts.last_at) from cluster_minutes counts where counts.tenant_id = $1 and counts.cluster_id = stored.id
  ), stored.last_seen_at)`;

function keyColumnsOf(rows: readonly CountRow[]) {
  return [
    rows.map((row) => row.streamId),
    rows.map((row) => toTimestamp(row.minuteMs)),
    rows.map((row) => row.clusterId),
    rows.map((row) => row.level),
  ] as const;
}

function spanColumnsOf(changes: readonly SpanChange[]) {
  return [changes.map((change) => change.spanHours), changes.map((change) => toTimestamp(change.startMs))] as const;
}

function sumColumnsOf(changes: readonly LevelChange[]) {
  return [
    changes.map((change) => change.clusterId),
    changes.map((change) => change.level),
    changes.map((change) => change.eventCount),
    changes.map((change) => change.lineCount),
  ] as const;
}
