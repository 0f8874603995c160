import type { ClusterFilter, ClusterList, ClusterPage, SqlSession } from '@loghunter/ports';
import { planTrend } from '@loghunter/ports';
import { presentCluster } from './cluster-row.ts';
import type { StoredCluster } from './cluster-row.ts';
import { levelToNumber } from './levels.ts';
import { pieceColumns, splitRange } from './range-pieces.ts';
import { toStorableText } from './storable-text.ts';
import { readClusterTrends } from './trends.ts';

interface ListedCluster extends StoredCluster {
  readonly total_cluster_count: number;
  readonly total_event_count: number;
  readonly total_line_count: number;
}

// Constant pieces of SQL: a request can only choose one of them.
const orderBySort: Readonly<Record<ClusterPage['sort'], Readonly<Record<ClusterPage['order'], string>>>> = {
  count: { asc: 'event_count asc, line_count asc', desc: 'event_count desc, line_count desc' },
  firstSeen: { asc: 'first_seen_at asc', desc: 'first_seen_at desc' },
  lastSeen: { asc: 'last_seen_at asc', desc: 'last_seen_at desc' },
  level: { asc: 'level asc', desc: 'level desc' },
  service: {
    asc: 'service collate "C" asc, namespace collate "C" asc',
    desc: 'service collate "C" desc, namespace collate "C" desc',
  },
};

/** One page of the clusters that have counts in the range, and the totals of all pages. */
export async function listClusters(
  session: SqlSession,
  tenantId: string,
  filter: ClusterFilter,
  page: ClusterPage
): Promise<ClusterList> {
  const { range } = filter;
  const pieces = splitRange(range, range.fromMs, range.toMs - range.fromMs);
  const levels = filter.levels.map(levelToNumber);
  const rows = await session.query<ListedCluster>(listText(orderBySort[page.sort][page.order]), [
    tenantId,
    ...pieceColumns(pieces),
    levels,
    filter.services.map(toStorableText),
    filter.namespaces.map(toStorableText),
    toStorableText(filter.text).toLowerCase(),
    page.limit,
    page.offset,
  ]);
  const [totals] = rows;
  const listed = rows.filter((row) => row.id !== null);
  const plan = planTrend(range, page.trendPoints);
  const trends = await readClusterTrends(
    session,
    tenantId,
    listed.map((row) => row.id),
    range,
    plan,
    levels
  );
  return {
    clusters: listed.map((row) => presentCluster(row, plan, trends.get(row.id))),
    totalClusterCount: totals?.total_cluster_count ?? 0,
    totalEventCount: totals?.total_event_count ?? 0,
    totalLineCount: totals?.total_line_count ?? 0,
  };
}

// The template is fetched for the page only: carrying it through sums and sorting would cost more than all the rest.
function listText(order: string): string {
  return `
    with counts as (
      select hours.cluster_id, hours.event_count, hours.line_count
      from unnest($2::float8[], $3::float8[]) as piece (from_ms, to_ms)
      join cluster_hours hours on hours.tenant_id = $1
        and hours.hour_at >= to_timestamp(piece.from_ms / 1000) and hours.hour_at < to_timestamp(piece.to_ms / 1000)
      where cardinality($6::smallint[]) = 0 or hours.level = any($6::smallint[])
      union all
      select minutes.cluster_id, minutes.event_count, minutes.line_count
      from unnest($4::float8[], $5::float8[]) as piece (from_ms, to_ms)
      join streams on streams.tenant_id = $1
      join cluster_minutes minutes on minutes.tenant_id = $1 and minutes.stream_id = streams.id
        and minutes.minute_at >= to_timestamp(piece.from_ms / 1000) and minutes.minute_at < to_timestamp(piece.to_ms / 1000)
      where cardinality($6::smallint[]) = 0 or minutes.level = any($6::smallint[])
    ), sums as (
      select cluster_id, sum(event_count)::bigint as event_count, sum(line_count)::bigint as line_count
      from counts group by cluster_id
    ), matching as materialized (
      select clusters.id, clusters.service, clusters.namespace, clusters.level, clusters.first_seen_at, clusters.last_seen_at,
        sums.event_count, sums.line_count
      from sums join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = sums.cluster_id
      where (sums.event_count > 0 or sums.line_count > 0)
        and (cardinality($7::text[]) = 0 or clusters.service = any($7::text[]))
        and (cardinality($8::text[]) = 0 or clusters.namespace = any($8::text[]))
        and ($9::text = '' or strpos(clusters.search_text, $9::text) > 0)
    ), totals as (
      select count(*) as total_cluster_count, coalesce(sum(event_count), 0)::bigint as total_event_count,
        coalesce(sum(line_count), 0)::bigint as total_line_count
      from matching
    ), page as (
      select *, row_number() over (order by ${order}, id) as position
      from matching order by ${order}, id limit $10 offset $11
    )
    select totals.*, page.*, clusters.template, clusters.template_text
    from totals
    left join page on true
    left join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = page.id
    order by page.position`;
}
