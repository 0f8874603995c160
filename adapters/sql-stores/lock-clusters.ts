import type { ClusterIdentity, SqlSession } from '@loghunter/ports';
import { storableValue, toStorableText } from './storable-text.ts';

/**
 * Locks clusters in order of id, and creates those that are not there yet from their identities: all rows that hang on a cluster (sums,
 * levels, samples) are guarded by this one lock. What is stored of the others stays, because an id always means the same.
 * @returns the ids that exist
 */
export async function lockClusters(
  session: SqlSession,
  tenantId: string,
  clusterIds: readonly string[],
  identities: readonly ClusterIdentity[]
): Promise<ReadonlySet<string>> {
  const existing = await lockExisting(session, tenantId, clusterIds);
  const missingIds = new Set(clusterIds.filter((id) => !existing.has(id)));
  const missing = new Map(
    identities.filter((cluster) => missingIds.has(cluster.id)).map((cluster) => [cluster.id, cluster])
  );
  if (missing.size === 0) {
    return existing;
  }
  await insertClusters(session, tenantId, [...missing.values()]);
  // Asked again, because another writer may have created some of them meanwhile.
  return new Set([...existing, ...(await lockExisting(session, tenantId, [...missing.keys()]))]);
}

async function lockExisting(
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

/** Inserts clusters in order of id; those that are stored stay as they are. */
export async function insertClusters(
  session: SqlSession,
  tenantId: string,
  clusters: readonly ClusterIdentity[]
): Promise<void> {
  if (clusters.length === 0) {
    return;
  }
  const texts = clusters.map((cluster) => toStorableText(cluster.templateText));
  await session.query(
    `insert into error_clusters
       (tenant_id, id, service, namespace, fingerprint, algorithm_version, template, template_text, search_text, signature, canonical_id)
     select $1, id, service, namespace, fingerprint, algorithm_version, template::jsonb, template_text, search_text, signature,
       nullif(canonical_id, id)
     from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::text[], $8::text[], $9::text[], $10::text[], $11::uuid[])
       as cluster (id, service, namespace, fingerprint, algorithm_version, template, template_text, search_text, signature, canonical_id)
     order by id
     on conflict (tenant_id, id) do nothing`,
    [
      tenantId,
      clusters.map((cluster) => cluster.id),
      clusters.map((cluster) => toStorableText(cluster.service)),
      clusters.map((cluster) => toStorableText(cluster.namespace)),
      clusters.map((cluster) => toStorableText(cluster.fingerprint)),
      clusters.map((cluster) => cluster.algorithmVersion),
      clusters.map((cluster) => JSON.stringify(cluster.template, storableValue)),
      texts,
      texts.map((text) => text.toLowerCase()),
      clusters.map((cluster) => toStorableText(cluster.signature ?? '')),
      clusters.map((cluster) => cluster.canonicalId ?? null),
    ]
  );
}
