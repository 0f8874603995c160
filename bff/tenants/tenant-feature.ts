import type { Tenant as PresentedTenant } from '@loghunter/contracts';
import { isPortError, type Tenant, type TenantStore } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';

/** What the requests of whoever runs the installation need. */
export interface TenantFeature {
  readonly tenantStore: TenantStore;
  /** Whether a tenant has logs that are its own. */
  readonly hasLogs: (tenant: Tenant) => boolean;
}

/** A tenant as answers show it. */
export function presentTenant({ hasLogs }: TenantFeature, tenant: Tenant): PresentedTenant {
  const { id, name, lokiOrgId } = tenant;
  return { id, name, lokiOrgId, hasLogs: hasLogs(tenant) };
}

/** Waits for a change; what conflicts with another tenant becomes `ProblemError` `conflict`. */
export async function refuseConflicts<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (isPortError(error) && error.kind === 'conflict' && !error.isRetryable) {
      throw new ProblemError('conflict', `${error.message}.`, { cause: error });
    }
    throw error;
  }
}

/** The answer for a tenant that does not exist. */
export function noSuchTenant(id: string): ProblemError {
  return new ProblemError('not-found', `There is no tenant ${id}.`);
}
