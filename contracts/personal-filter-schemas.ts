import * as savedFilters from './saved-filters.ts';

/** Schemas of filters that one person keeps. */
export const personalFilterSchemas = {
  listPersonalFilters: { response: savedFilters.ListPersonalFiltersResponse },
  savePersonalFilter: { body: savedFilters.SavePersonalFilterRequest, response: savedFilters.PersonalFilter },
  deletePersonalFilter: {
    params: savedFilters.SavedFilterParams,
    response: savedFilters.DeletePersonalFilterResponse,
  },
} as const;
