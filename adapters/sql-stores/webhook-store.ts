import type { SqlDatabase, SqlValue, WebhookRow, WebhookStore } from '@loghunter/ports';

interface StoredWebhook extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly disabled_at: Date | null;
  readonly created_at: Date;
}

const columns = 'id, name, url, disabled_at, created_at';

/** Webhooks in a SQL database. */
export function createWebhookStore(database: SqlDatabase): WebhookStore {
  async function run(tenantId: string, text: string, values: readonly SqlValue[]): Promise<readonly WebhookRow[]> {
    const rows = await database.withTenant(tenantId, (session) =>
      session.query<StoredWebhook>(text, [tenantId, ...values])
    );
    return rows.map(presentWebhook);
  }
  return {
    list: (tenantId) =>
      run(
        tenantId,
        `select ${columns} from webhooks where tenant_id = $1 and deleted_at is null order by created_at desc, id`,
        []
      ),
    async get(tenantId, id) {
      const text = `select ${columns} from webhooks where tenant_id = $1 and id = $2 and deleted_at is null`;
      return (await run(tenantId, text, [id]))[0] ?? null;
    },
    async create(tenantId, { name, url }) {
      const text = `insert into webhooks (tenant_id, name, url) values ($1, $2, $3) returning ${columns}`;
      const [row] = await run(tenantId, text, [name, url]);
      if (row === undefined) {
        throw new TypeError('an insert returned no row');
      }
      return row;
    },
    async disable(tenantId, id) {
      const text = `update webhooks set disabled_at = coalesce(disabled_at, now()), updated_at = now()
        where tenant_id = $1 and id = $2 returning ${columns}`;
      await run(tenantId, text, [id]);
    },
    async hide(tenantId, id) {
      const text = `update webhooks set deleted_at = now(), updated_at = now()
        where tenant_id = $1 and id = $2 and deleted_at is null returning ${columns}`;
      return (await run(tenantId, text, [id])).length > 0;
    },
    async deleteHiddenBefore(tenantId, cutMs, limit) {
      const text = `delete from webhooks where tenant_id = $1 and id in (
          select id from webhooks where tenant_id = $1 and deleted_at < to_timestamp($2::float8 / 1000) limit $3)
        returning ${columns}`;
      return (await run(tenantId, text, [cutMs, limit])).length;
    },
  };
}

function presentWebhook(row: StoredWebhook): WebhookRow {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    disabledAtMs: row.disabled_at?.getTime() ?? null,
    createdAtMs: row.created_at.getTime(),
  };
}
