import type { ListOrganisationsResponse, OrganisationResponse, RequestOf } from '@loghunter/contracts';
import { isPortError } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import { noSuchTenant, type TenantFeature } from './tenant-feature.ts';

/** Answers whose the organisations of Grafana are. */
export async function listOrganisations({ tenantStore }: TenantFeature): Promise<ListOrganisationsResponse> {
  return { organisations: [...(await tenantStore.listOrganisations())] };
}

/** Says whose an organisation is; it counts within seconds on every replica. */
export async function mapOrganisation(
  { tenantStore }: TenantFeature,
  { organisationId, tenantId }: RequestOf<'mapOrganisation'>
): Promise<OrganisationResponse> {
  const organisation = { organisationId: Number(organisationId), tenantId };
  try {
    await tenantStore.mapOrganisation(organisation);
  } catch (error) {
    throw isPortError(error) && error.kind === 'not-found' ? noSuchTenant(tenantId) : error;
  }
  return { organisation };
}

/** Makes an organisation nobody's: its users are refused within seconds. */
export async function unmapOrganisation(
  { tenantStore }: TenantFeature,
  request: RequestOf<'unmapOrganisation'>
): Promise<OrganisationResponse> {
  const organisationId = Number(request.organisationId);
  const tenantId = await tenantStore.findTenantOf(organisationId);
  if (tenantId === null || !(await tenantStore.unmapOrganisation(organisationId))) {
    throw new ProblemError('not-found', `Organisation ${organisationId} of Grafana is nobody's.`);
  }
  return { organisation: { organisationId, tenantId } };
}
