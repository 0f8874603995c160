// What `loghunter keys` and `loghunter tenants` do on the configured database: the API's own handlers, audited as the API's calls are.
import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { RequestOf, ResponseOf, RouteId } from '@loghunter/contracts';
import { PortError, type Tenant } from '@loghunter/ports';
import { createApiKey } from './api-keys/create-api-key.ts';
import { listApiKeys } from './api-keys/list-api-keys.ts';
import { revokeApiKey } from './api-keys/revoke-api-key.ts';
import { rotateApiKey } from './api-keys/rotate-api-key.ts';
import { createAuditedCalls } from './audit/audited-calls.ts';
import { startReadBatch } from './audit/read-batch.ts';
import { systemClock } from './clock.ts';
import { openDatabase, type DatabaseAccess } from './composition.ts';
import type { Config } from './config.ts';
import { parseCall } from './http/parse-request.ts';
import type { Principal } from './http/principal.ts';
import type { CallContext } from './http/route-handlers.ts';
import { createLogger } from './logger.ts';
import { createTenant } from './tenants/create-tenant.ts';
import { listOrganisations, mapOrganisation, unmapOrganisation } from './tenants/grafana-organisations.ts';
import { listTenants } from './tenants/list-tenants.ts';
import { hasLogs } from './tenants/tenant-logs.ts';
import { updateTenant } from './tenants/update-tenant.ts';

export { isProblemError } from './http/problem-error.ts';

const handlers = {
  listApiKeys,
  createApiKey,
  rotateApiKey,
  revokeApiKey,
  listTenants,
  createTenant,
  updateTenant,
  listOrganisations,
  mapOrganisation,
  unmapOrganisation,
} as const;

type AdministrationRoute = keyof typeof handlers & RouteId;

/** Calls of the API that need no server; each throws `ProblemError` as a request would fail, or `PortError`. */
export type Administration = {
  readonly [Id in AdministrationRoute]: (request: RequestOf<Id>) => Promise<ResponseOf<Id>>;
};

/** Whose keys; null: the configured tenant's. */
export interface AdministrationScope {
  readonly tenantName: string | null;
}

/**
 * Runs `work` on the configured database, as its operator. Throws `PortError`: `not-found` for an unknown tenant, `conflict` when the embedded
 * database is in use by a server that runs.
 */
export async function administer<T>(
  config: Config,
  { tenantName }: AdministrationScope,
  work: (administration: Administration) => Promise<T>
): Promise<T> {
  const access = await openDatabase(config);
  try {
    const configured = await access.ledger.ensureTenant(config.tenantName, config.loki?.orgId ?? null);
    const tenant = tenantName === null ? configured : await findTenant(access, tenantName);
    const logger = createLogger(config);
    const readBatch = startReadBatch({ auditLog: access.auditLog, clock: systemClock, logger });
    const calls = createAuditedCalls({ ...access, readBatch, clock: systemClock });
    const feature = {
      tenantId: tenant.id,
      apiKeys: access.apiKeys,
      tenantStore: access.tenants,
      configuredTenantId: configured.id,
      hasLogs: (other: Tenant) => hasLogs({ config, configured }, other),
      clock: systemClock,
    };
    const context = { principal: shellPrincipal(tenant), signal: new AbortController().signal };
    function call(id: AdministrationRoute, request: Readonly<Record<string, unknown>>): Promise<unknown> {
      const requestId = randomUUID();
      const handler = handlers[id] as (f: typeof feature, r: unknown, c: CallContext) => Promise<unknown>;
      return calls.run(
        { route: id, principal: context.principal, requestId, pathParameters: {}, idempotencyKey: undefined },
        async () => parseCall(id, request),
        (checked) => handler(feature, checked, { ...context, requestId })
      );
    }
    const entries = (Object.keys(handlers) as AdministrationRoute[]).map((id) => [id, call.bind(null, id)]);
    try {
      return await work(Object.fromEntries(entries) as Administration);
    } finally {
      await readBatch.stop();
    }
  } finally {
    await access.database.close();
  }
}

async function findTenant({ database, tenants }: DatabaseAccess, name: string): Promise<Tenant> {
  const tenant = (await tenants.listTenants()).find((candidate) => candidate.name === name);
  if (tenant === undefined) {
    throw new PortError({ system: database.system, kind: 'not-found', message: `There is no tenant ${name}` });
  }
  return tenant;
}

// Whoever may open the database may do everything in it.
function shellPrincipal(tenant: Tenant): Principal {
  const name = `${userInfo().username} at the shell`;
  return { tenantId: tenant.id, actor: { kind: 'installation', id: 'shell', name }, role: 'operator' };
}
