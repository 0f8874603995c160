import { buildPath, type RequestOf, type ResponseOf, type SavedFilter } from '@loghunter/contracts';
import type { SavedFilterRow, SavedFilterStore } from '@loghunter/ports';
import { isPortError } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';

/** What requests for saved filters need. */
export interface SavedFilterFeature {
  readonly tenantId: string;
  readonly savedFilters: SavedFilterStore;
}

/** `GET /api/v1/saved-filters` */
export async function listSavedFilters(feature: SavedFilterFeature): Promise<ResponseOf<'listSavedFilters'>> {
  return { savedFilters: (await feature.savedFilters.list(feature.tenantId)).map(presentFilter) };
}

/** `GET /api/v1/saved-filters/{id}` */
export async function getSavedFilter(
  feature: SavedFilterFeature,
  { id }: RequestOf<'getSavedFilter'>
): Promise<SavedFilter> {
  return presentFilter(orNotFound(id, await feature.savedFilters.get(feature.tenantId, id)));
}

/** `POST /api/v1/saved-filters` */
export async function createSavedFilter(
  feature: SavedFilterFeature,
  { name, filter }: RequestOf<'createSavedFilter'>,
  { principal }: CallContext
): Promise<SavedFilter> {
  return presentFilter(
    await refuseTakenName(
      name,
      feature.savedFilters.create(feature.tenantId, { name, filter, createdBy: principal.actor })
    )
  );
}

/** `PATCH /api/v1/saved-filters/{id}` */
export async function renameSavedFilter(
  feature: SavedFilterFeature,
  { id, name }: RequestOf<'renameSavedFilter'>
): Promise<SavedFilter> {
  const renamed = await refuseTakenName(name, feature.savedFilters.rename(feature.tenantId, id, name));
  return presentFilter(orNotFound(id, renamed));
}

/** `DELETE /api/v1/saved-filters/{id}` */
export async function deleteSavedFilter(
  feature: SavedFilterFeature,
  { id }: RequestOf<'deleteSavedFilter'>
): Promise<ResponseOf<'deleteSavedFilter'>> {
  orNotFound(id, (await feature.savedFilters.hide(feature.tenantId, id)) || null);
  return { id };
}

async function refuseTakenName<T>(name: string, saving: Promise<T>): Promise<T> {
  try {
    return await saving;
  } catch (error) {
    if (isPortError(error) && error.kind === 'conflict' && !error.isRetryable) {
      throw new ProblemError('conflict', `There is a saved filter ${name} already.`, { cause: error });
    }
    throw error;
  }
}

function orNotFound<T>(id: string, value: T | null): T {
  if (value === null) {
    throw new ProblemError('not-found', `There is no saved filter ${id}.`);
  }
  return value;
}

function presentFilter(row: SavedFilterRow): SavedFilter {
  const filter = row.filter as SavedFilter['filter'];
  return {
    id: row.id,
    name: row.name,
    filter,
    search: buildPath('', filter).slice(1),
    createdBy: row.createdBy.name,
    createdAt: new Date(row.createdAtMs).toISOString(),
    updatedAt: new Date(row.updatedAtMs).toISOString(),
  };
}
