import type { PersonalFilterRow, SavedFilterRow, SavedFilterStore, SqlDatabase, SqlValue } from '@loghunter/ports';

interface KeptFilter extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly filter: Readonly<Record<string, unknown>>;
  readonly created_at: Date;
  readonly updated_at: Date;
}

interface FilterRow extends KeptFilter {
  readonly created_by_kind: string;
  readonly created_by_id: string;
  readonly created_by_name: string;
}

const columns = 'id, name, filter, created_by_kind, created_by_id, created_by_name, created_at, updated_at';

const personalColumns = 'id, name, filter, created_at, updated_at';

/** Saved filters in a SQL database. */
export function createSavedFilterStore(database: SqlDatabase): SavedFilterStore {
  async function run(tenantId: string, text: string, values: readonly SqlValue[]): Promise<readonly SavedFilterRow[]> {
    const rows = await database.withTenant(tenantId, (session) =>
      session.query<FilterRow>(text, [tenantId, ...values])
    );
    return rows.map(presentFilter);
  }
  async function runPersonal(
    tenantId: string,
    text: string,
    values: readonly SqlValue[]
  ): Promise<readonly PersonalFilterRow[]> {
    const rows = await database.withTenant(tenantId, (session) =>
      session.query<KeptFilter>(text, [tenantId, ...values])
    );
    return rows.map(({ id, name, filter, created_at, updated_at }) => ({
      ...{ id, name, filter, createdAtMs: created_at.getTime(), updatedAtMs: updated_at.getTime() },
    }));
  }
  return {
    list: (tenantId) =>
      run(
        tenantId,
        `select ${columns} from saved_filters where tenant_id = $1 and deleted_at is null order by name`,
        []
      ),
    async get(tenantId, id) {
      const text = `select ${columns} from saved_filters where tenant_id = $1 and id = $2 and deleted_at is null`;
      return (await run(tenantId, text, [id]))[0] ?? null;
    },
    async create(tenantId, { name, filter, createdBy }) {
      const [row] = await run(
        tenantId,
        `insert into saved_filters (tenant_id, name, filter, created_by_kind, created_by_id, created_by_name)
         values ($1, $2, $3::jsonb, $4, $5, $6) returning ${columns}`,
        [name, JSON.stringify(filter), createdBy.kind, createdBy.id, createdBy.name]
      );
      if (row === undefined) {
        throw new TypeError('an insert returned no row');
      }
      return row;
    },
    async rename(tenantId, id, name) {
      const text = `update saved_filters set name = $3, updated_at = now()
        where tenant_id = $1 and id = $2 and deleted_at is null returning ${columns}`;
      return (await run(tenantId, text, [id, name]))[0] ?? null;
    },
    async hide(tenantId, id) {
      const text = `update saved_filters set deleted_at = now(), updated_at = now()
        where tenant_id = $1 and id = $2 and deleted_at is null returning ${columns}`;
      return (await run(tenantId, text, [id])).length > 0;
    },
    listPersonal: (tenantId, { kind, id }) =>
      runPersonal(
        tenantId,
        `select ${personalColumns} from personal_filters
         where tenant_id = $1 and owner_kind = $2 and owner_id = $3 order by name collate "C"`,
        [kind, id]
      ),
    async savePersonal(tenantId, { kind, id }, { name, filter }, most) {
      const text = `insert into personal_filters (tenant_id, owner_kind, owner_id, name, filter)
        select $1, $2, $3, $4, $5::jsonb
        where (select count(*) from personal_filters where tenant_id = $1 and owner_kind = $2 and owner_id = $3 and name <> $4) < $6
        on conflict (tenant_id, owner_kind, owner_id, name) do update set filter = excluded.filter, updated_at = now()
        returning ${personalColumns}`;
      return (await runPersonal(tenantId, text, [kind, id, name, JSON.stringify(filter), most]))[0] ?? null;
    },
    async deletePersonal(tenantId, owner, id) {
      const text = `delete from personal_filters where tenant_id = $1 and owner_kind = $2 and owner_id = $3 and id = $4
        returning ${personalColumns}`;
      return (await runPersonal(tenantId, text, [owner.kind, owner.id, id])).length > 0;
    },
    async deleteHiddenBefore(tenantId, cutMs, limit) {
      const text = `delete from saved_filters where tenant_id = $1 and id in (
          select id from saved_filters where tenant_id = $1 and deleted_at < to_timestamp($2::float8 / 1000) limit $3)
        returning ${columns}`;
      return (await run(tenantId, text, [cutMs, limit])).length;
    },
  };
}

function presentFilter(row: FilterRow): SavedFilterRow {
  return {
    id: row.id,
    name: row.name,
    filter: row.filter,
    createdBy: { kind: row.created_by_kind, id: row.created_by_id, name: row.created_by_name },
    createdAtMs: row.created_at.getTime(),
    updatedAtMs: row.updated_at.getTime(),
  };
}
