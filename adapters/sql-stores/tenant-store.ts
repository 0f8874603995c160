import { PortError } from '@loghunter/ports';
import type { SqlDatabase, SqlSession, Tenant, TenantStore } from '@loghunter/ports';
import { listTenants, presentTenant, tenantColumns, type TenantRow } from './tenants.ts';

type System = SqlDatabase['system'];

/** Tenants and their organisations in a SQL database. */
export function createTenantStore(database: SqlDatabase): TenantStore {
  const { system } = database;
  return {
    listTenants: () => database.withInstallation(listTenants),
    createTenant: (name, lokiOrgId) =>
      database.withInstallation(async (session) => {
        await refuseTaken(session, system, { id: null, name, lokiOrgId });
        const rows = await session.query<TenantRow>(
          `insert into tenants (name, loki_org_id) values ($1, $2) returning ${tenantColumns}`,
          [name, lokiOrgId]
        );
        return only(system, rows.map(presentTenant));
      }),
    updateTenant: (id, change) =>
      database.withInstallation(async (session) => {
        const [current] = (await listTenants(session)).filter((tenant) => tenant.id === id);
        if (current === undefined) {
          return null;
        }
        const wanted = { ...current, ...change };
        await refuseTaken(session, system, wanted);
        const rows = await session.query<TenantRow>(
          `update tenants set name = $2, loki_org_id = $3, updated_at = now() where id = $1
           returning ${tenantColumns}`,
          [id, wanted.name, wanted.lokiOrgId]
        );
        return only(system, rows.map(presentTenant));
      }),
    changeSetting: (id, name, value) =>
      database.withTenant(id, async (session) => {
        const [row] = await session.query<TenantRow>(
          `update tenants set updated_at = now(),
             settings = case when $3::bigint is null then settings - $2::text else settings || jsonb_build_object($2::text, $3::bigint) end
           where id = $1 returning ${tenantColumns}`,
          [id, name, value]
        );
        return row === undefined ? null : presentTenant(row);
      }),
    listOrganisations: () => database.withInstallation((session) => readOrganisations(session, null)),
    findTenantOf: (organisationId) =>
      database.withInstallation(async (session) => {
        const [mapping] = await readOrganisations(session, organisationId);
        return mapping?.tenantId ?? null;
      }),
    mapOrganisation: ({ organisationId, tenantId }) =>
      database.withInstallation(async (session) => {
        const known = (await listTenants(session)).some((tenant) => tenant.id === tenantId);
        if (!known) {
          throw new PortError({ system, kind: 'not-found', message: `There is no tenant ${tenantId}` });
        }
        await session.query(
          `insert into grafana_organisations (organisation_id, tenant_id) values ($1, $2)
           on conflict (organisation_id) do update set tenant_id = excluded.tenant_id, updated_at = now()`,
          [organisationId, tenantId]
        );
      }),
    adoptOrganisation: ({ organisationId, tenantId }) =>
      database.withInstallation(async (session) => {
        await session.query(
          'insert into grafana_organisations (organisation_id, tenant_id) values ($1, $2) on conflict do nothing',
          [organisationId, tenantId]
        );
        return only(system, await readOrganisations(session, organisationId)).tenantId;
      }),
    unmapOrganisation: (organisationId) =>
      database.withInstallation(async (session) => {
        const rows = await session.query(
          'delete from grafana_organisations where organisation_id = $1 returning organisation_id',
          [organisationId]
        );
        return rows.length > 0;
      }),
  };
}

interface OrganisationRow extends Record<string, unknown> {
  readonly organisation_id: number;
  readonly tenant_id: string;
}

async function readOrganisations(session: SqlSession, organisationId: number | null) {
  const rows = await session.query<OrganisationRow>(
    `select organisation_id, tenant_id from grafana_organisations
     where $1::bigint is null or organisation_id = $1 order by organisation_id`,
    [organisationId]
  );
  return rows.map((row) => ({ organisationId: Number(row.organisation_id), tenantId: row.tenant_id }));
}

// Two tenants with one id of Loki would read each other's lines. The lock makes a second writer wait and see the first one's row.
async function refuseTaken(
  session: SqlSession,
  system: System,
  wanted: Pick<Tenant, 'name' | 'lokiOrgId'> & { readonly id: string | null }
): Promise<void> {
  await session.query('lock table tenants in share row exclusive mode');
  const others = (await listTenants(session)).filter(({ id }) => id !== wanted.id);
  const isNameTaken = others.some(({ name }) => name === wanted.name);
  if (isNameTaken || (wanted.lokiOrgId !== null && others.some(({ lokiOrgId }) => lokiOrgId === wanted.lokiOrgId))) {
    const what = isNameTaken ? `the name ${wanted.name}` : `Loki's tenant id ${wanted.lokiOrgId}`;
    throw new PortError({ system, kind: 'conflict', message: `Another tenant has ${what}` });
  }
}

function only<T>(system: System, rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) {
    throw new PortError({
      system,
      kind: 'invalid-answer',
      message: 'The database wrote a row and did not return it',
    });
  }
  return row;
}
