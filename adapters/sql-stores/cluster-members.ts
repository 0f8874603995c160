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
    `with asked as (
       select coalesce(canonical_id, id) as id from error_clusters where tenant_id = $1 and id = $2
     )
     select clusters.id, asked.id as canonical_id
     from asked join error_clusters clusters on clusters.tenant_id = $1 and (clusters.id = asked.id or clusters.canonical_id = asked.id)
     order by clusters.id <> asked.id, clusters.id`,
    [tenantId, clusterId]
  );
  const [first] = rows;
  return first === undefined ? null : { canonicalId: first.canonical_id, ids: rows.map((row) => row.id) };
}
