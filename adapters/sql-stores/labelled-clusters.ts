import type { LabelFilter, LabelledClusters, SqlSession } from '@loghunter/ports';
import { presentName, type StoredName } from './cluster-row.ts';
import { levelToNumber } from './levels.ts';
import { toStorableText } from './storable-text.ts';

type LabelledRow = StoredName & {
  readonly event_count: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly total_cluster_count: number;
  readonly total_event_count: number;
};

/** Clusters in the streams that have one of a label's values. Sums by the hour are of all streams together, so minutes are read. */
export async function listLabelledClusters(
  session: SqlSession,
  tenantId: string,
  { range, services, namespaces, levels, label, values }: LabelFilter,
  { limit, stepCount }: { readonly limit: number; readonly stepCount: number }
): Promise<LabelledClusters> {
  const stepMs = Math.max(1, (range.toMs - range.fromMs) / stepCount);
  const rows = await session.query<LabelledRow>(
    `with chosen as (
       select id from streams
       where tenant_id = $1 and labels ->> $2 = any($3::text[])
         and (cardinality($4::text[]) = 0 or service = any($4::text[])) and (cardinality($5::text[]) = 0 or namespace = any($5::text[]))
     ), counts as (
       select coalesce(clusters.canonical_id, clusters.id) as id,
         floor((extract(epoch from minutes.minute_at)::float8 * 1000 - $7::float8) / $9::float8)::integer as step,
         sum(minutes.event_count)::bigint as event_count
       from chosen
       join cluster_minutes minutes on minutes.tenant_id = $1 and minutes.stream_id = chosen.id
         and minutes.minute_at >= to_timestamp($7::float8 / 1000) and minutes.minute_at < to_timestamp($8::float8 / 1000)
       join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = minutes.cluster_id
       where cardinality($6::smallint[]) = 0 or minutes.level = any($6::smallint[])
       group by 1, 2 having sum(minutes.event_count) > 0
     ), sums as (
       select id, sum(event_count)::bigint as event_count, jsonb_object_agg(step::text, event_count) as steps from counts group by id
     )
     select clusters.id, clusters.service, clusters.namespace, clusters.level, clusters.template, clusters.template_text,
       sums.event_count, sums.steps,
       (count(*) over ())::integer as total_cluster_count, (sum(sums.event_count) over ())::bigint as total_event_count
     from sums join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = sums.id
     order by sums.event_count desc, clusters.id limit $10`,
    [
      ...[tenantId, toStorableText(label), values.map(toStorableText), services.map(toStorableText)],
      ...[namespaces.map(toStorableText), levels.map(levelToNumber), range.fromMs, range.toMs, stepMs, limit],
    ]
  );
  return {
    clusters: rows.map((row) => ({
      ...presentName(row),
      eventCount: row.event_count,
      counts: Array.from({ length: stepCount }, (_, step) => row.steps[String(step)] ?? 0),
    })),
    totalClusterCount: rows[0]?.total_cluster_count ?? 0,
    totalEventCount: rows[0]?.total_event_count ?? 0,
  };
}
