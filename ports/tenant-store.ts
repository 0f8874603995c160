import type { Tenant } from './ledger.ts';

/** Which tenant an organisation of Grafana is. */
export interface OrganisationMapping {
  /** Grafana's number of the organisation, 1 or more. */
  readonly organisationId: number;
  readonly tenantId: string;
}

/** The tenants of the installation and whose they are. Every method is one transaction and throws `PortError` of the database. */
export interface TenantStore {
  /** All tenants, by name. */
  listTenants(): Promise<readonly Tenant[]>;
  /** Throws `PortError` `conflict` when the name or the lokiOrgId is taken. */
  createTenant(name: string, lokiOrgId: string | null): Promise<Tenant>;
  /** Null when there is none of this id; throws `PortError` `conflict` when the name or the lokiOrgId is taken. */
  updateTenant(
    id: string,
    change: { readonly name?: string; readonly lokiOrgId?: string | null }
  ): Promise<Tenant | null>;
  /** Sets a setting, or takes it away; null when there is no such tenant. */
  changeSetting(id: string, name: string, value: number | null): Promise<Tenant | null>;
  /** All mappings, by organisation. */
  listOrganisations(): Promise<readonly OrganisationMapping[]>;
  /** Null when the organisation is nobody's. */
  findTenantOf(organisationId: number): Promise<string | null>;
  /** Makes the organisation this tenant's; throws `PortError` `not-found` for an unknown tenant. */
  mapOrganisation(mapping: OrganisationMapping): Promise<void>;
  /** Makes the organisation this tenant's unless it is somebody's; returns whose it is. */
  adoptOrganisation(mapping: OrganisationMapping): Promise<string>;
  /** False when the organisation was nobody's. */
  unmapOrganisation(organisationId: number): Promise<boolean>;
}
