import {
  passedBudget,
  PortError,
  type EgressFilter,
  type EgressLedger,
  type EgressTotalRow,
  type EgressUse,
  type NewEgressEntry,
  type SqlDatabase,
  type SqlSession,
} from '@loghunter/ports';
import { egressColumns, presentEgress, type StoredEgress } from './egress-row.ts';
import { storableValue, toStorableText } from './storable-text.ts';

const ofRange = `tenant_id = $1 and started_at >= to_timestamp($2::float8 / 1000) and started_at < to_timestamp($3::float8 / 1000)
  and ($4::text is null or provider = $4) and ($5::boolean is null or left_installation = $5)`;

/** What went out to language models, in a SQL database. */
export function createEgressLedger(database: SqlDatabase): EgressLedger {
  return {
    begin: (tenantId, entry, budgets) =>
      database.withTenant(tenantId, async (session) => {
        await lockTenant(session, tenantId);
        const budget = passedBudget(entry, budgets, await readUse(session, tenantId));
        return budget === null
          ? { kind: 'begun' as const, id: await insert(database, session, tenantId, entry) }
          : { kind: 'refused' as const, budget };
      }),
    async finish(tenantId, id, { outcome, usage, costMicrodollars }) {
      await database.withTenant(tenantId, (session) =>
        session.query(
          `update egress_entries set finished_at = now(), updated_at = now(), outcome = $3, is_estimate = $4::bigint is null,
             input_tokens = coalesce($4::bigint, input_tokens), output_tokens = coalesce($5::bigint, output_tokens),
             cost_microdollars = case when $4::bigint is null then cost_microdollars else $6::bigint end
           where tenant_id = $1 and id = $2`,
          [
            ...[tenantId, id, toStorableText(outcome)],
            ...[usage?.inputTokens ?? null, usage?.outputTokens ?? null, costMicrodollars],
          ]
        )
      );
    },
    readUse: (tenantId) => database.withTenant(tenantId, (session) => readUse(session, tenantId)),
    list: (tenantId, filter) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<StoredEgress>(
          `select ${egressColumns} from egress_entries where ${ofRange} order by started_at desc, id limit $6 offset $7`,
          [...valuesOf(tenantId, filter), filter.limit, filter.offset]
        );
        return rows.map(presentEgress);
      }),
    readTotals: (tenantId, filter) => database.withTenant(tenantId, (session) => readTotals(session, tenantId, filter)),
    get: (tenantId, id) =>
      database.withTenant(tenantId, async (session) => {
        const [row] = await session.query<StoredEgress & { readonly sent_text: string }>(
          `select ${egressColumns}, sent_text from egress_entries where tenant_id = $1 and id = $2`,
          [tenantId, id]
        );
        return row === undefined ? null : { entry: presentEgress(row), text: row.sent_text };
      }),
    deleteBefore: (tenantId, cutMs, limit) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query(
          `delete from egress_entries where tenant_id = $1 and id in (
             select id from egress_entries where tenant_id = $1 and started_at < to_timestamp($2::float8 / 1000) limit $3)
           returning 1 as one`,
          [tenantId, cutMs, limit]
        );
        return rows.length;
      }),
  };
}

// The tenant's row of settings is what calls at the same time wait for each other on.
async function lockTenant(session: SqlSession, tenantId: string): Promise<void> {
  await session.query('insert into model_settings (tenant_id) values ($1) on conflict do nothing', [tenantId]);
  await session.query('select 1 as one from model_settings where tenant_id = $1 for update', [tenantId]);
}

async function insert(
  database: SqlDatabase,
  session: SqlSession,
  tenantId: string,
  entry: NewEgressEntry
): Promise<string> {
  const [row] = await session.query<{ readonly id: string }>(
    `insert into egress_entries (tenant_id, purpose, provider, model, destination, left_installation, sent_text, text_hash,
       size_bytes, redactions, input_tokens, output_tokens, cost_microdollars, actor_kind, actor_id, actor_name, subject_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::jsonb, $11, $12, $13, $14, $15, $16, $17) returning id`,
    [
      ...[tenantId, entry.purpose, entry.provider, entry.model, entry.destination, entry.leftInstallation],
      ...[toStorableText(entry.text), entry.textHash, entry.sizeBytes, JSON.stringify(entry.redactions, storableValue)],
      ...[entry.inputTokens, entry.outputTokens, entry.costMicrodollars],
      ...[entry.actor.kind, toStorableText(entry.actor.id), toStorableText(entry.actor.name), entry.subjectId],
    ]
  );
  if (row === undefined) {
    const message = 'The database wrote a row and did not return it';
    throw new PortError({ system: database.system, kind: 'invalid-answer', message });
  }
  return row.id;
}

async function readUse(session: SqlSession, tenantId: string): Promise<EgressUse> {
  const [row] = await session.query<{
    readonly tokens: number | string;
    readonly calls: number | string;
    readonly microdollars: number | string;
  }>(
    `select
       coalesce(sum(input_tokens + output_tokens) filter (where started_at >= date_trunc('day', now(), 'UTC')), 0) as tokens,
       count(*) filter (where started_at > now() - interval '1 minute') as calls,
       coalesce(sum(cost_microdollars) filter (where started_at >= date_trunc('month', now(), 'UTC')), 0) as microdollars
     from egress_entries
     where tenant_id = $1 and started_at >= least(date_trunc('month', now(), 'UTC'), now() - interval '1 minute')`,
    [tenantId]
  );
  return {
    tokensToday: Number(row?.tokens ?? 0),
    callsThisMinute: Number(row?.calls ?? 0),
    microdollarsThisMonth: Number(row?.microdollars ?? 0),
  };
}

function valuesOf(tenantId: string, { sinceMs, untilMs, provider, leftInstallation }: EgressFilter) {
  return [tenantId, sinceMs, untilMs, provider ?? null, leftInstallation ?? null];
}

async function readTotals(
  session: SqlSession,
  tenantId: string,
  filter: EgressFilter
): Promise<readonly EgressTotalRow[]> {
  const rows = await session.query<{
    readonly provider: string;
    readonly destination: string;
    readonly left_installation: boolean;
    readonly calls: number | string;
    readonly bytes: number | string;
    readonly input: number | string;
    readonly output: number | string;
    readonly microdollars: number | string;
  }>(
    `select provider, destination, left_installation, count(*) as calls, sum(size_bytes) as bytes,
       sum(input_tokens) as input, sum(output_tokens) as output, coalesce(sum(cost_microdollars), 0) as microdollars
     from egress_entries where ${ofRange}
     group by provider, destination, left_installation order by calls desc, provider, destination`,
    valuesOf(tenantId, filter)
  );
  return rows.map((row) => ({
    provider: row.provider,
    destination: row.destination,
    leftInstallation: row.left_installation,
    callCount: Number(row.calls),
    sizeBytes: Number(row.bytes),
    inputTokens: Number(row.input),
    outputTokens: Number(row.output),
    costMicrodollars: Number(row.microdollars),
  }));
}
