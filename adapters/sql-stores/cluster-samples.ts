import type { SqlSession } from '@loghunter/ports';

interface SampleRow extends Record<string, unknown> {
  readonly timestamp_ns: string;
  readonly sanitised_text: string;
}

/** Samples of a cluster, oldest first. */
export async function listSamples(
  session: SqlSession,
  tenantId: string,
  clusterId: string
): Promise<ReadonlyArray<{ readonly atMs: number; readonly text: string }>> {
  const rows = await session.query<SampleRow>(
    `select timestamp_ns::text as timestamp_ns, sanitised_text from cluster_samples
     where tenant_id = $1 and cluster_id = $2
     order by cluster_samples.timestamp_ns, sanitised_text collate "C"`,
    [tenantId, clusterId]
  );
  return rows.map((row) => ({ atMs: Number(BigInt(row.timestamp_ns) / 1_000_000n), text: row.sanitised_text }));
}
