import type { ClusterRow, MinuteRange, SqlSession } from '@loghunter/ports';
import { planTrend } from '@loghunter/ports';
import { presentCluster } from './cluster-row.ts';
import type { StoredCluster } from './cluster-row.ts';
import { pieceColumns, splitRange } from './range-pieces.ts';
import { readClusterTrends } from './trends.ts';

/** One cluster with its sums of the range; null when there is none, or when every event that made it was taken back. */
export async function getCluster(
  session: SqlSession,
  tenantId: string,
  clusterId: string,
  range: MinuteRange,
  trendPoints: number
): Promise<ClusterRow | null> {
  const pieces = splitRange(range, range.fromMs, range.toMs - range.fromMs);
  const [row] = await session.query<StoredCluster>(
    `with counts as (
       select hours.event_count, hours.line_count
       from unnest($3::float8[], $4::float8[]) as piece (from_ms, to_ms)
       join cluster_spans hours on hours.tenant_id = $1 and hours.span_hours = 1 and hours.cluster_id = $2
         and hours.start_at >= to_timestamp(piece.from_ms / 1000) and hours.start_at < to_timestamp(piece.to_ms / 1000)
       union all
       select minutes.event_count, minutes.line_count
       from unnest($5::float8[], $6::float8[]) as piece (from_ms, to_ms)
       join cluster_minutes minutes on minutes.tenant_id = $1 and minutes.cluster_id = $2
         and minutes.minute_at >= to_timestamp(piece.from_ms / 1000) and minutes.minute_at < to_timestamp(piece.to_ms / 1000)
     )
     select id, service, namespace, level, template, template_text, first_seen_at, last_seen_at,
       (select coalesce(sum(counts.event_count), 0) from counts)::bigint as event_count,
       (select coalesce(sum(counts.line_count), 0) from counts)::bigint as line_count
     from error_clusters
     where tenant_id = $1 and id = $2 and first_seen_at is not null`,
    [tenantId, clusterId, ...pieceColumns(pieces)]
  );
  if (row === undefined) {
    return null;
  }
  const plan = planTrend(range, trendPoints);
  const trends = await readClusterTrends(session, tenantId, [clusterId], range, plan, []);
  return presentCluster(row, plan, trends.get(clusterId));
}
