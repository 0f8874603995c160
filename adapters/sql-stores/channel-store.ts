import type { ChannelKind, ChannelRow, ChannelStore, SqlDatabase, SqlValue } from '@loghunter/ports';
import { storableValue, toStorableText } from './storable-text.ts';

interface StoredChannel extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly target: Readonly<Record<string, unknown>>;
  readonly sealed_secret: string | null;
  readonly rules: ChannelRow['rules'];
  readonly is_enabled: boolean;
  readonly disabled_reason: string | null;
  readonly failure_count: number;
  readonly retry_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns = `id, name, kind, target, sealed_secret, rules, is_enabled, disabled_reason, failure_count, retry_at,
  created_at, updated_at`;
const own = `from notification_channels where tenant_id = $1 and deleted_at is null`;
const update = `update notification_channels set updated_at = now()`;

/** Channels in a SQL database. */
export function createChannelStore(database: SqlDatabase): ChannelStore {
  async function run(tenantId: string, text: string, values: readonly SqlValue[]): Promise<readonly ChannelRow[]> {
    const rows = await database.withTenant(tenantId, (session) =>
      session.query<StoredChannel>(text, [tenantId, ...values])
    );
    return rows.map(presentChannel);
  }
  return {
    list: (tenantId) => run(tenantId, `select ${columns} ${own} order by name, id`, []),
    // In one order: two that take the same rows in different orders would wait for each other.
    lockEnabled: (tenantId) => run(tenantId, `select ${columns} ${own} and is_enabled order by id for update`, []),
    async get(tenantId, id) {
      return (await run(tenantId, `select ${columns} ${own} and id = $2`, [id]))[0] ?? null;
    },
    async create(tenantId, id, content) {
      const [row] = await run(
        tenantId,
        `insert into notification_channels (tenant_id, id, kind, name, target, sealed_secret, rules, is_enabled)
         values ($1, $2, $3, $4, $5::jsonb, $6, $7::jsonb, $8) returning ${columns}`,
        [id, content.kind, ...contentValues(content)]
      );
      if (row === undefined) {
        throw new TypeError('an insert returned no row');
      }
      return row;
    },
    async change(tenantId, id, content) {
      const text = `${update}, name = $3, target = $4::jsonb, sealed_secret = $5, rules = $6::jsonb, is_enabled = $7,
          disabled_reason = null, failure_count = 0, retry_at = null
        where tenant_id = $1 and id = $2 and deleted_at is null returning ${columns}`;
      return (await run(tenantId, text, [id, ...contentValues(content)]))[0] ?? null;
    },
    async disable(tenantId, id, reason) {
      const text = `${update}, is_enabled = false, disabled_reason = $3
        where tenant_id = $1 and id = $2 returning ${columns}`;
      await run(tenantId, text, [id, reason]);
    },
    async noteFailure(tenantId, id, retryAtMs) {
      const text = `${update}, failure_count = failure_count + 1, retry_at = to_timestamp($3::float8 / 1000)
        where tenant_id = $1 and id = $2 returning ${columns}`;
      await run(tenantId, text, [id, retryAtMs]);
    },
    async noteSuccess(tenantId, id) {
      const text = `${update}, failure_count = 0, retry_at = null
        where tenant_id = $1 and id = $2 and failure_count > 0 returning ${columns}`;
      await run(tenantId, text, [id]);
    },
    async hide(tenantId, id) {
      const text = `${update}, deleted_at = now(), is_enabled = false
        where tenant_id = $1 and id = $2 and deleted_at is null returning ${columns}`;
      return (await run(tenantId, text, [id])).length > 0;
    },
    async deleteHiddenBefore(tenantId, cutMs, limit) {
      const text = `delete from notification_channels where tenant_id = $1 and id in (
          select id from notification_channels
          where tenant_id = $1 and deleted_at < to_timestamp($2::float8 / 1000) limit $3)
        returning ${columns}`;
      return (await run(tenantId, text, [cutMs, limit])).length;
    },
  };
}

function contentValues(
  content: Pick<ChannelRow, 'name' | 'target' | 'sealedSecret' | 'rules' | 'isEnabled'>
): readonly SqlValue[] {
  return [
    toStorableText(content.name),
    JSON.stringify(content.target, storableValue),
    content.sealedSecret,
    JSON.stringify(content.rules, storableValue),
    content.isEnabled,
  ];
}

function presentChannel(row: StoredChannel): ChannelRow {
  return {
    ...{ id: row.id, name: row.name, kind: row.kind, target: row.target, sealedSecret: row.sealed_secret },
    ...{ rules: row.rules, isEnabled: row.is_enabled, disabledReason: row.disabled_reason },
    failureCount: row.failure_count,
    retryAtMs: row.retry_at?.getTime() ?? null,
    createdAtMs: row.created_at.getTime(),
    updatedAtMs: row.updated_at.getTime(),
  };
}
