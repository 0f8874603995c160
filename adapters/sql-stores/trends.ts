import type { Level } from '@loghunter/engine/severity';
import { levelsBySeverity } from '@loghunter/engine/severity';
import type { MinuteRange, SqlSession, TrendPlan } from '@loghunter/ports';
import { numberToLevel } from './levels.ts';
import { spanColumns, splitRange } from './range-pieces.ts';

interface StepRow extends Record<string, unknown> {
  readonly cluster_id: string;
  readonly level: number;
  readonly step: number;
  readonly event_count: number;
}

/** Events per step of each canonical cluster, its members' with it; `levels` empty for any. Clusters without events are left out. */
export async function readClusterTrends(
  session: SqlSession,
  tenantId: string,
  clusterIds: readonly string[],
  range: MinuteRange,
  plan: TrendPlan,
  levels: readonly number[]
): Promise<ReadonlyMap<string, readonly number[]>> {
  const trends = new Map<string, number[]>();
  if (clusterIds.length === 0) {
    return trends;
  }
  for (const row of await readSteps(session, tenantId, clusterIds, range, plan)) {
    if (levels.length === 0 || levels.includes(row.level)) {
      add(trends, row.cluster_id, row, plan);
    }
  }
  return trends;
}

/** Events per step of one canonical cluster by level, most severe first. */
export async function readLevelTrends(
  session: SqlSession,
  tenantId: string,
  clusterId: string,
  range: MinuteRange,
  plan: TrendPlan
): Promise<ReadonlyArray<{ readonly level: Level; readonly counts: readonly number[] }>> {
  const trends = new Map<Level, number[]>();
  for (const row of await readSteps(session, tenantId, [clusterId], range, plan)) {
    add(trends, numberToLevel(row.level), row, plan);
  }
  return levelsBySeverity.flatMap((level) => {
    const counts = trends.get(level);
    return counts === undefined ? [] : [{ level, counts }];
  });
}

function add<Key>(trends: Map<Key, number[]>, key: Key, row: StepRow, plan: TrendPlan): void {
  const counts = trends.get(key) ?? Array.from({ length: plan.pointCount }, () => 0);
  counts[row.step] = (counts[row.step] ?? 0) + row.event_count;
  trends.set(key, counts);
}

function readSteps(
  session: SqlSession,
  tenantId: string,
  clusterIds: readonly string[],
  range: MinuteRange,
  plan: TrendPlan
): Promise<readonly StepRow[]> {
  return session.query<StepRow>(
    `with members as (
       select id, coalesce(canonical_id, id) as cluster_id from error_clusters
       where tenant_id = $1 and (id = any($2::uuid[]) or canonical_id = any($2::uuid[]))
     ), counts as (
       select members.cluster_id, spans.level, spans.start_at as counted_at, spans.event_count
       from members cross join unnest($3::smallint[], $4::float8[], $5::float8[]) as piece (span_hours, from_ms, to_ms)
       cross join lateral (
         select level, start_at, event_count from cluster_spans
         where tenant_id = $1 and span_hours = piece.span_hours and cluster_id = members.id
           and start_at >= to_timestamp(piece.from_ms / 1000) and start_at < to_timestamp(piece.to_ms / 1000)
         offset 0
       ) spans
       union all
       select members.cluster_id, minutes.level, minutes.minute_at, minutes.event_count
       from members cross join unnest($6::float8[], $7::float8[]) as piece (from_ms, to_ms)
       cross join lateral (
         -- \`offset 0\`: each piece is looked up by its bounds, never all minutes of a cluster and then its pieces.
         select level, minute_at, event_count from cluster_minutes
         where tenant_id = $1 and cluster_id = members.id
           and minute_at >= to_timestamp(piece.from_ms / 1000) and minute_at < to_timestamp(piece.to_ms / 1000)
         offset 0
       ) minutes
     )
     select cluster_id, level,
       floor((extract(epoch from counted_at)::float8 * 1000 - $8::float8) / $9::float8)::integer as step,
       sum(event_count)::bigint as event_count
     from counts
     group by 1, 2, 3
     having sum(event_count) > 0`,
    [tenantId, clusterIds, ...spanColumns(splitRange(range, plan.startMs, plan.stepMs)), plan.startMs, plan.stepMs]
  );
}
