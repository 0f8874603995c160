// How a list is sorted, and where its next page goes on.
import { laterHalfOf, type ClusterFilter, type ClusterPage, type SqlValue } from '@loghunter/ports';

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
  trend: [{ column: 'trend_score', type: 'float8' }],
};
const stateOrder = "array['resolved', 'ignored', 'ongoing', 'new', 'escalating', 'regressed']";
// After every name that Unicode has.
const nobody = 'chr(1114111)';

/** What decides how counts are best added up. */
export interface ClusterFacts {
  /** Roughly, of all tenants together. */
  readonly clusterCount: number;
  /** Whether rules made any cluster of the tenant part of another one. */
  readonly hasMembers: boolean;
}

/** A look-up by index takes some three times as long as a row that is gone through (tests/bench/work-list.bench.ts). */
export const lookupsPerScannedCluster = 8;

/** Takes a value and gives the place that stands for it. */
export type Place = (value: SqlValue) => string;

/** Level, first and last seen of a canonical cluster, its members' with them. */
export function seenColumns(hasMembers: boolean) {
  return hasMembers
    ? {
        level: 'greatest(clusters.level, seen.level)',
        firstSeenAt: 'least(clusters.first_seen_at, seen.first_seen_at)',
        lastSeenAt: 'greatest(clusters.last_seen_at, seen.last_seen_at)',
      }
    : { level: 'clusters.level', firstSeenAt: 'clusters.first_seen_at', lastSeenAt: 'clusters.last_seen_at' };
}

/** What is sorted: the sums, and beside them what the sort alone needs. */
export function sortedText({ range }: ClusterFilter, { sort }: ClusterPage, facts: ClusterFacts, place: Place): string {
  const { hasMembers } = facts;
  if (sort === 'count') {
    return 'select id, event_count, line_count from sums';
  }
  if (sort === 'trend') {
    const share = `${place(laterHalfOf(range).share)}::float8`;
    return `select id, event_count, line_count, coalesce(
        (coalesce(later_count, 0) - event_count * ${share}) / nullif(sqrt(event_count * ${share} * (1 - ${share})), 0), 0
      ) as trend_score from sums`;
  }
  const seen = seenColumns(hasMembers);
  const columns: Readonly<Record<Exclude<ClusterPage['sort'], 'count' | 'trend'>, string>> = {
    firstSeen: `${seen.firstSeenAt} as first_seen_at`,
    lastSeen: `${seen.lastSeenAt} as last_seen_at`,
    level: `${seen.level} as level`,
    service: 'clusters.service, clusters.namespace',
    // What the list does not know yet is new, and nobody's.
    state: `array_position(${stateOrder}, coalesce(listed.state, 'new')) as state_rank`,
    assignee: `coalesce(lower(listed.assignee_name), ${nobody}) as assignee_key`,
  };
  const sorted = `sums.id, sums.event_count, sums.line_count, ${columns[sort]}`;
  return sort === 'state' || sort === 'assignee'
    ? besideSums(sorted, 'listed', facts, place)
    : besideSums(sorted, 'clusters', facts, place, hasMembers ? 'left join seen on seen.canonical_id = sums.id' : '');
}

const besides = {
  listed: { table: 'cluster_work', key: 'cluster_id', columns: 'cluster_id, state, assignee_name', join: 'left join' },
  clusters: {
    ...{ table: 'error_clusters', key: 'id', columns: 'id, service, namespace, level, first_seen_at, last_seen_at' },
    join: 'join',
  },
};

/**
 * What another table knows of the clusters in `sums`: looked up one by one when they are few among all, gone through otherwise. How many they are
 * only shows when they are summed, so that no planner knows it: Postgres leaves out the half that does not hold.
 */
export function besideSums(
  selected: string,
  alias: keyof typeof besides,
  { clusterCount }: ClusterFacts,
  place: Place,
  further = ''
): string {
  const { table, key, columns, join } = besides[alias];
  const isWide = `(select count(*) * ${lookupsPerScannedCluster} >= ${place(clusterCount)}::float8 from sums)`;
  return `
    select ${selected} from sums ${join} ${table} ${alias} on ${alias}.tenant_id = $1 and ${alias}.${key} = sums.id ${further}
    where not ${isWide}
    union all
    select ${selected} from sums
    ${join} (select ${columns} from ${table} where tenant_id = $1 offset 0) ${alias} on ${alias}.${key} = sums.id ${further}
    where ${isWide}`;
}

interface Order {
  readonly by: string;
  readonly after: string;
  readonly key: string;
}

/** The order of a page, what its rows come after, and the key of each row. */
export function orderOf({ sort, order, afterKey }: ClusterPage, place: Place): Order {
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
