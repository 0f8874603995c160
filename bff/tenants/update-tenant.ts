import type { RequestOf, TenantResponse } from '@loghunter/contracts';
import { ProblemError } from '../http/problem-error.ts';
import { noSuchTenant, presentTenant, refuseConflicts, type TenantFeature } from './tenant-feature.ts';

/** What changing a tenant needs beside. */
export interface UpdateTenantFeature extends TenantFeature {
  /** The tenant that the configuration names: its name and its id in Loki are changed there. */
  readonly configuredTenantId: string;
}

/** Changes what is given. */
export async function updateTenant(
  feature: UpdateTenantFeature,
  { id, name, lokiOrgId }: RequestOf<'updateTenant'>
): Promise<TenantResponse> {
  if (id === feature.configuredTenantId) {
    throw new ProblemError(
      'conflict',
      'The name and the Loki id of this tenant are in the configuration: LOGHUNTER_TENANT and LOGHUNTER_LOKI_ORG_ID.'
    );
  }
  const change = { ...(name === undefined ? {} : { name }), ...(lokiOrgId === undefined ? {} : { lokiOrgId }) };
  const tenant = await refuseConflicts(feature.tenantStore.updateTenant(id, change));
  if (tenant === null) {
    throw noSuchTenant(id);
  }
  return { tenant: presentTenant(feature, tenant) };
}
