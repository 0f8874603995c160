import type { Companions, CompanionSearch, SqlSession } from '@loghunter/ports';
import { presentName, type StoredName } from './cluster-row.ts';
import { outermost } from './count-parts.ts';

interface CompanionRow extends StoredName {
  readonly stream_count: number;
}

/** Clusters with events in the same minutes: one look into the primary key per stream and minute, and no other row is read. */
export async function listCompanions(
  session: SqlSession,
  tenantId: string,
  ownId: string,
  { busyMs, quietMs, maxStreams, maxClusters }: CompanionSearch
): Promise<Companions> {
  if (busyMs.length === 0) {
    return { clusters: [], isComplete: true };
  }
  const rows = await session.query<CompanionRow>(
    `with moments as (
       select to_timestamp(ms / 1000) as minute_at, is_busy
       from (select unnest($3::float8[]) as ms, true as is_busy union all select unnest($4::float8[]), false) given
     ), hours as (
       select distinct date_trunc('hour', minute_at, 'UTC') as hour_at from moments
     ), used as (
       select stream_hours.stream_id
       from hours join stream_hours on stream_hours.tenant_id = $1 and stream_hours.hour_at = hours.hour_at
       group by 1 order by sum(stream_hours.line_count) desc, 1 limit $5 + 1
     ), chosen as (
       select stream_id from used limit $5
     ), present as (
       select distinct coalesce(clusters.canonical_id, clusters.id) as id, moments.minute_at, moments.is_busy
       from chosen cross join moments
       cross join lateral (
         -- The bounds let Postgres know the parts when it plans; \`offset 0\` has each minute looked up.
         select cluster_id from cluster_minutes
         where tenant_id = $1 and stream_id = chosen.stream_id and minute_at = moments.minute_at
           and minute_at >= $9::timestamptz and minute_at <= $10::timestamptz and event_count > 0
         offset 0
       ) minutes
       join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = minutes.cluster_id
     ), ranked as (
       select id, count(*) filter (where is_busy)::float8 / $6 - count(*) filter (where not is_busy)::float8 / greatest(1, $7::float8) as lead,
         count(*) filter (where is_busy) as busy_count
       from present where id <> $2 group by id having count(*) filter (where is_busy) > 0
       order by 2 desc, 3 desc, 1 limit $8
     )
     select clusters.id, clusters.service, clusters.namespace, clusters.level, clusters.template, clusters.template_text,
       (select count(*) from used)::integer as stream_count
     from ranked join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = ranked.id
     order by ranked.lead desc, ranked.busy_count desc, clusters.id`,
    [
      ...[tenantId, ownId, busyMs, quietMs, maxStreams, busyMs.length, quietMs.length, maxClusters],
      ...outermost([...busyMs, ...quietMs]),
    ]
  );
  return { clusters: rows.map(presentName), isComplete: (rows[0]?.stream_count ?? 0) <= maxStreams };
}
