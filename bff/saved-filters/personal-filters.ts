import type { PersonalFilter, RequestOf, ResponseOf } from '@loghunter/contracts';
import type { PersonalFilterRow } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { toTimestamp } from '../http/time-range.ts';
import type { SavedFilterFeature } from './saved-filter-routes.ts';

/** More than anybody finds again in a menu. */
const most = 200;

/** `GET /api/v1/personal-filters` */
export async function listPersonalFilters(
  { savedFilters, tenantId }: SavedFilterFeature,
  _request: RequestOf<'listPersonalFilters'>,
  { principal }: CallContext
): Promise<ResponseOf<'listPersonalFilters'>> {
  return { personalFilters: (await savedFilters.listPersonal(tenantId, principal.actor)).map(present) };
}

/** `POST /api/v1/personal-filters` */
export async function savePersonalFilter(
  { savedFilters, tenantId }: SavedFilterFeature,
  filter: RequestOf<'savePersonalFilter'>,
  { principal }: CallContext
): Promise<PersonalFilter> {
  const saved = await savedFilters.savePersonal(tenantId, principal.actor, filter, most);
  if (saved === null) {
    const message = `you keep ${most} filters already: delete one first`;
    throw new ProblemError('invalid-request', `body: ${message}`, { errors: [{ path: 'body', message }] });
  }
  return present(saved);
}

/** `DELETE /api/v1/personal-filters/{id}` */
export async function deletePersonalFilter(
  { savedFilters, tenantId }: SavedFilterFeature,
  { id }: RequestOf<'deletePersonalFilter'>,
  { principal }: CallContext
): Promise<ResponseOf<'deletePersonalFilter'>> {
  if (!(await savedFilters.deletePersonal(tenantId, principal.actor, id))) {
    throw new ProblemError('not-found', `You keep no filter ${id}.`);
  }
  return { id };
}

function present({ id, name, filter, updatedAtMs }: PersonalFilterRow): PersonalFilter {
  return { id, name, filter: filter as PersonalFilter['filter'], updatedAt: toTimestamp(updatedAtMs) };
}
