import type { InvestigationStore, SqlSession } from '@loghunter/ports';
import { presentInvestigation, selectInvestigations, type StoredInvestigation } from './investigation-rows.ts';

/** Other investigations that have clusters in common with one, by the part that is common (Jaccard's index). */
export async function listSimilarInvestigations(
  session: SqlSession,
  tenantId: string,
  id: string,
  limit: number
): ReturnType<InvestigationStore['listSimilar']> {
  const overlaps = await session.query<{ id: string; common: readonly string[]; union_count: number }>(
    `with own as (select cluster_id from investigation_clusters where tenant_id = $1 and investigation_id = $2),
       common as (
         select c.investigation_id, array_agg(c.cluster_id::text order by c.cluster_id) as ids, count(*)::integer as count
         from investigation_clusters c join own on own.cluster_id = c.cluster_id
         where c.tenant_id = $1 and c.investigation_id <> $2 group by c.investigation_id),
       sized as (
         select common.investigation_id as id, common.ids as common, common.count,
           ((select count(*) from own) - common.count + (select count(*) from investigation_clusters other
             where other.tenant_id = $1 and other.investigation_id = common.investigation_id))::integer as union_count
         from common)
     select id, common, union_count from sized order by count::float8 / union_count desc, id limit $3`,
    [tenantId, id, limit]
  );
  const rows = await session.query<StoredInvestigation>(`${selectInvestigations} and i.id = any($2::uuid[])`, [
    tenantId,
    overlaps.map((overlap) => overlap.id),
  ]);
  const byId = new Map(rows.map((row) => [row.id, presentInvestigation(row)]));
  return overlaps.flatMap(({ id: otherId, common, union_count: unionCount }) => {
    const investigation = byId.get(otherId);
    return investigation === undefined ? [] : [{ investigation, commonClusterIds: common, unionCount }];
  });
}
