import type { ClusterRow, MinuteRange, SqlSession } from '@loghunter/ports';
import { planTrend } from '@loghunter/ports';
import { readMembers } from './cluster-members.ts';
import { presentCluster } from './cluster-row.ts';
import type { StoredCluster } from './cluster-row.ts';
import { spanColumns, splitRange } from './range-pieces.ts';
import { readClusterTrends } from './trends.ts';

/** The cluster that an id belongs to with its sums of the range; null when there is none, or when every event that made it was taken back. */
export async function getCluster(
  session: SqlSession,
  tenantId: string,
  clusterId: string,
  range: MinuteRange,
  trendPoints: number
): Promise<ClusterRow | null> {
  const members = await readMembers(session, tenantId, clusterId);
  if (members === null) {
    return null;
  }
  const { canonicalId, ids } = members;
  const pieces = splitRange(range, range.fromMs, range.toMs - range.fromMs);
  const [row] = await session.query<StoredCluster>(
    `with counts as (
       select spans.event_count, spans.line_count
       from unnest($3::smallint[], $4::float8[], $5::float8[]) as piece (span_hours, from_ms, to_ms)
       cross join lateral (
         -- \`offset 0\`: each piece is looked up by its bounds.
         select event_count, line_count from cluster_spans
         where tenant_id = $1 and span_hours = piece.span_hours and cluster_id = any($2::uuid[])
           and start_at >= to_timestamp(piece.from_ms / 1000) and start_at < to_timestamp(piece.to_ms / 1000)
         offset 0
       ) spans
       union all
       select minutes.event_count, minutes.line_count
       from unnest($6::float8[], $7::float8[]) as piece (from_ms, to_ms)
       cross join lateral (
         select event_count, line_count from cluster_minutes
         where tenant_id = $1 and cluster_id = any($2::uuid[])
           and minute_at >= to_timestamp(piece.from_ms / 1000) and minute_at < to_timestamp(piece.to_ms / 1000)
         offset 0
       ) minutes
     ), seen as (
       select max(level) as level, min(first_seen_at) as first_seen_at, max(last_seen_at) as last_seen_at
       from error_clusters where tenant_id = $1 and id = any($2::uuid[])
     )
     select error_clusters.id, service, namespace, seen.level, template, template_text, seen.first_seen_at, seen.last_seen_at,
       (select coalesce(sum(counts.event_count), 0) from counts)::bigint as event_count,
       (select coalesce(sum(counts.line_count), 0) from counts)::bigint as line_count,
       listed.work, listed.assignee_kind, listed.assignee_id, listed.assignee_name
     from error_clusters cross join seen
     left join cluster_work listed on listed.tenant_id = $1 and listed.cluster_id = $8
     where error_clusters.tenant_id = $1 and id = $8 and seen.first_seen_at is not null`,
    [tenantId, ids, ...spanColumns(pieces), canonicalId]
  );
  if (row === undefined) {
    return null;
  }
  const plan = planTrend(range, trendPoints);
  const trends = await readClusterTrends(session, tenantId, [canonicalId], range, plan, []);
  return presentCluster(row, plan, trends.get(canonicalId));
}
