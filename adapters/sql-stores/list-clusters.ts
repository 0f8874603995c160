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
  readonly sort_key: readonly string[];
}

interface SortColumn {
  readonly column: string;
  /** What a key holds of it, when not the column itself. */
  readonly key?: string;
  readonly type: string;
}

const microseconds = (column: string) => ({
  column,
  key: `(extract(epoch from ${column}) * 1000000)::bigint`,
  type: 'bigint',
});
const words = (column: string) => ({ column: `${column} collate "C"`, type: 'text' });

// Constant pieces of SQL: a request can only choose one of them. Keys of pages are texts, so each has a type to become again.
const columnsBySort: Readonly<Record<ClusterPage['sort'], readonly SortColumn[]>> = {
  count: [
    { column: 'event_count', type: 'float8' },
    { column: 'line_count', type: 'float8' },
  ],
  firstSeen: [microseconds('first_seen_at')],
  lastSeen: [microseconds('last_seen_at')],
  level: [{ column: 'level', type: 'smallint' }],
  service: [words('service'), words('namespace')],
  state: [{ column: 'state_rank', type: 'integer' }],
  assignee: [words('assignee_key')],
};
const stateOrder = "array['resolved', 'ignored', 'ongoing', 'new', 'escalating', 'regressed']";
// After every name that Unicode has.
const nobody = 'chr(1114111)';

/** One page of the clusters that have counts in the range, and the totals of all pages. */
export async function listClusters(
  session: SqlSession,
  tenantId: string,
  filter: ClusterFilter,
  page: ClusterPage
): Promise<ClusterList> {
  const { range } = filter;
  const levels = filter.levels.map(levelToNumber);
  const rows = await session.query<ListedCluster>(listText(filter, page), [
    tenantId,
    boundsOf(range),
    levels,
    filter.services.map(toStorableText),
    filter.namespaces.map(toStorableText),
    toStorableText(filter.text).toLowerCase(),
    page.limit,
    page.offset,
    filter.states ?? [],
    (filter.assigneeIds ?? []).filter((id) => id !== null),
    (filter.assigneeIds ?? []).includes(null),
    filter.freshAfterMs ?? null,
    // A key of another sort would be compared with the wrong columns.
    page.afterKey?.length === columnsBySort[page.sort].length + 1 ? page.afterKey : null,
  ]);
  const [totals] = rows;
  // One row more than the page says whether there is another one.
  const found = rows.filter((row) => row.id !== null);
  const listed = found.slice(0, page.limit);
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
    nextKey: found.length > listed.length ? (listed.at(-1)?.sort_key ?? null) : null,
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

// Where nothing else needs it, rows of the work list are fetched for the page only.
function needsWork(filter: ClusterFilter, { sort }: ClusterPage): boolean {
  const { states = [], assigneeIds = [], freshAfterMs } = filter;
  return (
    states.length > 0 || assigneeIds.length > 0 || freshAfterMs !== undefined || sort === 'state' || sort === 'assignee'
  );
}

const hasAssignee = `((cardinality($10::text[]) = 0 and not $11::boolean)`;
const isFresh = (column: string) => `($12::float8 is null or ${column} > to_timestamp($12::float8 / 1000))`;

// Chosen first, so that nothing else is added up. What the list does not know yet is new, and nobody's.
const wantedText = `, wanted as materialized (
      select listed.cluster_id, array_position(${stateOrder}, listed.state) as state_rank,
        coalesce(lower(listed.assignee_name), ${nobody}) as assignee_key
      from cluster_work listed
      where listed.tenant_id = $1 and (cardinality($9::text[]) = 0 or listed.state = any($9::text[]))
        and (${hasAssignee} or listed.assignee_id = any($10::text[]) or ($11::boolean and listed.assignee_id is null)))
        and ($12::float8 is null or listed.state in ('new', 'regressed', 'escalating')) and ${isFresh('listed.since_at')}
      union all
      select clusters.id, array_position(${stateOrder}, 'new'), ${nobody}
      from error_clusters clusters
      where clusters.tenant_id = $1 and clusters.canonical_id is null and (cardinality($9::text[]) = 0 or 'new' = any($9::text[]))
        and (${hasAssignee} or $11::boolean)) and ${isFresh('clusters.created_at')}
        and not exists (select from cluster_work listed where listed.tenant_id = $1 and listed.cluster_id = clusters.id)
    ), counted as materialized (
      select cluster_id from wanted
      union all
      select members.id from members join wanted on wanted.cluster_id = members.canonical_id
    )`;
const unusedWorkFilter = `
        and cardinality($9::text[]) = 0 and cardinality($10::text[]) = 0 and not $11::boolean and $12::float8 is null`;

interface Order {
  readonly by: string;
  readonly after: string;
  readonly key: string;
}

function orderOf({ sort, order }: ClusterPage): Order {
  const columns = columnsBySort[sort];
  const keys = columns.map(({ column, key }) => key ?? column).join(', ');
  const given = columns.map(({ type }, place) => `($13::text[])[${place + 1}]::${type}`).join(', ');
  const beyond = `(${keys}) ${order === 'asc' ? '>' : '<'} (${given})`;
  const idKey = `($13::text[])[${columns.length + 1}]::uuid`;
  return {
    by: [...columns.map(({ column }) => `${column} ${order}`), 'id'].join(', '),
    after: `($13::text[] is null or ${beyond} or ((${keys}) = (${given}) and id > ${idKey}))`,
    key: `array[${[...columns.map(({ column, key }) => key ?? column), 'id'].map((part) => `(${part})::text`).join(', ')}]`,
  };
}

// The template is fetched for the page only: carrying it through sums and sorting would cost more than all the rest.
// Sums are float8, exact up to 2^53 as JavaScript's numbers are, because sums of bigint are numeric and cost twice the time.
function listText(filter: ClusterFilter, listPage: ClusterPage): string {
  const order = orderOf(listPage);
  const isWorkNeeded = needsWork(filter, listPage);
  return `
    with members as materialized (
      select id, canonical_id, level, first_seen_at, last_seen_at
      from error_clusters where tenant_id = $1 and canonical_id is not null
    )${isWorkNeeded ? wantedText : ''}, counts as (
      select cluster_id, event_count::float8 as event_count, line_count::float8 as line_count
      from cluster_spans
      where tenant_id = $1 ${isWorkNeeded ? 'and cluster_id in (select cluster_id from counted)' : ''}
        and (${spanPlaces.map((spanHours, place) => `span_hours = ${spanHours} and ${insideText('start_at', place)}`).join(' or ')})
        and (cardinality($3::smallint[]) = 0 or level = any($3::smallint[]))
      ${minutePlaces.map((place) => edgeText(place, isWorkNeeded)).join('')}
    ), sums as (
      select cluster_id, sum(event_count) as event_count, sum(line_count) as line_count
      from counts group by cluster_id
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
        sums.event_count, sums.line_count${isWorkNeeded ? ', wanted.state_rank, wanted.assignee_key' : ''}
      from merged sums join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = sums.cluster_id
      left join seen on seen.canonical_id = clusters.id
      ${isWorkNeeded ? 'join wanted on wanted.cluster_id = clusters.id' : ''}
      where (sums.event_count > 0 or sums.line_count > 0)
        and (cardinality($4::text[]) = 0 or clusters.service = any($4::text[]))
        and (cardinality($5::text[]) = 0 or clusters.namespace = any($5::text[]))
        and ($6::text = '' or strpos(clusters.search_text, $6::text) > 0)${isWorkNeeded ? '' : unusedWorkFilter}
    ), totals as (
      select count(*) as total_cluster_count, coalesce(sum(event_count), 0) as total_event_count,
        coalesce(sum(line_count), 0) as total_line_count
      from matching
    ), page as (
      select *, row_number() over (order by ${order.by}) as position, ${order.key} as sort_key
      from matching where ${order.after} order by ${order.by} limit $7::bigint + 1 offset $8
    )
    select totals.*, page.*, clusters.template, clusters.template_text,
      listed.work, listed.assignee_kind, listed.assignee_id, listed.assignee_name
    from totals
    left join page on true
    left join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = page.id
    left join cluster_work listed on listed.tenant_id = $1 and listed.cluster_id = page.id
    order by page.position`;
}

// By way of the streams, so that the primary key leads to the minutes of each.
function edgeText(place: number, isWorkNeeded: boolean): string {
  return `
      union all
      select minutes.cluster_id, minutes.event_count::float8, minutes.line_count::float8
      from streams
      join cluster_minutes minutes on minutes.tenant_id = $1 and minutes.stream_id = streams.id
        and ${insideText('minutes.minute_at', place)} ${isWorkNeeded ? 'and minutes.cluster_id in (select cluster_id from counted)' : ''}
      where streams.tenant_id = $1 and (cardinality($3::smallint[]) = 0 or minutes.level = any($3::smallint[]))`;
}
