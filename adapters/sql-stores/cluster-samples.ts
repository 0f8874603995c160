import type { SqlSession } from '@loghunter/ports';
import { chooseSamples } from './choose-samples.ts';

interface SampleRow extends Record<string, unknown> {
  readonly timestamp_ns: string;
  readonly sanitised_text: string;
}

/** The best samples of the members of a cluster, oldest first. */
export async function listSamples(
  session: SqlSession,
  tenantId: string,
  clusterIds: readonly string[]
): Promise<ReadonlyArray<{ readonly atMs: number; readonly text: string }>> {
  const rows = await session.query<SampleRow>(
    `select timestamp_ns::text as timestamp_ns, sanitised_text from cluster_samples
     where tenant_id = $1 and cluster_id = any($2::uuid[])
     order by cluster_samples.timestamp_ns, sanitised_text collate "C"`,
    [tenantId, clusterIds]
  );
  const lines = rows.map((row) => ({ timestampNs: BigInt(row.timestamp_ns), text: row.sanitised_text }));
  return chooseSamples(lines).map((line) => ({ atMs: Number(line.timestampNs / 1_000_000n), text: line.text }));
}
