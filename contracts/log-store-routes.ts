import { lokiIndexProblems, queryProblems, type Route } from './route.ts';

/** Rows of the log store and how it is read. */
export const logStoreRoutes = {
  checkLogStore: {
    method: 'GET',
    path: '/api/v1/log-store',
    summary: 'Whether the log store has what LogHunter wants of it, and what to set where it has not',
    role: 'admin',
    weight: 2,
    problems: queryProblems,
  },
  listPatterns: {
    method: 'GET',
    path: '/api/v1/log-store/patterns',
    summary: 'Patterns that Loki has found itself, and the cluster that the lines of each are counted in',
    role: 'viewer',
    problems: lokiIndexProblems,
  },
  listWatches: {
    method: 'GET',
    path: '/api/v1/watches',
    summary: 'What is read of the log store, and how far',
    role: 'admin',
    problems: queryProblems,
  },
} as const satisfies Readonly<Record<string, Route>>;
