import type { GetIdentityResponse, RequestOf } from '@loghunter/contracts';
import type { Tenant } from '@loghunter/ports';
import type { CallContext } from '../http/route-handlers.ts';

/** Answers who calls. */
export function getIdentity(
  { tenant }: { readonly tenant: Tenant },
  _request: RequestOf<'getIdentity'>,
  { principal }: CallContext
): Promise<GetIdentityResponse> {
  const { actor, role } = principal;
  return Promise.resolve({ actor: { ...actor }, role, tenant: { id: tenant.id, name: tenant.name } });
}
