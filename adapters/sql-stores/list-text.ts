import { laterHalfOf, type ClusterFilter, type ClusterPage, type MinuteRange, type SqlValue } from '@loghunter/ports';
import { coverRange } from './cover-range.ts';
import { levelToNumber } from './levels.ts';
import {
  besideSums,
  lookupsPerScannedCluster,
  orderOf,
  seenColumns,
  sortedText,
  type ClusterFacts,
  type Place,
} from './list-order.ts';
import { toStorableText } from './storable-text.ts';

/** A statement with its parameters. */
export interface ListStatement {
  readonly text: string;
  readonly parameters: readonly SqlValue[];
}

/**
 * The statement of one page and of the totals of all pages. It holds only what the filter, the sort and the range need: each part that is left out is
 * a part that Postgres neither plans nor does (figures: tests/bench/work-list.bench.ts).
 */
export function listStatement(
  tenantId: string,
  filter: ClusterFilter,
  page: ClusterPage,
  facts: ClusterFacts
): ListStatement {
  const { hasMembers } = facts;
  const parameters: SqlValue[] = [tenantId];
  const place: Place = (value) => `$${parameters.push(value)}`;
  const sums = sumQueries(filter, page.sort === 'trend', facts, place);
  const order = orderOf(page, place);
  const { level, firstSeenAt, lastSeenAt } = seenColumns(hasMembers);
  // The template and what the sort does not need are fetched for the page only.
  const text = `
    with ${sums}, totals as (
      select count(*) as total_cluster_count, coalesce(sum(event_count), 0) as total_event_count,
        coalesce(sum(line_count), 0) as total_line_count
      from sums
    ), page as (
      select *, ${order.key} as sort_key, row_number() over () as position from (
        select * from (${sortedText(filter, page, facts, place)}) as matching
        where ${order.after} order by ${order.by} limit ${place(page.limit)}::bigint + 1 offset ${place(page.offset)}
      ) ordered
    )
    select totals.*, page.sort_key, page.id, page.event_count, page.line_count, clusters.service, clusters.namespace,
      ${level} as level, ${firstSeenAt} as first_seen_at, ${lastSeenAt} as last_seen_at, clusters.template, clusters.template_text,
      listed.work, listed.assignee_kind, listed.assignee_id, listed.assignee_name
    from totals
    left join page on true
    left join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = page.id
    ${hasMembers ? 'left join seen on seen.canonical_id = page.id' : ''}
    left join cluster_work listed on listed.tenant_id = $1 and listed.cluster_id = page.id
    order by page.position`;
  return { text, parameters };
}

/** The statement that counts the clusters of a list by state; what the work list does not know yet is new. */
export function stateStatement(tenantId: string, filter: ClusterFilter, facts: ClusterFacts): ListStatement {
  const parameters: SqlValue[] = [tenantId];
  const place: Place = (value) => `$${parameters.push(value)}`;
  const text = `
    with ${sumQueries(filter, false, facts, place)}
    select state, count(*)::integer as cluster_count
    from (${besideSums("coalesce(listed.state, 'new') as state", 'listed', facts, place)}) shown
    group by 1`;
  return { text, parameters };
}

/**
 * Queries of a `with` that end with `sums`: the counts of each canonical cluster in the range. They are float8, exact up to 2^53 as JavaScript's
 * numbers are, because sums of bigint are numeric and cost more when they are converted.
 */
function sumQueries(filter: ClusterFilter, isTrend: boolean, facts: ClusterFacts, place: Place): string {
  const wanted = wantedText(filter, facts, place);
  const branches = (isTrend ? halfBranches : countBranches)(filter, wanted !== '', place);
  const counts = `
      select cluster_id as id, sum(event_count) as event_count, sum(line_count) as line_count
        ${isTrend ? ', sum(event_count) filter (where is_later) as later_count' : ''}
      from (${branches.join(' union all ')}) counted
      group by 1 having sum(event_count) > 0 or sum(line_count) > 0`;
  return facts.hasMembers
    ? `${membersText}${wanted}counts as materialized (${counts}
    ), sums as materialized (${membersSumText(isTrend)}
    )`
    : `${wanted}sums as materialized (${counts}
    )`;
}

const membersText = `members as materialized (
      select id, canonical_id, level, first_seen_at, last_seen_at
      from error_clusters where tenant_id = $1 and canonical_id is not null
    ), seen as (
      select canonical_id, max(level) as level, min(first_seen_at) as first_seen_at, max(last_seen_at) as last_seen_at
      from members group by canonical_id
    ), `;

// Counts of clusters first, and of those that rules put together after that: there are far fewer clusters than counts.
function membersSumText(isTrend: boolean): string {
  return `
      select coalesce(members.canonical_id, counts.id) as id, sum(event_count) as event_count, sum(line_count) as line_count
        ${isTrend ? ', sum(later_count) as later_count' : ''}
      from counts left join members on members.id = counts.id
      group by 1`;
}

// Chosen first, so that nothing else is added up; empty when everything is wanted.
function wantedText(filter: ClusterFilter, { clusterCount, hasMembers }: ClusterFacts, place: Place): string {
  const { services, namespaces, text, states = [], assigneeIds = [], freshAfterMs } = filter;
  const ids = assigneeIds.filter((id) => id !== null).map(toStorableText);
  const conditions = [
    ...(services.length === 0 ? [] : [`clusters.service = any(${place(services.map(toStorableText))}::text[])`]),
    ...(namespaces.length === 0 ? [] : [`clusters.namespace = any(${place(namespaces.map(toStorableText))}::text[])`]),
    ...(text === '' ? [] : [`strpos(clusters.search_text, ${place(toStorableText(text).toLowerCase())}::text) > 0`]),
  ];
  const workConditions = [
    ...(states.length === 0 ? [] : [stateCondition(states, place)]),
    ...(assigneeIds.length === 0
      ? []
      : [
          `(listed.assignee_id = any(${place(ids)}::text[])${assigneeIds.includes(null) ? ' or listed.assignee_id is null' : ''})`,
        ]),
    ...(freshAfterMs === undefined
      ? []
      : [
          stateCondition(['new', 'regressed', 'escalating'], place),
          `coalesce(listed.since_at, clusters.created_at) > to_timestamp(${place(freshAfterMs)}::float8 / 1000)`,
        ]),
  ];
  const all = [...conditions, ...workConditions];
  if (all.length === 0) {
    return '';
  }
  const memberIds = 'union all select members.id from members join wanted on wanted.id = members.canonical_id';
  // What the list does not know yet is new and nobody's; everything else has a row of its own in it.
  const isListed =
    conditions.length === 0 &&
    freshAfterMs === undefined &&
    (states.length > 0 ? !states.includes('new') : !assigneeIds.includes(null));
  const join =
    workConditions.length === 0
      ? ''
      : 'left join cluster_work listed on listed.tenant_id = $1 and listed.cluster_id = clusters.id';
  const wanted = isListed
    ? `select listed.cluster_id as id from cluster_work listed where listed.tenant_id = $1 and ${all.join(' and ')}
         ${hasMembers ? 'and not exists (select from members where members.id = listed.cluster_id)' : ''}`
    : `select clusters.id from error_clusters clusters ${join}
       where clusters.tenant_id = $1 and clusters.canonical_id is null and ${all.join(' and ')}`;
  return `wanted as materialized (
      ${wanted}
    ), chosen as materialized (
      select id from wanted ${hasMembers ? memberIds : ''}
    ), choice as materialized (
      select count(*) * ${lookupsPerScannedCluster} < ${place(clusterCount)}::float8 as is_small from chosen
    ), `;
}

// Written so that Postgres can tell how many there are; of `coalesce` it cannot.
function stateCondition(states: readonly string[], place: Place): string {
  const isListed = `listed.state = any(${place(states)}::text[])`;
  return states.includes('new') ? `(${isListed} or listed.state is null)` : isListed;
}

/**
 * One branch for each piece of the range: days, six hours, hours, and minutes. The counts of few chosen clusters are looked up for each of them; those of
 * all are gone through when many are chosen or none was. Which it is only shows when the clusters are chosen: Postgres leaves out the branches that do not hold.
 */
function countBranches(filter: ClusterFilter, isChosen: boolean, place: Place, column = ''): readonly string[] {
  const levels = filter.levels.length === 0 ? null : place(filter.levels.map(levelToNumber));
  const { spans, minutes } = coverRange(filter.range);
  const inside = (column: string, { fromMs, toMs }: MinuteRange) =>
    `${column} >= to_timestamp(${place(fromMs)}::float8 / 1000) and ${column} < to_timestamp(${place(toMs)}::float8 / 1000)
        ${levels === null ? '' : `and counts.level = any(${levels}::smallint[])`}`;
  const pieces = [
    ...spans.flatMap(({ spanHours, pieces }) =>
      pieces.map((piece) => ({
        table: 'cluster_spans',
        // Lets Postgres know the part of the table, and the index, when it plans.
        where: `counts.span_hours = ${spanHours} and ${inside('counts.start_at', piece)}`,
        all: 'cluster_spans counts where',
      }))
    ),
    ...minutes.map((piece) => ({
      table: 'cluster_minutes',
      where: inside('counts.minute_at', piece),
      // By way of the streams, so that the primary key leads to them.
      all: 'streams join cluster_minutes counts on counts.tenant_id = $1 and counts.stream_id = streams.id where streams.tenant_id = $1 and',
    })),
  ];
  const columns = `counts.cluster_id, counts.event_count::float8 as event_count, counts.line_count::float8 as line_count${column}`;
  return pieces.flatMap(({ table, where, all }) => {
    const ofAll = `
      select ${columns} from ${all} counts.tenant_id = $1 and ${where}`;
    return isChosen
      ? [
          // `is true` keeps it a look-up in a table of hashes: joined, Postgres hashes all counts, because it does not know how many are chosen.
          `${ofAll} and not (select is_small from choice) and (counts.cluster_id in (select id from chosen)) is true`,
          `
      select found.* from chosen cross join lateral (
        select ${columns} from ${table} counts where counts.tenant_id = $1 and counts.cluster_id = chosen.id and ${where} offset 0
      ) found where (select is_small from choice)`,
        ]
      : [ofAll];
  });
}

// The same for each half of the range, so that a trend needs no second way through the counts.
function halfBranches(filter: ClusterFilter, isChosen: boolean, place: Place): readonly string[] {
  const { fromMs, toMs } = filter.range;
  const halfMs = laterHalfOf(filter.range).fromMs;
  return [
    ...countBranches({ ...filter, range: { fromMs, toMs: halfMs } }, isChosen, place, ', false as is_later'),
    ...countBranches({ ...filter, range: { fromMs: halfMs, toMs } }, isChosen, place, ', true as is_later'),
  ];
}
