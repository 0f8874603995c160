import type { ListTenantsResponse } from '@loghunter/contracts';
import { presentTenant, type TenantFeature } from './tenant-feature.ts';

/** Answers all tenants of the installation. */
export async function listTenants(feature: TenantFeature): Promise<ListTenantsResponse> {
  const tenants = await feature.tenantStore.listTenants();
  return { tenants: tenants.map((tenant) => presentTenant(feature, tenant)) };
}
