import type { ForTenant } from '../http/route-handlers.ts';
import { deletePersonalFilter, listPersonalFilters, savePersonalFilter } from './personal-filters.ts';
import {
  createSavedFilter,
  deleteSavedFilter,
  getSavedFilter,
  listSavedFilters,
  renameSavedFilter,
  type SavedFilterFeature,
} from './saved-filter-routes.ts';

/** What answers requests for filters that a tenant shares, and for those that one person keeps. */
export function createSavedFilterHandlers(forTenant: ForTenant<SavedFilterFeature>) {
  return {
    listSavedFilters: forTenant(listSavedFilters),
    getSavedFilter: forTenant(getSavedFilter),
    createSavedFilter: forTenant(createSavedFilter),
    renameSavedFilter: forTenant(renameSavedFilter),
    deleteSavedFilter: forTenant(deleteSavedFilter),
    listPersonalFilters: forTenant(listPersonalFilters),
    savePersonalFilter: forTenant(savePersonalFilter),
    deletePersonalFilter: forTenant(deletePersonalFilter),
  };
}
