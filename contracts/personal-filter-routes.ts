import { changeProblems, queryProblems, type Route } from './route.ts';

/** Filters that one person keeps. */
export const personalFilterRoutes = {
  listPersonalFilters: {
    method: 'GET',
    path: '/api/v1/personal-filters',
    summary: "The caller's own filters, which nobody else sees",
    role: 'viewer',
    problems: queryProblems,
  },
  savePersonalFilter: {
    method: 'POST',
    path: '/api/v1/personal-filters',
    summary: 'Keep a filter for oneself, in place of the one of the same name; at most 200',
    role: 'viewer',
    status: 201,
    problems: [...changeProblems, 'idempotency-key-reused'],
  },
  deletePersonalFilter: {
    method: 'DELETE',
    path: '/api/v1/personal-filters/{id}',
    summary: "Delete a filter of one's own",
    role: 'viewer',
    problems: [...queryProblems, 'not-found'],
  },
} as const satisfies Readonly<Record<string, Route>>;
