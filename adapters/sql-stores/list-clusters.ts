import type { ClusterFilter, ClusterList, ClusterPage, MinuteRange, SqlSession } from '@loghunter/ports';
import { planTrend } from '@loghunter/ports';
import { coverRange } from './cover-range.ts';
import { presentCluster } from './cluster-row.ts';
import type { StoredCluster } from './cluster-row.ts';
import { levelToNumber } from './levels.ts';
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
  const levels = filter.levels.map(levelToNumber);
  const rows = await session.query<ListedCluster>(listText(orderBySort[page.sort][page.order]), [
    tenantId,
    boundsOf(range),
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

// Places of the bounds: two pieces of days, of six hours, of hours, of minutes. A fixed number of conditions on one table, because a join
// with a list of pieces is several times slower (tests/bench/cluster-list.bench.ts).
const spanPlaces = [24, 24, 6, 6, 1, 1];
const minutePlaces = [6, 7];

function boundsOf(range: MinuteRange): readonly number[] {
  const { spans, minutes } = coverRange(range);
  return [...spans.map((span) => span.pieces), minutes].flatMap((pieces) =>
    [pieces[0], pieces[1]].flatMap((piece) => (piece === undefined ? [0, 0] : [piece.fromMs, piece.toMs]))
  );
}

function insideText(column: string, place: number): string {
  const bound = (index: number) => `to_timestamp(($2::float8[])[${index}] / 1000)`;
  return `${column} >= ${bound(place * 2 + 1)} and ${column} < ${bound(place * 2 + 2)}`;
}

// The template is fetched for the page only: carrying it through sums and sorting would cost more than all the rest.
// Sums are float8, exact up to 2^53 as JavaScript's numbers are, because sums of bigint are numeric and cost twice the time.
function listText(order: string): string {
  return `
    with counts as (
      select cluster_id, event_count::float8 as event_count, line_count::float8 as line_count
      from cluster_spans
      where tenant_id = $1
        and (${spanPlaces.map((spanHours, place) => `span_hours = ${spanHours} and ${insideText('start_at', place)}`).join(' or ')})
        and (cardinality($3::smallint[]) = 0 or level = any($3::smallint[]))
      ${minutePlaces.map(edgeText).join('')}
    ), sums as (
      select cluster_id, sum(event_count) as event_count, sum(line_count) as line_count
      from counts group by cluster_id
    ), members as materialized (
      select id, canonical_id, level, first_seen_at, last_seen_at
      from error_clusters where tenant_id = $1 and canonical_id is not null
    ), seen as (
      select canonical_id, max(level) as level, min(first_seen_at) as first_seen_at, max(last_seen_at) as last_seen_at
      from members group by canonical_id
    ), merged as (
      select coalesce(members.canonical_id, sums.cluster_id) as cluster_id,
        sum(sums.event_count) as event_count, sum(sums.line_count) as line_count
      from sums left join members on members.id = sums.cluster_id
      group by 1
    ), matching as materialized (
      select clusters.id, clusters.service, clusters.namespace, greatest(clusters.level, seen.level) as level,
        least(clusters.first_seen_at, seen.first_seen_at) as first_seen_at,
        greatest(clusters.last_seen_at, seen.last_seen_at) as last_seen_at,
        sums.event_count, sums.line_count
      from merged sums join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = sums.cluster_id
      left join seen on seen.canonical_id = clusters.id
      where (sums.event_count > 0 or sums.line_count > 0)
        and (cardinality($4::text[]) = 0 or clusters.service = any($4::text[]))
        and (cardinality($5::text[]) = 0 or clusters.namespace = any($5::text[]))
        and ($6::text = '' or strpos(clusters.search_text, $6::text) > 0)
    ), totals as (
      select count(*) as total_cluster_count, coalesce(sum(event_count), 0) as total_event_count,
        coalesce(sum(line_count), 0) as total_line_count
      from matching
    ), page as (
      select *, row_number() over (order by ${order}, id) as position
      from matching order by ${order}, id limit $7 offset $8
    )
    select totals.*, page.*, clusters.template, clusters.template_text
    from totals
    left join page on true
    left join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = page.id
    order by page.position`;
}

// By way of the streams, so that the primary key leads to the minutes of each.
function edgeText(place: number): string {
  return `
      union all
      select minutes.cluster_id, minutes.event_count::float8, minutes.line_count::float8
      from streams
      join cluster_minutes minutes on minutes.tenant_id = $1 and minutes.stream_id = streams.id
        and ${insideText('minutes.minute_at', place)}
      where streams.tenant_id = $1 and (cardinality($3::smallint[]) = 0 or minutes.level = any($3::smallint[]))`;
}
