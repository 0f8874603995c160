import type { RequestOf, TenantResponse } from '@loghunter/contracts';
import { presentTenant, refuseConflicts, type TenantFeature } from './tenant-feature.ts';

/** Makes a tenant; its logs are read from a few seconds later. */
export async function createTenant(
  feature: TenantFeature,
  { name, lokiOrgId }: RequestOf<'createTenant'>
): Promise<TenantResponse> {
  const tenant = await refuseConflicts(feature.tenantStore.createTenant(name, lokiOrgId ?? null));
  return { tenant: presentTenant(feature, tenant) };
}
