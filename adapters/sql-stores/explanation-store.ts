import {
  PortError,
  type ExplanationRow,
  type ExplanationStore,
  type ExplanationOpinions,
  type NewExplanation,
  type SqlDatabase,
  type SqlSession,
  type SqlValue,
} from '@loghunter/ports';
import { explanationColumns, presentExplanation, type StoredExplanation } from './explanation-row.ts';
import { storableValue, toStorableText } from './storable-text.ts';

const ofEqual = 'tenant_id = $1 and pack_hash = $2 and provider = $3 and model = $4 and prompt_version = $5';

/** Explanations of analyses in a SQL database. */
export function createExplanationStore(database: SqlDatabase): ExplanationStore {
  async function find(tenantId: string, text: string, values: readonly SqlValue[]): Promise<ExplanationRow | null> {
    const [row] = await database.withTenant(tenantId, (session) =>
      session.query<StoredExplanation>(text, [tenantId, ...values])
    );
    return row === undefined ? null : presentExplanation(row);
  }
  return {
    create: (tenantId, explanation) =>
      database.withTenant(tenantId, (session) => create(database, session, tenantId, explanation)),
    findExplained: (tenantId, explanation) =>
      find(
        tenantId,
        `select ${explanationColumns} from analysis_results where ${ofEqual} and status = 'explained'
         order by created_at desc, id limit 1`,
        equalityOf(explanation)
      ),
    async setJob(tenantId, id, jobId) {
      const text = `update analysis_results set job_id = $3, updated_at = now() where tenant_id = $1 and id = $2
        returning ${explanationColumns}`;
      await find(tenantId, text, [id, jobId]);
    },
    get: (tenantId, id) =>
      find(tenantId, `select ${explanationColumns} from analysis_results where tenant_id = $1 and id = $2`, [id]),
    list: (tenantId, { analysisId, limit }) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<StoredExplanation>(
          `select ${explanationColumns} from analysis_results
           where tenant_id = $1 and ($2::uuid is null or analysis_id = $2) order by created_at desc, id limit $3`,
          [tenantId, analysisId ?? null, limit]
        );
        return rows.map(presentExplanation);
      }),
    finish: (tenantId, id, outcome) =>
      find(
        tenantId,
        `update analysis_results set status = $3, failure = $4, confidence = $5, content = $6::text::jsonb, input_tokens = $7,
           output_tokens = $8, cost_microdollars = $9, duration_ms = $10, text_hash = $11, finished_at = now(), updated_at = now()
         where tenant_id = $1 and id = $2 and status <> 'explained' returning ${explanationColumns}`,
        [
          ...[id, outcome.status, outcome.failure === null ? null : toStorableText(outcome.failure)],
          ...[outcome.confidence, JSON.stringify(outcome.content, storableValue)],
          ...[
            outcome.inputTokens,
            outcome.outputTokens,
            outcome.costMicrodollars,
            outcome.durationMs,
            outcome.textHash,
          ],
        ]
      ),
    giveFeedback: (tenantId, id, actor, { isUseful, reason }) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query(
          `insert into analysis_feedback (tenant_id, analysis_result_id, actor_kind, actor_id, is_useful, reason)
           select tenant_id, id, $3, $4, $5, $6 from analysis_results where tenant_id = $1 and id = $2
           on conflict (tenant_id, analysis_result_id, actor_kind, actor_id)
           do update set is_useful = excluded.is_useful, reason = excluded.reason, updated_at = now()
           returning 1 as one`,
          [tenantId, id, actor.kind, toStorableText(actor.id), isUseful, toStorableText(reason)]
        );
        return rows.length > 0;
      }),
    readFeedback: (tenantId, id, actor) =>
      database.withTenant(tenantId, (session) => readFeedback(session, tenantId, id, actor)),
    deleteBefore: (tenantId, cutMs, limit) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query(
          `delete from analysis_results where tenant_id = $1 and id in (
             select id from analysis_results where tenant_id = $1 and created_at < to_timestamp($2::float8 / 1000) limit $3)
           returning 1 as one`,
          [tenantId, cutMs, limit]
        );
        return rows.length;
      }),
  };
}

function equalityOf({ packHash, provider, model, promptVersion }: NewExplanation): readonly SqlValue[] {
  return [packHash, provider, model, promptVersion];
}

async function create(
  database: SqlDatabase,
  session: SqlSession,
  tenantId: string,
  explanation: NewExplanation
): Promise<{ readonly row: ExplanationRow; readonly isNew: boolean }> {
  const { analysisId, verdict, confidence, content, createdBy } = explanation;
  const [made] = await session.query<StoredExplanation>(
    `insert into analysis_results (tenant_id, pack_hash, provider, model, prompt_version, analysis_id, verdict, confidence,
       content, created_by_kind, created_by_id, created_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10, $11, $12)
     on conflict (tenant_id, pack_hash, provider, model, prompt_version) where status = 'pending' do nothing
     returning ${explanationColumns}`,
    [
      ...[
        tenantId,
        ...equalityOf(explanation),
        analysisId,
        verdict,
        confidence,
        JSON.stringify(content, storableValue),
      ],
      ...[createdBy.kind, toStorableText(createdBy.id), toStorableText(createdBy.name)],
    ]
  );
  if (made !== undefined) {
    return { row: presentExplanation(made), isNew: true };
  }
  const [known] = await session.query<StoredExplanation>(
    `select ${explanationColumns} from analysis_results where ${ofEqual} and status = 'pending'`,
    [tenantId, ...equalityOf(explanation)]
  );
  if (known === undefined) {
    // It ended between the two statements.
    const message = 'An equal explanation ended at this moment';
    throw new PortError({ system: database.system, kind: 'conflict', isRetryable: true, message });
  }
  return { row: presentExplanation(known), isNew: false };
}

async function readFeedback(
  session: SqlSession,
  tenantId: string,
  id: string,
  actor: { readonly kind: string; readonly id: string }
): Promise<ExplanationOpinions> {
  const [counts] = await session.query<{ readonly useful: number | string; readonly all: number | string }>(
    `select count(*) filter (where is_useful) as useful, count(*) as all from analysis_feedback
     where tenant_id = $1 and analysis_result_id = $2`,
    [tenantId, id]
  );
  const [own] = await session.query<{ readonly is_useful: boolean; readonly reason: string }>(
    `select is_useful, reason from analysis_feedback
     where tenant_id = $1 and analysis_result_id = $2 and actor_kind = $3 and actor_id = $4`,
    [tenantId, id, actor.kind, toStorableText(actor.id)]
  );
  const usefulCount = Number(counts?.useful ?? 0);
  return {
    usefulCount,
    notUsefulCount: Number(counts?.all ?? 0) - usefulCount,
    own: own === undefined ? null : { isUseful: own.is_useful, reason: own.reason },
  };
}
