import type { Tenant } from '@loghunter/ports';
import type { Config } from '../config.ts';
import { isSameAddress } from '../settings/source-contradictions.ts';

/** What says which logs are whose. */
export interface TenantLogParts {
  readonly config: Pick<Config, 'loki' | 'lokiSources'>;
  /** The tenant that the configuration names. */
  readonly configured: Tenant;
}

/** Whether there is anything to read for the tenant: the configured one has logs always, others where a Loki keeps them apart. */
export function hasLogs(parts: TenantLogParts, tenant: Tenant): boolean {
  return (
    tenant.id === parts.configured.id ||
    parts.config.lokiSources.some(({ tenantId }) => tenantId === tenant.id) ||
    sharedOrgIdOf(parts, tenant) !== null
  );
}

/** Under which id another than the configured tenant has logs in the Loki that all share; null: nowhere, or somebody else reads them. */
export function sharedOrgIdOf({ config, configured }: TenantLogParts, { lokiOrgId }: Tenant): string | null {
  const { loki, lokiSources } = config;
  const isTaken =
    lokiOrgId === configured.lokiOrgId ||
    lokiSources.some(({ url, orgId }) => orgId === lokiOrgId && isSameAddress(url, loki?.url));
  return loki === null || isTaken ? null : lokiOrgId;
}
