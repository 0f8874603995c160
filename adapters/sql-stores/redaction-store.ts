import type { TemplatePart } from '@loghunter/engine/templates';
import { renderTemplate } from '@loghunter/engine/templates';
import {
  PortError,
  type RedactionCount,
  type RedactionRuleRow,
  type RedactionStore,
  type SqlDatabase,
  type SqlSession,
  type StoredTextRewriter,
} from '@loghunter/ports';
import { storableValue, toStorableText } from './storable-text.ts';

interface RuleRow extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly form: 'literal' | 'expression';
  readonly pattern: string;
  readonly ignores_case: boolean;
  readonly created_by: string;
  readonly created_at: Date;
}

const columns = 'id, name, form, pattern, ignores_case, created_by, created_at';

/** Redaction rules of tenants in a SQL database. */
export function createRedactionStore(database: SqlDatabase): RedactionStore {
  return {
    listRules: (tenantId) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<RuleRow>(
          `select ${columns} from redaction_rules where tenant_id = $1 and deleted_at is null order by created_at, id`,
          [tenantId]
        );
        return rows.map(presentRule);
      }),
    createRule: (tenantId, { name, form, pattern, ignoresCase, createdBy }) =>
      database.withTenant(tenantId, async (session) => {
        const [row] = await session.query<RuleRow>(
          `insert into redaction_rules (tenant_id, name, form, pattern, ignores_case, created_by)
           values ($1, $2, $3, $4, $5, $6) returning ${columns}`,
          [tenantId, name, form, pattern, ignoresCase ?? false, toStorableText(createdBy)]
        );
        if (row === undefined) {
          const message = 'The database wrote a row and did not return it';
          throw new PortError({ system: database.system, kind: 'invalid-answer', message });
        }
        return presentRule(row);
      }),
    deleteRule: (tenantId, id) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query(
          `update redaction_rules set deleted_at = now(), updated_at = now()
           where tenant_id = $1 and id = $2 and deleted_at is null returning id`,
          [tenantId, id]
        );
        return rows.length > 0;
      }),
    readCounts: (tenantId) => database.withTenant(tenantId, (session) => readCounts(session, tenantId)),
    async addCounts(tenantId, counts) {
      if (counts.size > 0) {
        await database.withTenant(tenantId, (session) => addCounts(session, tenantId, counts));
      }
    },
    rewriteTexts: async (tenantId, rewriter) =>
      (await rewriteAll(database, tenantId, (session, after) => rewriteSamples(session, tenantId, rewriter, after))) +
      (await rewriteAll(database, tenantId, (session, after) => rewriteTemplates(session, tenantId, rewriter, after))),
  };
}

function presentRule(row: RuleRow): RedactionRuleRow {
  return {
    id: row.id,
    name: row.name,
    form: row.form,
    pattern: row.pattern,
    ignoresCase: row.ignores_case,
    createdBy: row.created_by,
    createdAtMs: row.created_at.getTime(),
  };
}

async function readCounts(session: SqlSession, tenantId: string): Promise<ReadonlyMap<string, RedactionCount>> {
  const rows = await session.query<{ rule_name: string; match_count: number; last_matched_at: Date }>(
    'select rule_name, match_count, last_matched_at from redaction_counts where tenant_id = $1',
    [tenantId]
  );
  return new Map(
    rows.map((row) => [
      row.rule_name,
      { matchCount: Number(row.match_count), lastMatchedAtMs: row.last_matched_at.getTime() },
    ])
  );
}

async function addCounts(session: SqlSession, tenantId: string, counts: ReadonlyMap<string, number>): Promise<void> {
  const names = [...counts.keys()];
  // In order of name, so that two writers never wait for each other.
  await session.query(
    `insert into redaction_counts (tenant_id, rule_name, match_count, last_matched_at)
     select $1, rule_name, match_count, now()
     from unnest($2::text[], $3::bigint[]) as counted (rule_name, match_count) order by rule_name
     on conflict (tenant_id, rule_name) do update
     set match_count = redaction_counts.match_count + excluded.match_count, last_matched_at = now(), updated_at = now()`,
    [tenantId, names, names.map((name) => counts.get(name) ?? 0)]
  );
}

const pageSize = 500;
const firstId = '00000000-0000-0000-0000-000000000000';

/** What a page of rows came to. */
interface RewrittenPage {
  readonly changedCount: number;
  /** Id of the page's last row; null when there are no further pages. */
  readonly lastId: string | null;
}

async function rewriteAll(
  database: SqlDatabase,
  tenantId: string,
  rewritePage: (session: SqlSession, afterId: string) => Promise<RewrittenPage>
): Promise<number> {
  let changedCount = 0;
  for (let after: string | null = firstId; after !== null;) {
    const afterId: string = after;
    const page = await database.withTenant(tenantId, (session) => rewritePage(session, afterId));
    changedCount += page.changedCount;
    after = page.lastId;
  }
  return changedCount;
}

async function rewriteSamples(
  session: SqlSession,
  tenantId: string,
  rewriter: StoredTextRewriter,
  afterId: string
): Promise<RewrittenPage> {
  const rows = await session.query<{ id: string; sanitised_text: string }>(
    `select id, sanitised_text from cluster_samples where tenant_id = $1 and id > $2 order by id limit ${pageSize}`,
    [tenantId, afterId]
  );
  const changed = rows.flatMap(({ id, sanitised_text: before }) => {
    const text = rewriter.sample(before);
    return text === before ? [] : [{ id, text: toStorableText(text) }];
  });
  if (changed.length > 0) {
    await session.query(
      `update cluster_samples set sanitised_text = changed.text, updated_at = now()
       from unnest($2::uuid[], $3::text[]) as changed (id, text)
       where cluster_samples.tenant_id = $1 and cluster_samples.id = changed.id`,
      [tenantId, changed.map(({ id }) => id), changed.map(({ text }) => text)]
    );
  }
  return pageOf(rows, changed.length);
}

async function rewriteTemplates(
  session: SqlSession,
  tenantId: string,
  rewriter: StoredTextRewriter,
  afterId: string
): Promise<RewrittenPage> {
  const rows = await session.query<{ id: string; template: readonly TemplatePart[] }>(
    `select id, template from error_clusters where tenant_id = $1 and id > $2 order by id limit ${pageSize}`,
    [tenantId, afterId]
  );
  const changed = rows.flatMap(({ id, template: before }) => {
    const template = rewriter.template(before);
    return template === before ? [] : [{ id, template, text: toStorableText(renderTemplate(template)) }];
  });
  if (changed.length > 0) {
    await session.query(
      `update error_clusters
       set template = changed.template::jsonb, template_text = changed.text, search_text = changed.search, signature = '', updated_at = now()
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as changed (id, template, text, search)
       where error_clusters.tenant_id = $1 and error_clusters.id = changed.id`,
      [
        tenantId,
        changed.map(({ id }) => id),
        changed.map(({ template }) => JSON.stringify(template, storableValue)),
        changed.map(({ text }) => text),
        changed.map(({ text }) => text.toLowerCase()),
      ]
    );
  }
  return pageOf(rows, changed.length);
}

function pageOf(rows: ReadonlyArray<{ readonly id: string }>, changedCount: number): RewrittenPage {
  return { changedCount, lastId: rows.length < pageSize ? null : (rows.at(-1)?.id ?? null) };
}
