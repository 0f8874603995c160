import { z } from 'zod';
import { Name } from './identity.ts';

const LokiOrgId = z
  .string()
  .regex(/^[A-Za-z0-9!_.*'()-]{1,150}$/, 'must be a tenant id of Loki')
  .describe('X-Scope-OrgID, the tenant id in Loki. No two tenants have the same');

/** A customer of the installation. */
export const Tenant = z
  .object({
    id: z.uuid(),
    name: z.string(),
    lokiOrgId: z.string().nullable().describe('Null: no tenant id in Loki'),
    hasLogs: z.boolean().describe('False: there is nothing to read until it has a tenant id of Loki'),
  })
  .meta({ id: 'Tenant' });
export type Tenant = z.infer<typeof Tenant>;

/** A tenant. */
export const TenantParams = z.object({ id: z.uuid() });

/** All tenants. */
export const ListTenantsResponse = z.object({ tenants: z.array(Tenant) }).meta({ id: 'ListTenantsResponse' });
export type ListTenantsResponse = z.infer<typeof ListTenantsResponse>;

/** Makes a tenant. */
export const CreateTenantRequest = z.object({ name: Name, lokiOrgId: LokiOrgId.optional() });

/** Changes what is given. */
export const UpdateTenantRequest = z.object({ name: Name.optional(), lokiOrgId: LokiOrgId.nullable().optional() });

/** One tenant. */
export const TenantResponse = z.object({ tenant: Tenant }).meta({ id: 'TenantResponse' });
export type TenantResponse = z.infer<typeof TenantResponse>;

/** Which tenant an organisation of Grafana is. */
export const Organisation = z
  .object({ organisationId: z.number().int().positive().describe("Grafana's number of it"), tenantId: z.uuid() })
  .meta({ id: 'Organisation' });
export type Organisation = z.infer<typeof Organisation>;

/** An organisation of Grafana. */
export const OrganisationParams = z.object({
  organisationId: z.string().regex(/^[1-9]\d{0,14}$/, "must be Grafana's number of the organisation"),
});

/** All organisations that are somebody's. */
export const ListOrganisationsResponse = z
  .object({ organisations: z.array(Organisation) })
  .meta({ id: 'ListOrganisationsResponse' });
export type ListOrganisationsResponse = z.infer<typeof ListOrganisationsResponse>;

/** Says whose an organisation is. */
export const MapOrganisationRequest = z.object({ tenantId: z.uuid() });

/** One organisation; after it was taken away, as it was. */
export const OrganisationResponse = z.object({ organisation: Organisation }).meta({ id: 'OrganisationResponse' });
export type OrganisationResponse = z.infer<typeof OrganisationResponse>;
