import type { ClusterFilter, ClusterPage, MinuteRange, SqlValue } from '@loghunter/ports';
import { coverRange } from './cover-range.ts';
import { levelToNumber } from './levels.ts';
import { toStorableText } from './storable-text.ts';

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

/** A statement with its parameters. */
export interface ListStatement {
  readonly text: string;
  readonly parameters: readonly SqlValue[];
}

/** Takes a value and gives the place that stands for it. */
type Place = (value: SqlValue) => string;

/**
 * The statement of one page and of the totals of all pages. It holds only what the filter, the sort and the range need: each part that is left out is
 * a part that Postgres neither plans nor does (figures: tests/bench/work-list.bench.ts).
 */
export function listStatement(tenantId: string, filter: ClusterFilter, page: ClusterPage): ListStatement {
  const parameters: SqlValue[] = [tenantId];
  const place: Place = (value) => `$${parameters.push(value)}`;
  const wanted = wantedText(filter, place);
  const order = orderOf(page, place);
  // Sums are float8, exact up to 2^53 as JavaScript's numbers are, because sums of bigint are numeric and cost twice the time.
  // The template and what the sort does not need are fetched for the page only.
  const text = `
    with members as materialized (
      select id, canonical_id, level, first_seen_at, last_seen_at
      from error_clusters where tenant_id = $1 and canonical_id is not null
    ), seen as (
      select canonical_id, max(level) as level, min(first_seen_at) as first_seen_at, max(last_seen_at) as last_seen_at
      from members group by canonical_id
    )${wanted}, counts as (
      ${countBranches(filter, wanted !== '', place).join(' union all ')}
    ), sums as materialized (
      select coalesce(members.canonical_id, counts.cluster_id) as id, sum(event_count) as event_count, sum(line_count) as line_count
      from counts left join members on members.id = counts.cluster_id
      group by 1 having sum(event_count) > 0 or sum(line_count) > 0
    ), totals as (
      select count(*) as total_cluster_count, coalesce(sum(event_count), 0) as total_event_count,
        coalesce(sum(line_count), 0) as total_line_count
      from sums
    ), page as (
      select *, row_number() over () as position from (
        select *, ${order.key} as sort_key from (${sortedText(page)}) as matching
        where ${order.after} order by ${order.by} limit ${place(page.limit)}::bigint + 1 offset ${place(page.offset)}
      ) ordered
    )
    select totals.*, page.sort_key, page.id, page.event_count, page.line_count, clusters.service, clusters.namespace,
      greatest(clusters.level, seen.level) as level, least(clusters.first_seen_at, seen.first_seen_at) as first_seen_at,
      greatest(clusters.last_seen_at, seen.last_seen_at) as last_seen_at, clusters.template, clusters.template_text,
      listed.work, listed.assignee_kind, listed.assignee_id, listed.assignee_name
    from totals
    left join page on true
    left join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = page.id
    left join seen on seen.canonical_id = page.id
    left join cluster_work listed on listed.tenant_id = $1 and listed.cluster_id = page.id
    order by page.position`;
  return { text, parameters };
}

// Chosen first, so that nothing else is added up; empty when everything is wanted.
function wantedText(filter: ClusterFilter, place: Place): string {
  const { services, namespaces, text, states = [], assigneeIds = [], freshAfterMs } = filter;
  const ids = assigneeIds.filter((id) => id !== null);
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
  const join =
    workConditions.length === 0
      ? ''
      : 'left join cluster_work listed on listed.tenant_id = $1 and listed.cluster_id = clusters.id';
  return `, wanted as materialized (
      select clusters.id from error_clusters clusters ${join}
      where clusters.tenant_id = $1 and clusters.canonical_id is null and ${all.join(' and ')}
    ), counted as materialized (
      select id as cluster_id from wanted
      union all
      select members.id from members join wanted on wanted.id = members.canonical_id
    )`;
}

// Written so that Postgres can tell how many there are; of `coalesce` it cannot.
function stateCondition(states: readonly string[], place: Place): string {
  const isListed = `listed.state = any(${place(states)}::text[])`;
  return states.includes('new') ? `(${isListed} or listed.state is null)` : isListed;
}

/** One branch for each piece of the range: days, six hours, hours, and minutes by way of the streams, so that the primary key leads to them. */
function countBranches(filter: ClusterFilter, isChosen: boolean, place: Place): readonly string[] {
  const levels = filter.levels.length === 0 ? null : place(filter.levels.map(levelToNumber));
  const { spans, minutes } = coverRange(filter.range);
  const from = (table: string) =>
    isChosen ? `counted join ${table} on ${table}.cluster_id = counted.cluster_id and` : `${table} where`;
  const inside = (column: string, { fromMs, toMs }: MinuteRange) =>
    `${column} >= to_timestamp(${place(fromMs)}::float8 / 1000) and ${column} < to_timestamp(${place(toMs)}::float8 / 1000)`;
  const ofLevels = (table: string) => (levels === null ? '' : ` and ${table}.level = any(${levels}::smallint[])`);
  const columns = (table: string) =>
    `select ${table}.cluster_id, ${table}.event_count::float8 as event_count, ${table}.line_count::float8 as line_count`;
  const spanBranches = spans.flatMap(({ spanHours, pieces }) =>
    pieces.map(
      (piece) => `
      ${columns('cluster_spans')} from ${from('cluster_spans')} cluster_spans.tenant_id = $1
        and cluster_spans.span_hours = ${spanHours} and ${inside('cluster_spans.start_at', piece)}${ofLevels('cluster_spans')}`
    )
  );
  const minuteBranches = minutes.map(
    (piece) => `
      ${columns('minutes')} from streams
      join cluster_minutes minutes on minutes.tenant_id = $1 and minutes.stream_id = streams.id
        and ${inside('minutes.minute_at', piece)}${ofLevels('minutes')}
        ${isChosen ? 'and minutes.cluster_id in (select cluster_id from counted)' : ''}
      where streams.tenant_id = $1`
  );
  return [...spanBranches, ...minuteBranches];
}

// What is sorted: the sums, and beside them what the sort alone needs.
function sortedText({ sort }: ClusterPage): string {
  if (sort === 'count') {
    return 'select id, event_count, line_count from sums';
  }
  const columns: Readonly<Record<Exclude<ClusterPage['sort'], 'count'>, string>> = {
    firstSeen: 'least(clusters.first_seen_at, seen.first_seen_at) as first_seen_at',
    lastSeen: 'greatest(clusters.last_seen_at, seen.last_seen_at) as last_seen_at',
    level: 'greatest(clusters.level, seen.level) as level',
    service: 'clusters.service, clusters.namespace',
    // What the list does not know yet is new, and nobody's.
    state: `array_position(${stateOrder}, coalesce(listed.state, 'new')) as state_rank`,
    assignee: `coalesce(lower(listed.assignee_name), ${nobody}) as assignee_key`,
  };
  const isOfWork = sort === 'state' || sort === 'assignee';
  return `select sums.id, sums.event_count, sums.line_count, ${columns[sort]} from sums ${
    isOfWork
      ? 'left join cluster_work listed on listed.tenant_id = $1 and listed.cluster_id = sums.id'
      : `join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = sums.id
         left join seen on seen.canonical_id = sums.id`
  }`;
}

interface Order {
  readonly by: string;
  readonly after: string;
  readonly key: string;
}

function orderOf({ sort, order, afterKey }: ClusterPage, place: Place): Order {
  const columns = columnsBySort[sort];
  const keys = columns.map(({ column, key }) => key ?? column).join(', ');
  // A key of another sort would be compared with the wrong columns.
  const isAfter = afterKey?.length === columns.length + 1;
  return {
    by: [...columns.map(({ column }) => `${column} ${order}`), 'id'].join(', '),
    after: isAfter ? afterText(columns, keys, order, place(afterKey)) : 'true',
    key: `array[${[...columns.map(({ column, key }) => key ?? column), 'id'].map((part) => `(${part})::text`).join(', ')}]`,
  };
}

function afterText(columns: readonly SortColumn[], keys: string, order: ClusterPage['order'], given: string): string {
  const values = columns.map(({ type }, index) => `(${given}::text[])[${index + 1}]::${type}`).join(', ');
  const id = `(${given}::text[])[${columns.length + 1}]::uuid`;
  return `((${keys}) ${order === 'asc' ? '>' : '<'} (${values}) or ((${keys}) = (${values}) and id > ${id}))`;
}
