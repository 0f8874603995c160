// First and last seen of clusters against the minutes that they follow from.
import type { SqlSession, WrongTime } from '@loghunter/ports';

/** Findings that are told at most; the first ones say why. */
const maxFindings = 10_000;

// A row's first event begins in its minute or, when only later lines of it lie there, in the minute before: looking at the outermost
// minutes is enough, and the index over a cluster's minutes finds them without going through all of them. Deleted counts are of earlier
// days than those that are kept, so that they leave the last time certain and of the first one only that it is no later.
const seenTimes = `
  select clusters.id, clusters.first_seen_at, clusters.last_seen_at,
    clusters.event_count = 0 and clusters.line_count = 0 as is_empty,
    edges.first_minute_at is not null as has_minutes,
    exists (
      select from cluster_levels levels
      where levels.tenant_id = $1 and levels.cluster_id = clusters.id
        and (levels.deleted_event_count > 0 or levels.deleted_line_count > 0)
    ) as has_deleted,
    (
      select min(counts.first_at) from cluster_minutes counts
      where counts.tenant_id = $1 and counts.cluster_id = clusters.id and counts.minute_at <= edges.first_minute_at + interval '2 minutes'
    ) as first_counted_at,
    (
      select max(counts.last_at) from cluster_minutes counts
      where counts.tenant_id = $1 and counts.cluster_id = clusters.id and counts.minute_at >= edges.last_minute_at - interval '2 minutes'
    ) as last_counted_at
  from error_clusters clusters
  cross join lateral (
    select min(counts.minute_at) as first_minute_at, max(counts.minute_at) as last_minute_at from cluster_minutes counts
    where counts.tenant_id = $1 and counts.cluster_id = clusters.id
  ) edges
  where clusters.tenant_id = $1`;

// Of a cluster whose minutes were all deleted for their age the stored times stand.
const expectedTimes = `
  select id, first_seen_at, last_seen_at,
    case when is_empty then null
      when not has_minutes then first_seen_at
      when has_deleted then least(first_seen_at, first_counted_at)
      else first_counted_at end as expected_first_at,
    case when is_empty then null when not has_minutes then last_seen_at else last_counted_at end as expected_last_at
  from (${seenTimes}) seen`;

interface WrongTimeRow extends Record<string, unknown> {
  readonly id: string;
  readonly is_first_wrong: boolean;
  readonly is_last_wrong: boolean;
  readonly first_seen_at: Date | null;
  readonly last_seen_at: Date | null;
  readonly expected_first_at: Date | null;
  readonly expected_last_at: Date | null;
}

/** Times that do not follow from the minutes; see `Ledger.checkSeenTimes`. */
export async function checkSeenTimes(session: SqlSession, tenantId: string): Promise<readonly WrongTime[]> {
  const rows = await session.query<WrongTimeRow>(
    `select *, first_seen_at is distinct from expected_first_at as is_first_wrong,
       last_seen_at is distinct from expected_last_at as is_last_wrong
     from (${expectedTimes}) expected
     where first_seen_at is distinct from expected_first_at or last_seen_at is distinct from expected_last_at
     order by id limit ${maxFindings}`,
    [tenantId]
  );
  return rows.flatMap((row) => [
    ...(row.is_first_wrong ? [toWrongTime('first-seen', row.id, row.first_seen_at, row.expected_first_at)] : []),
    ...(row.is_last_wrong ? [toWrongTime('last-seen', row.id, row.last_seen_at, row.expected_last_at)] : []),
  ]);
}

/** Makes the times follow from the minutes; the totals must be right before, and all writers locked out. */
export async function rebuildSeenTimes(session: SqlSession, tenantId: string): Promise<void> {
  await session.query(
    `update error_clusters stored
     set first_seen_at = expected.expected_first_at, last_seen_at = expected.expected_last_at, updated_at = now()
     from (${expectedTimes}) expected
     where stored.tenant_id = $1 and stored.id = expected.id
       and (stored.first_seen_at is distinct from expected.expected_first_at
         or stored.last_seen_at is distinct from expected.expected_last_at)`,
    [tenantId]
  );
}

function toWrongTime(
  kind: WrongTime['kind'],
  clusterId: string,
  stored: Date | null,
  expected: Date | null
): WrongTime {
  return { kind, clusterId, storedMs: stored?.getTime() ?? null, expectedMs: expected?.getTime() ?? null };
}
