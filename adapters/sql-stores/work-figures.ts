import type { DueWork, ListedWork, SqlSession, SqlValue, WorkRate } from '@loghunter/ports';
import { coverRange } from './cover-range.ts';
import { presentListed, type StoredListedWork } from './work-rows.ts';

const hourMs = 3_600_000;
/** A usual hour is one of the seven days before. */
const usualHours = 7 * 24;

// A canonical cluster's figures are those of its members, too.
const figures = `
  cross join lateral (
    select min(members.first_seen_at) as first_seen_at, max(members.last_seen_at) as last_seen_at,
      sum(members.event_count)::bigint as event_count
    from error_clusters members
    where members.tenant_id = $1 and (members.id = clusters.id or members.canonical_id = clusters.id)
  ) seen`;
const figureColumns = 'clusters.service, clusters.namespace, seen.first_seen_at, seen.last_seen_at, seen.event_count';
const workColumns = 'listed.work, listed.assignee_kind, listed.assignee_id, listed.assignee_name, listed.revision';

/** The canonical clusters that ids stand for. */
export async function findCanonicalIds(
  session: SqlSession,
  tenantId: string,
  clusterIds: readonly string[]
): Promise<readonly string[]> {
  const rows = await session.query<{ id: string }>(
    `select distinct coalesce(canonical_id, id) as id from error_clusters where tenant_id = $1 and id = any($2::uuid[])`,
    [tenantId, clusterIds]
  );
  return rows.map((row) => row.id).toSorted();
}

/** Those of the ids whose canonical cluster is ignored. */
export async function findIgnored(
  session: SqlSession,
  tenantId: string,
  clusterIds: readonly string[]
): Promise<ReadonlySet<string>> {
  const rows = await session.query<{ id: string }>(
    `select clusters.id from error_clusters clusters
     join cluster_work listed on listed.tenant_id = $1 and listed.cluster_id = coalesce(clusters.canonical_id, clusters.id)
     where clusters.tenant_id = $1 and clusters.id = any($2::uuid[]) and listed.state = 'ignored'`,
    [tenantId, [...new Set(clusterIds)]]
  );
  return new Set(rows.map(({ id }) => id));
}

/** Listed clusters, locked in order of id. */
export async function lockListed(
  session: SqlSession,
  tenantId: string,
  clusterIds: readonly string[]
): Promise<readonly ListedWork[]> {
  await session.query(
    `select cluster_id from cluster_work where tenant_id = $1 and cluster_id = any($2::uuid[]) order by cluster_id for no key update`,
    [tenantId, clusterIds]
  );
  return readListed(session, tenantId, clusterIds);
}

async function readListed(
  session: SqlSession,
  tenantId: string,
  clusterIds: readonly string[]
): Promise<readonly ListedWork[]> {
  const rows = await session.query<StoredListedWork>(
    `select listed.cluster_id, ${figureColumns}, ${workColumns}
     from cluster_work listed join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = listed.cluster_id
     ${figures}
     where listed.tenant_id = $1 and listed.cluster_id = any($2::uuid[]) and seen.first_seen_at is not null
     order by listed.cluster_id`,
    [tenantId, clusterIds]
  );
  return rows.map(presentListed);
}

/** Canonical clusters with events that have no row in cluster_work, the oldest first. */
export async function findUnlisted(
  session: SqlSession,
  tenantId: string,
  createdFromMs: number | null,
  limit: number
): Promise<readonly ListedWork[]> {
  const rows = await session.query<StoredListedWork>(
    `select clusters.id as cluster_id, ${figureColumns},
       null::jsonb as work, null::text as assignee_kind, null::text as assignee_id, null::text as assignee_name, null::integer as revision
     from error_clusters clusters
     ${figures}
     where clusters.tenant_id = $1 and clusters.canonical_id is null and seen.first_seen_at is not null
       and ($2::float8 is null or clusters.created_at >= to_timestamp($2::float8 / 1000))
       and not exists (select from cluster_work listed where listed.tenant_id = $1 and listed.cluster_id = clusters.id)
     order by clusters.created_at, clusters.id limit $3`,
    [tenantId, createdFromMs, limit]
  );
  return rows.map(presentListed);
}

// Each part is led by an index of cluster_work; what it finds may be due, the state machine decides.
const dueText = `
  select listed.cluster_id from cluster_work listed
  where listed.tenant_id = $1 and listed.wakes_at <= to_timestamp($2::float8 / 1000)
  union
  select listed.cluster_id from cluster_work listed
  join error_clusters members on members.tenant_id = $1 and members.id = listed.cluster_id
  where listed.tenant_id = $1 and listed.state = 'resolved' and members.last_seen_at > listed.reopens_after_at
  union
  select listed.cluster_id from cluster_work listed
  join error_clusters members on members.tenant_id = $1 and members.canonical_id = listed.cluster_id
  where listed.tenant_id = $1 and listed.state = 'resolved' and members.last_seen_at > listed.reopens_after_at
  union
  select listed.cluster_id from cluster_work listed
  cross join lateral (
    select sum(members.event_count) as event_count from error_clusters members
    where members.tenant_id = $1 and (members.id = listed.cluster_id or members.canonical_id = listed.cluster_id)
  ) seen
  where listed.tenant_id = $1 and listed.state = 'ignored' and listed.work #>> '{until,kind}' = 'count'
    and seen.event_count - (listed.work #>> '{until,startCount}')::bigint >= (listed.work #>> '{until,eventCount}')::bigint`;

// Only asked when quiet clusters are resolved: it looks at every open one. What has a member with a later line is not quiet.
const quietText = `
  union
  select listed.cluster_id from cluster_work listed
  join error_clusters members on members.tenant_id = $1 and members.id = listed.cluster_id
  where listed.tenant_id = $1 and listed.state in ('new', 'ongoing', 'escalating', 'regressed')
    and greatest(members.last_seen_at, listed.since_at) <= to_timestamp($5::float8 / 1000)
    and not exists (
      select from error_clusters parts
      where parts.tenant_id = $1 and parts.canonical_id = listed.cluster_id and parts.last_seen_at > to_timestamp($5::float8 / 1000))`;

/** Clusters that may have to change, locked, in order of id; those that are locked elsewhere are left out. */
export async function lockDue(session: SqlSession, tenantId: string, due: DueWork): Promise<readonly ListedWork[]> {
  const { nowMs, quietBeforeMs, afterId, limit } = due;
  const rows = await session.query<{ cluster_id: string }>(
    `with due as materialized (${dueText}${quietBeforeMs === null ? '' : quietText})
     select listed.cluster_id from due
     join cluster_work listed on listed.tenant_id = $1 and listed.cluster_id = due.cluster_id
     join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = due.cluster_id and clusters.canonical_id is null
     where ($4::uuid is null or due.cluster_id > $4::uuid) and exists (
       -- Fewer rows than asked for are the end of the list: none of those found may be without figures.
       select from error_clusters members
       where members.tenant_id = $1 and (members.id = due.cluster_id or members.canonical_id = due.cluster_id)
         and members.first_seen_at is not null)
     order by listed.cluster_id limit $3
     for no key update of listed skip locked`,
    [tenantId, nowMs, limit, afterId ?? null, ...(quietBeforeMs === null ? [] : [quietBeforeMs])]
  );
  return rows.length === 0
    ? []
    : readListed(
        session,
        tenantId,
        rows.map((row) => row.cluster_id)
      );
}

interface StoredRate extends Record<string, unknown> {
  readonly cluster_id: string;
  readonly this_hour: number;
  readonly hour_before: number;
  readonly event_count_before: number;
}

const recentText = `
  select coalesce(clusters.canonical_id, clusters.id) as cluster_id,
    coalesce(sum(spans.event_count) filter (where spans.start_at = to_timestamp($2::float8 / 1000)), 0)::bigint as this_hour,
    coalesce(sum(spans.event_count) filter (where spans.start_at < to_timestamp($2::float8 / 1000)), 0)::bigint as hour_before
  from cluster_spans spans join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = spans.cluster_id
  where spans.tenant_id = $1 and spans.span_hours = 1
    and spans.start_at in (to_timestamp($2::float8 / 1000), to_timestamp($2::float8 / 1000) - interval '1 hour')
  group by 1`;

/**
 * The rates of the clusters that `wanted` selects, which may name `recent` and `$3`. The usual hours of a cluster are taken from the longest sums
 * that fit: some fifteen rows instead of 168.
 */
function rateStatement(tenantId: string, nowMs: number, wanted: string, given: SqlValue) {
  const thisHourMs = hourOf(nowMs);
  const { spans } = coverRange({ fromMs: thisHourMs - (usualHours + 1) * hourMs, toMs: thisHourMs - hourMs });
  const parameters: SqlValue[] = [tenantId, thisHourMs, given];
  const place = (value: SqlValue) => `$${parameters.push(value)}`;
  const branches = spans.flatMap(({ spanHours, pieces }) =>
    pieces.map(
      ({ fromMs, toMs }) => `
        select members.wanted_id, found.event_count from members cross join lateral (
          select event_count from cluster_spans where tenant_id = $1 and cluster_id = members.id and span_hours = ${spanHours}
            and start_at >= to_timestamp(${place(fromMs)}::float8 / 1000) and start_at < to_timestamp(${place(toMs)}::float8 / 1000)
          offset 0
        ) found`
    )
  );
  const text = `
    with recent as (${recentText}), wanted as materialized (${wanted}), members as materialized (
      select cluster_id as id, cluster_id as wanted_id from wanted
      union all
      select clusters.id, wanted.cluster_id from wanted
      join error_clusters clusters on clusters.tenant_id = $1 and clusters.canonical_id = wanted.cluster_id
    ), usual as (
      select wanted_id, sum(event_count)::bigint as event_count from (${branches.join(' union all ')}) counted group by 1
    )
    select wanted.cluster_id, coalesce(recent.this_hour, 0) as this_hour, coalesce(recent.hour_before, 0) as hour_before,
      coalesce(usual.event_count, 0)::bigint as event_count_before
    from wanted left join recent on recent.cluster_id = wanted.cluster_id left join usual on usual.wanted_id = wanted.cluster_id`;
  return { text, parameters };
}

function presentRate(row: StoredRate): WorkRate {
  return {
    clusterId: row.cluster_id,
    perHour: Math.max(row.this_hour, row.hour_before),
    eventCountBefore: row.event_count_before,
  };
}

function hourOf(nowMs: number): number {
  return Math.floor(nowMs / hourMs) * hourMs;
}

/** Rates of busy clusters and of those whose state waits for a rate. */
export function findRates(
  session: SqlSession,
  tenantId: string,
  nowMs: number,
  leastPerHour: number
): Promise<readonly WorkRate[]> {
  const wanted = `
    select cluster_id from recent where greatest(this_hour, hour_before) >= $3
    union
    select cluster_id from cluster_work
    where tenant_id = $1 and (state = 'escalating' or (state = 'ignored' and work #>> '{until,kind}' = 'rate'))`;
  return queryRates(session, rateStatement(tenantId, nowMs, wanted, leastPerHour));
}

/** Rates of these clusters. */
export function readRates(
  session: SqlSession,
  tenantId: string,
  clusterIds: readonly string[],
  nowMs: number
): Promise<readonly WorkRate[]> {
  const wanted = 'select distinct given as cluster_id from unnest($3::uuid[]) given';
  return queryRates(session, rateStatement(tenantId, nowMs, wanted, clusterIds));
}

async function queryRates(session: SqlSession, { text, parameters }: ReturnType<typeof rateStatement>) {
  return (await session.query<StoredRate>(text, parameters)).map(presentRate);
}
