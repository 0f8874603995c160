import type { SampleCandidate, SqlSession } from '@loghunter/ports';
import { chooseSamples } from './choose-samples.ts';
import type { SampleLine } from './choose-samples.ts';
import { toStorableText } from './storable-text.ts';

interface SampleRow extends Record<string, unknown> {
  readonly id: string;
  readonly cluster_id: string;
  readonly timestamp_ns: string;
  readonly sanitised_text: string;
}

interface StoredSample extends SampleLine {
  readonly id: string;
}

/** Keeps the best of what is stored and what is offered. The clusters must be locked. */
export async function keepSamples(
  session: SqlSession,
  tenantId: string,
  candidates: readonly SampleCandidate[]
): Promise<void> {
  if (candidates.length === 0) {
    return;
  }
  const offered = Map.groupBy(candidates, (candidate) => candidate.clusterId);
  const stored = await readSamples(session, tenantId, [...offered.keys()]);
  const removedIds: string[] = [];
  const added: SampleCandidate[] = [];
  for (const [clusterId, lines] of offered) {
    const kept = stored.get(clusterId) ?? [];
    const chosen = chooseSamples([
      ...kept,
      ...lines.map((line) => ({ timestampNs: line.timestampNs, text: toStorableText(line.text) })),
    ]);
    removedIds.push(...kept.filter((line) => !holds(chosen, line)).map((line) => line.id));
    added.push(
      ...chosen
        .filter((line) => !holds(kept, line))
        .map((line) => ({ clusterId, timestampNs: line.timestampNs, text: line.text }))
    );
  }
  await deleteSamples(session, tenantId, removedIds);
  await insertSamples(session, tenantId, added);
}

async function readSamples(
  session: SqlSession,
  tenantId: string,
  clusterIds: readonly string[]
): Promise<ReadonlyMap<string, readonly StoredSample[]>> {
  const rows = await session.query<SampleRow>(
    `select id, cluster_id, timestamp_ns::text as timestamp_ns, sanitised_text
     from cluster_samples where tenant_id = $1 and cluster_id = any($2::uuid[])`,
    [tenantId, clusterIds]
  );
  const samples = rows.map((row) => ({
    clusterId: row.cluster_id,
    id: row.id,
    timestampNs: BigInt(row.timestamp_ns),
    text: row.sanitised_text,
  }));
  return Map.groupBy(samples, (sample) => sample.clusterId);
}

async function deleteSamples(session: SqlSession, tenantId: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) {
    await session.query('delete from cluster_samples where tenant_id = $1 and id = any($2::uuid[])', [tenantId, ids]);
  }
}

async function insertSamples(
  session: SqlSession,
  tenantId: string,
  samples: readonly SampleCandidate[]
): Promise<void> {
  if (samples.length > 0) {
    await session.query(
      `insert into cluster_samples (tenant_id, cluster_id, timestamp_ns, sanitised_text)
       select $1, cluster_id, timestamp_ns::bigint, sanitised_text
       from unnest($2::uuid[], $3::text[], $4::text[]) as sample (cluster_id, timestamp_ns, sanitised_text)`,
      [
        tenantId,
        samples.map((sample) => sample.clusterId),
        samples.map((sample) => String(sample.timestampNs)),
        samples.map((sample) => sample.text),
      ]
    );
  }
}

function holds(lines: readonly SampleLine[], wanted: SampleLine): boolean {
  return lines.some((line) => line.timestampNs === wanted.timestampNs && line.text === wanted.text);
}
