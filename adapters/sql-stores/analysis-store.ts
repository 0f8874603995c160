import type {
  AnalysisResult,
  AnalysisRow,
  AnalysisStore,
  JobStatus,
  SqlDatabase,
  SqlSession,
  SqlValue,
} from '@loghunter/ports';
import { rewriteStrings } from './rewrite-strings.ts';
import { storableValue, toStorableText } from './storable-text.ts';

interface StoredAnalysis extends Record<string, unknown> {
  readonly id: string;
  readonly job_id: string;
  readonly subject: Readonly<Record<string, unknown>>;
  readonly subject_text: string;
  readonly service: string;
  readonly incident_from: Date;
  readonly incident_to: Date;
  readonly baseline_from: Date;
  readonly baseline_to: Date;
  readonly created_by_kind: string;
  readonly created_by_id: string;
  readonly created_by_name: string;
  readonly pack: string | null;
  readonly pack_hash: string | null;
  readonly verdict: AnalysisResult['verdict'] | null;
  readonly confidence: number | null;
  readonly suspect: string | null;
  readonly cluster_ids: readonly string[];
  readonly status: JobStatus;
  readonly progress: number;
  readonly progress_text: string;
  readonly failure: string | null;
  readonly created_at: Date;
  readonly ended_at: Date | null;
}

// What has a pack has succeeded, whatever becomes of its job's row.
const selection = `select a.id, a.job_id, a.subject, a.subject_text, a.service, a.incident_from, a.incident_to, a.baseline_from,
    a.baseline_to, a.created_by_kind, a.created_by_id, a.created_by_name, a.pack, a.pack_hash, a.verdict, a.confidence, a.suspect,
    array(select c.cluster_id::text from analysis_clusters c
      where c.tenant_id = a.tenant_id and c.analysis_id = a.id order by c.cluster_id) as cluster_ids,
    case when a.pack is not null then 'succeeded' else coalesce(j.status, 'failed') end as status,
    case when a.pack is not null then 1 else coalesce(j.progress, 0) end as progress,
    coalesce(j.progress_text, '') as progress_text, j.failure, a.created_at, coalesce(a.finished_at, j.finished_at) as ended_at
  from analyses a left join jobs j on j.tenant_id = a.tenant_id and j.id = a.job_id
  where a.tenant_id = $1`;

/** Analyses in a SQL database; every method is one transaction. */
export function createAnalysisStore(database: SqlDatabase): AnalysisStore {
  function select(tenantId: string, condition: string, values: readonly SqlValue[]): Promise<readonly AnalysisRow[]> {
    return database.withTenant(tenantId, (session) => read(session, tenantId, condition, values));
  }
  return {
    create: (tenantId, analysis) =>
      database.withTenant(tenantId, async (session) => {
        const { jobId, subject, subjectText, service, incident, baseline, createdBy } = analysis;
        await session.query(
          `insert into analyses (tenant_id, job_id, subject, subject_text, service, incident_from, incident_to, baseline_from,
             baseline_to, created_by_kind, created_by_id, created_by_name)
           values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (tenant_id, job_id) do nothing`,
          [
            ...[tenantId, jobId, JSON.stringify(subject, storableValue), toStorableText(subjectText)],
            ...[toStorableText(service), new Date(incident.fromMs), new Date(incident.toMs), new Date(baseline.fromMs)],
            ...[new Date(baseline.toMs), createdBy.kind, createdBy.id, toStorableText(createdBy.name)],
          ]
        );
        const [row] = await read(session, tenantId, 'and a.job_id = $2', [jobId]);
        if (row === undefined) {
          throw new TypeError('an insert left no row');
        }
        return row;
      }),
    get: async (tenantId, id) => (await select(tenantId, 'and a.id = $2', [id]))[0] ?? null,
    getByJob: async (tenantId, jobId) => (await select(tenantId, 'and a.job_id = $2', [jobId]))[0] ?? null,
    getAll: (tenantId, ids) => select(tenantId, 'and a.id = any($2::uuid[]) order by a.created_at desc, a.id', [ids]),
    list: (tenantId, { subjectKind, subjectId, service, limit, offset }) =>
      database.withTenant(tenantId, async (session) => {
        const condition = `and ($2::text is null or a.subject ->> 'kind' = $2) and ($3::text is null or a.subject ->> 'id' = $3)
          and ($4::text is null or a.service = $4 or a.suspect = $4)`;
        const values = [subjectKind ?? null, subjectId ?? null, service === undefined ? null : toStorableText(service)];
        const [total] = await session.query<{ count: number }>(
          `select count(*)::integer as count from analyses a where a.tenant_id = $1 ${condition}`,
          [tenantId, ...values]
        );
        const page = `${condition} order by a.created_at desc, a.id limit $5 offset $6`;
        return {
          analyses: await read(session, tenantId, page, [...values, limit, offset]),
          totalCount: total?.count ?? 0,
        };
      }),
    keepResult: (tenantId, id, result) =>
      database.withTenant(tenantId, (session) => keepResult(session, tenantId, id, result)),
    deleteBefore: (tenantId, cutMs, limit) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query(
          `delete from analyses where tenant_id = $1 and id in (
             select a.id from analyses a where a.tenant_id = $1 and a.created_at < to_timestamp($2::float8 / 1000)
               and not exists (select from investigation_analyses i where i.tenant_id = $1 and i.analysis_id = a.id)
             limit $3)
           returning id`,
          [tenantId, cutMs, limit]
        );
        return rows.length;
      }),
    rewriteTexts: (tenantId, rewriter) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<{ id: string; pack: string }>(
          'select id, pack from analyses where tenant_id = $1 and pack is not null order by id for update',
          [tenantId]
        );
        let changedCount = 0;
        for (const { id, pack } of rows) {
          const changed = JSON.stringify(rewriteStrings(JSON.parse(pack), (text) => rewriter.sample(text)));
          if (changed !== pack) {
            changedCount += 1;
            const text = 'update analyses set pack = $3, updated_at = now() where tenant_id = $1 and id = $2';
            await session.query(text, [tenantId, id, changed]);
          }
        }
        return changedCount;
      }),
  };
}

async function keepResult(session: SqlSession, tenantId: string, id: string, result: AnalysisResult): Promise<void> {
  const { pack, packHash, verdict, confidence, suspect, clusterIds } = result;
  await session.query(
    `update analyses set pack = $3, pack_hash = $4, verdict = $5, confidence = $6, suspect = $7, finished_at = now(), updated_at = now()
     where tenant_id = $1 and id = $2`,
    [
      tenantId,
      id,
      JSON.stringify(pack, storableValue),
      packHash,
      verdict,
      confidence,
      suspect && toStorableText(suspect),
    ]
  );
  await session.query('delete from analysis_clusters where tenant_id = $1 and analysis_id = $2', [tenantId, id]);
  await session.query(
    `insert into analysis_clusters (tenant_id, analysis_id, cluster_id)
     select distinct $1::uuid, $2::uuid, cluster_id from unnest($3::uuid[]) as given (cluster_id)`,
    [tenantId, id, clusterIds]
  );
  // Investigations that were given the analysis before it had found anything.
  await session.query(
    `insert into investigation_clusters (tenant_id, investigation_id, cluster_id)
     select ia.tenant_id, ia.investigation_id, given.cluster_id
     from investigation_analyses ia, (select distinct cluster_id from unnest($3::uuid[]) as listed (cluster_id)) as given
     where ia.tenant_id = $1 and ia.analysis_id = $2
     on conflict (tenant_id, investigation_id, cluster_id) do nothing`,
    [tenantId, id, clusterIds]
  );
}

async function read(
  session: SqlSession,
  tenantId: string,
  condition: string,
  values: readonly SqlValue[]
): Promise<readonly AnalysisRow[]> {
  return (await session.query<StoredAnalysis>(`${selection} ${condition}`, [tenantId, ...values])).map(present);
}

function present(row: StoredAnalysis): AnalysisRow {
  return {
    id: row.id,
    jobId: row.job_id,
    subject: row.subject,
    subjectText: row.subject_text,
    service: row.service,
    incident: { fromMs: row.incident_from.getTime(), toMs: row.incident_to.getTime() },
    baseline: { fromMs: row.baseline_from.getTime(), toMs: row.baseline_to.getTime() },
    createdBy: { kind: row.created_by_kind, id: row.created_by_id, name: row.created_by_name },
    status: row.status,
    progress: row.progress,
    progressText: row.progress_text,
    failure: row.failure,
    result: presentResult(row),
    createdAtMs: row.created_at.getTime(),
    finishedAtMs: row.ended_at?.getTime() ?? null,
  };
}

function presentResult(row: StoredAnalysis): AnalysisResult | null {
  if (row.pack === null || row.pack_hash === null || row.verdict === null || row.confidence === null) {
    return null;
  }
  return {
    pack: JSON.parse(row.pack) as AnalysisResult['pack'],
    packHash: row.pack_hash,
    verdict: row.verdict,
    // The column is a 4-byte float.
    confidence: Math.round(row.confidence * 1000) / 1000,
    suspect: row.suspect,
    clusterIds: row.cluster_ids,
  };
}
