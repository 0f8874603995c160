import { administer, type Administration } from '@loghunter/bff/administration';
import { readConfig } from '@loghunter/bff/config';
import type { Tenant } from '@loghunter/contracts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { withProblems } from '../keys/with-problems.ts';
import { say } from '../terminal/output.ts';
import { printable } from '../terminal/printable.ts';

/** Options of a tenant as the command line gives them. */
export interface TenantFlags {
  readonly lokiOrgId?: string;
}

/** `loghunter tenants list`: one line each, then the organisations of Grafana that are the tenant's. */
export async function listTenants(): Promise<void> {
  const { tenants, organisations } = await withTenants(async (administration) => ({
    ...(await administration.listTenants({})),
    ...(await administration.listOrganisations({})),
  }));
  for (const tenant of tenants) {
    const own = organisations.filter(({ tenantId }) => tenantId === tenant.id).map((each) => each.organisationId);
    process.stdout.write(`${renderTenant(tenant)}\t${own.join(',') || '-'}\n`);
  }
}

/** `loghunter tenants create`: the id goes to standard output. */
export async function createTenant(name: string, { lokiOrgId }: TenantFlags): Promise<void> {
  const { tenant } = await withTenants((administration) =>
    administration.createTenant({ name, ...(lokiOrgId === undefined ? {} : { lokiOrgId }) })
  );
  process.stdout.write(`${tenant.id}\n`);
  if (!tenant.hasLogs) {
    say('the tenant has no logs yet: give it a tenant id of Loki with --loki-org-id');
  }
}

/** `loghunter tenants update`. */
export async function updateTenant(
  current: string,
  { lokiOrgId, name }: TenantFlags & { readonly name?: string }
): Promise<void> {
  await withTenants(async (administration) =>
    administration.updateTenant({
      id: await findTenant(administration, current),
      ...(name === undefined ? {} : { name }),
      ...(lokiOrgId === undefined ? {} : { lokiOrgId }),
    })
  );
}

/** `loghunter tenants map`: says whose an organisation of Grafana is. */
export async function mapOrganisation(organisationId: string, name: string): Promise<void> {
  await withTenants(async (administration) =>
    administration.mapOrganisation({ organisationId, tenantId: await findTenant(administration, name) })
  );
}

/** `loghunter tenants unmap`: makes an organisation of Grafana nobody's. */
export async function unmapOrganisation(organisationId: string): Promise<void> {
  await withTenants((administration) => administration.unmapOrganisation({ organisationId }));
}

function withTenants<T>(work: (administration: Administration) => Promise<T>): Promise<T> {
  return withProblems(() => administer(readConfig(), { tenantName: null }, work));
}

async function findTenant(administration: Administration, name: string): Promise<string> {
  const { tenants } = await administration.listTenants({});
  const tenant = tenants.find((candidate) => candidate.name === name);
  if (tenant === undefined) {
    throw new CliError(exitCodes.usage, `there is no tenant ${name}`);
  }
  return tenant.id;
}

function renderTenant(tenant: Tenant): string {
  const logs = tenant.hasLogs ? (tenant.lokiOrgId ?? 'own') : 'no logs';
  return [tenant.id, printable(tenant.name), logs].join('\t');
}
