import type { SqlSession, Tenant } from '@loghunter/ports';

/** A row of `tenants`. */
export interface TenantRow extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly loki_org_id: string | null;
  readonly settings: Readonly<Record<string, number>>;
}

/** Columns of {@link TenantRow}. */
export const tenantColumns = 'id, name, loki_org_id, settings';

/** All tenants, by name. Needs a session of the installation. */
export async function listTenants(session: SqlSession): Promise<readonly Tenant[]> {
  const rows = await session.query<TenantRow>(`select ${tenantColumns} from tenants order by name`);
  return rows.map(presentTenant);
}

/** Creates the tenant of this name or sets its lokiOrgId. Needs a session of the installation. */
export async function ensureTenant(
  session: SqlSession,
  name: string,
  lokiOrgId: string | null
): Promise<readonly Tenant[]> {
  const rows = await session.query<TenantRow>(
    `insert into tenants (name, loki_org_id) values ($1, $2)
     on conflict (name) do update set loki_org_id = excluded.loki_org_id, updated_at = now()
     returning ${tenantColumns}`,
    [name, lokiOrgId]
  );
  return rows.map(presentTenant);
}

/** A tenant of its row. */
export function presentTenant(row: TenantRow): Tenant {
  return { id: row.id, name: row.name, lokiOrgId: row.loki_org_id, settings: row.settings };
}
