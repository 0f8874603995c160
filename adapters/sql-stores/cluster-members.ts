import type { SqlSession } from '@loghunter/ports';

/** A cluster as screens know it: the canonical one with all that rules made part of it. */
export interface ClusterMembers {
  readonly canonicalId: string;
  /** The canonical cluster first; its counts, and those of the others, stand under these ids. */
  readonly ids: readonly string[];
}

/** The members of the cluster that an id, canonical or not, belongs to; null when the tenant has no such cluster. */
export async function readMembers(
  session: SqlSession,
  tenantId: string,
  clusterId: string
): Promise<ClusterMembers | null> {
  const rows = await session.query<{ id: string; canonical_id: string }>(
    // Materialised, so that row security lets the index over canonical ids be asked for it.
    `with asked as materialized (
       select coalesce(canonical_id, id) as id from error_clusters where tenant_id = $1 and id = $2
     ), members as (
       select asked.id, asked.id as canonical_id from asked
       union all
       select found.id, asked.id from asked cross join lateral (
         select id from error_clusters where tenant_id = $1 and canonical_id = asked.id offset 0
       ) found
     )
     select id, canonical_id from members order by id <> canonical_id, id`,
    [tenantId, clusterId]
  );
  const [first] = rows;
  return first === undefined ? null : { canonicalId: first.canonical_id, ids: rows.map((row) => row.id) };
}
