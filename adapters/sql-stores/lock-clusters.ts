import type { ClusterIdentity, SqlSession } from '@loghunter/ports';
import { toStorableText } from './storable-text.ts';

/** Creates clusters that are not there yet; what is stored of the others stays, because an id always means the same. */
export async function insertNewClusters(
  session: SqlSession,
  tenantId: string,
  clusters: readonly ClusterIdentity[]
): Promise<void> {
  if (clusters.length === 0) {
    return;
  }
  const distinct = [...new Map(clusters.map((cluster) => [cluster.id, cluster])).values()];
  const texts = distinct.map((cluster) => toStorableText(cluster.templateText));
  await session.query(
    `insert into error_clusters
       (tenant_id, id, service, namespace, fingerprint, algorithm_version, template, template_text, search_text)
     select $1, id, service, namespace, fingerprint, algorithm_version, template::jsonb, template_text, search_text
     from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::text[], $8::text[], $9::text[])
       as cluster (id, service, namespace, fingerprint, algorithm_version, template, template_text, search_text)
     order by id
     on conflict (tenant_id, id) do nothing`,
    [
      tenantId,
      distinct.map((cluster) => cluster.id),
      distinct.map((cluster) => toStorableText(cluster.service)),
      distinct.map((cluster) => toStorableText(cluster.namespace)),
      distinct.map((cluster) => toStorableText(cluster.fingerprint)),
      distinct.map((cluster) => cluster.algorithmVersion),
      distinct.map((cluster) => JSON.stringify(cluster.template, storableValue)),
      texts,
      texts.map((text) => text.toLowerCase()),
    ]
  );
}

/**
 * Locks clusters in order of id: all rows that hang on a cluster (sums, levels, samples) are guarded by this one lock.
 * @returns the ids that exist
 */
export async function lockClusters(
  session: SqlSession,
  tenantId: string,
  clusterIds: readonly string[]
): Promise<ReadonlySet<string>> {
  const rows = await session.query<{ id: string }>(
    `select id from error_clusters where tenant_id = $1 and id = any($2::uuid[]) order by id for no key update`,
    [tenantId, clusterIds]
  );
  return new Set(rows.map((row) => row.id));
}

function storableValue(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? toStorableText(value) : value;
}
