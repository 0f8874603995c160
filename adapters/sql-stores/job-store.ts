import { createHash } from 'node:crypto';
import { PortError } from '@loghunter/ports';
import type { Job, JobClaim, JobOutcome, JobStore, NewJob, SqlDatabase, SqlSession, SqlValue } from '@loghunter/ports';
import { escapeText } from './audit-chain.ts';
import { jobColumns, presentJob, type JobRow } from './job-row.ts';
import { storableValue, toStorableText } from './storable-text.ts';

const maxFailureLength = 2000;

/** Jobs in a SQL database; every method is one transaction. */
export function createJobStore(database: SqlDatabase): JobStore {
  async function change(tenantId: string, text: string, values: readonly SqlValue[]): Promise<Job | null> {
    const rows = await database.withTenant(tenantId, (session) => session.query<JobRow>(text, [tenantId, ...values]));
    return rows[0] === undefined ? null : presentJob(rows[0]);
  }
  return {
    create: (tenantId, job) =>
      database.withTenant(tenantId, (session) => create(session, database.system, tenantId, job)),
    get: (tenantId, id) => change(tenantId, `select ${jobColumns} from jobs where tenant_id = $1 and id = $2`, [id]),
    list: (tenantId, { status, kind, limit, offset }) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<JobRow>(
          `select ${jobColumns} from jobs
           where tenant_id = $1 and ($2::text is null or status = $2) and ($3::text is null or kind = $3)
           order by created_at desc, id limit $4 offset $5`,
          [tenantId, status ?? null, kind ?? null, limit, offset]
        );
        return rows.map(presentJob);
      }),
    countOpen: (tenantId) =>
      database.withTenant(tenantId, async (session) => {
        const [row] = await session.query<{ count: number }>(
          `select count(*)::integer as count from jobs where tenant_id = $1 and status in ('queued', 'running')`,
          [tenantId]
        );
        return row?.count ?? 0;
      }),
    claim: (tenantId, jobId, message) =>
      database.withTenant(tenantId, async (session) => {
        const [row] = await session.query<JobRow & { readonly claim_id: string }>(
          `update jobs set status = 'running', attempt_count = attempt_count + 1, claim_id = gen_random_uuid(),
             started_at = coalesce(started_at, now()), updated_at = now()
           where tenant_id = $1 and id = $2 and send_count = $3 and (status = 'queued' or (status = 'running' and $4::boolean))
           returning ${jobColumns}, claim_id`,
          [tenantId, jobId, message.sendCount, message.isRedelivered]
        );
        return row === undefined ? null : { job: presentJob(row), claim: { jobId, claimId: row.claim_id } };
      }),
    report: (tenantId, claim, progress) =>
      database.withTenant(tenantId, (session) => report(session, tenantId, claim, progress)),
    finish: (tenantId, claim, outcome) =>
      database.withTenant(tenantId, (session) => finish(session, tenantId, claim, outcome)),
    async requestCancel(tenantId, id) {
      const cancelled = await change(
        tenantId,
        `update jobs set cancel_requested_at = coalesce(cancel_requested_at, now()), updated_at = now(),
           status = case status when 'queued' then 'cancelled' else status end,
           finished_at = case status when 'queued' then now() end
         where tenant_id = $1 and id = $2 and status in ('queued', 'running') returning ${jobColumns}`,
        [id]
      );
      return cancelled ?? this.get(tenantId, id);
    },
    requeue: (tenantId, id) =>
      change(
        tenantId,
        `update jobs stored set status = 'queued', attempt_count = 0, send_count = send_count + 1, claim_id = null, progress = 0,
           progress_text = '', cancel_requested_at = null, started_at = null, finished_at = null, updated_at = now()
         where tenant_id = $1 and id = $2 and status in ('failed', 'cancelled') and not exists (
           select from jobs other where other.tenant_id = $1 and other.kind = stored.kind
             and other.request_hash = stored.request_hash and other.status in ('queued', 'running'))
         returning ${jobColumns}`,
        [id]
      ),
    deleteFinishedBefore: (tenantId, cutMs, limit) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query(
          `delete from jobs where tenant_id = $1 and id in (
             select id from jobs where tenant_id = $1 and finished_at < to_timestamp($2::float8 / 1000) limit $3)
           returning 1 as one`,
          [tenantId, cutMs, limit]
        );
        return rows.length;
      }),
  };
}

async function create(
  session: SqlSession,
  system: SqlDatabase['system'],
  tenantId: string,
  job: NewJob
): Promise<{ readonly job: Job; readonly isNew: boolean }> {
  const input = JSON.stringify(job.input, storableValue);
  const requestHash = createHash('sha256').update(`${job.kind}\n${input}`).digest('hex');
  const [made] = await session.query<JobRow>(
    `insert into jobs (tenant_id, kind, input, request_hash, actor_kind, actor_id, actor_name, request_id, webhook_id)
     values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9)
     on conflict (tenant_id, kind, request_hash) where status in ('queued', 'running') do nothing
     returning ${jobColumns}`,
    [
      tenantId,
      job.kind,
      input,
      requestHash,
      job.actor.kind,
      job.actor.id,
      toStorableText(job.actor.name),
      job.requestId,
      job.webhookId,
    ]
  );
  if (made !== undefined) {
    return { job: presentJob(made), isNew: true };
  }
  const [running] = await session.query<JobRow>(
    `select ${jobColumns} from jobs
     where tenant_id = $1 and kind = $2 and request_hash = $3 and status in ('queued', 'running')`,
    [tenantId, job.kind, requestHash]
  );
  if (running === undefined) {
    const message = 'The same job ended at this moment; ask again';
    throw new PortError({ system, kind: 'conflict', message, isRetryable: true });
  }
  return { job: presentJob(running), isNew: false };
}

async function report(
  session: SqlSession,
  tenantId: string,
  claim: JobClaim,
  progress: { readonly fraction: number; readonly text: string }
): Promise<'continue' | 'cancel' | 'lost'> {
  const [row] = await session.query<{ is_cancel_requested: boolean }>(
    `select cancel_requested_at is not null as is_cancel_requested from jobs
     where tenant_id = $1 and id = $2 and claim_id = $3 and status = 'running'`,
    [tenantId, claim.jobId, claim.claimId]
  );
  if (row === undefined) {
    return 'lost';
  }
  await session.query(
    `update jobs set progress = $4, progress_text = $5, updated_at = now()
     where tenant_id = $1 and id = $2 and claim_id = $3 and (progress <> $4::real or progress_text <> $5)`,
    [tenantId, claim.jobId, claim.claimId, Math.min(1, Math.max(0, progress.fraction)), escapeText(progress.text)]
  );
  return row.is_cancel_requested ? 'cancel' : 'continue';
}

async function finish(
  session: SqlSession,
  tenantId: string,
  claim: JobClaim,
  outcome: JobOutcome
): Promise<Job | null> {
  const [row] = await session.query<JobRow>(
    `update jobs set status = $4, result = $5::jsonb, failure = coalesce($6::text, failure), claim_id = null, updated_at = now(),
       send_count = send_count + case $4::text when 'queued' then 1 else 0 end,
       -- Handed over, not failed: it does not count as a try.
       attempt_count = attempt_count - case when $4::text = 'queued' and $6::text is null then 1 else 0 end,
       progress = case $4::text when 'succeeded' then 1 else progress end,
       finished_at = case $4::text when 'queued' then null else now() end
     where tenant_id = $1 and id = $2 and claim_id = $3 and status = 'running'
     returning ${jobColumns}`,
    [
      tenantId,
      claim.jobId,
      claim.claimId,
      outcome.status,
      outcome.status === 'succeeded' ? JSON.stringify(outcome.result ?? null, storableValue) : null,
      outcome.failure === null ? null : escapeText(outcome.failure, maxFailureLength),
    ]
  );
  return row === undefined ? null : presentJob(row);
}
