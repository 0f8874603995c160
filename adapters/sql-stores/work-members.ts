import type { SqlSession, WorkListStore } from '@loghunter/ports';
import { presentWork, type StoredWork } from './work-rows.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

interface StoredMember extends StoredWork {
  readonly cluster_id: string;
  readonly canonical_id: string;
}

/** Listed clusters that are part of these, but for those whose work another one of them has taken over. */
export async function listMembers(
  session: SqlSession,
  tenantId: string,
  canonicalIds: readonly string[]
): ReturnType<WorkListStore['listMembers']> {
  const rows = await session.query<StoredMember>(
    `select members.id as cluster_id, members.canonical_id, listed.work, listed.assignee_kind, listed.assignee_id, listed.assignee_name
     from error_clusters members join cluster_work listed on listed.tenant_id = $1 and listed.cluster_id = members.id
     where members.tenant_id = $1 and members.canonical_id = any($2::uuid[])
       and members.id::text not in (
         select jsonb_array_elements_text(history.state_before -> 'memberIds')
         from error_clusters others join cluster_history history on history.tenant_id = $1 and history.cluster_id = others.id
         where others.tenant_id = $1 and others.canonical_id = any($2::uuid[]) and history.state_before ? 'memberIds')
     order by members.id`,
    [tenantId, canonicalIds]
  );
  return rows.flatMap((row) => {
    const current = presentWork(row);
    return current === null ? [] : [{ clusterId: row.cluster_id, canonicalId: row.canonical_id, current }];
  });
}

/** Events of a canonical cluster from the minute of a moment on; null when counts of then are not kept any more. */
export async function countEventsSince(
  session: SqlSession,
  tenantId: string,
  clusterId: string,
  sinceMs: number
): Promise<number | null> {
  const fromMs = Math.floor(sinceMs / minuteMs) * minuteMs;
  const hoursFromMs = Math.ceil(fromMs / hourMs) * hourMs;
  const [row] = await session.query<{ event_count: number; is_kept: boolean }>(
    `with members as (
       select id from error_clusters where tenant_id = $1 and (id = $2 or canonical_id = $2)
     ), counts as (
       select spans.event_count from members join cluster_spans spans on spans.tenant_id = $1 and spans.cluster_id = members.id
       where spans.span_hours = 1 and spans.start_at >= to_timestamp($4::float8 / 1000)
       union all
       select minutes.event_count from members join cluster_minutes minutes on minutes.tenant_id = $1 and minutes.cluster_id = members.id
       where minutes.minute_at >= to_timestamp($3::float8 / 1000) and minutes.minute_at < to_timestamp($4::float8 / 1000)
     )
     select coalesce(sum(event_count), 0)::bigint as event_count,
       not exists (
         select from watches where tenant_id = $1 and counts_kept_from_at > to_timestamp($3::float8 / 1000)) as is_kept
     from counts`,
    [tenantId, clusterId, fromMs, hoursFromMs]
  );
  return row?.is_kept === true ? row.event_count : null;
}
