import { changeProblems, queryProblems, type Route } from './route.ts';

/** Rows of the route table about root causes. */
export const rootCauseRoutes = {
  startAnalysis: {
    method: 'POST',
    path: '/api/v1/analyses',
    summary: 'Begin to look for the cause of an incident, a cluster, an alert, or the trouble of a service or trace',
    role: 'editor',
    status: 202,
    weight: 10,
    problems: [...changeProblems, 'idempotency-key-reused', 'not-found'],
  },
  listAnalyses: {
    method: 'GET',
    path: '/api/v1/analyses',
    summary: 'Analyses, the newest first',
    role: 'viewer',
    problems: queryProblems,
  },
  getAnalysis: {
    method: 'GET',
    path: '/api/v1/analyses/{id}',
    summary: 'An analysis with its evidence pack, and the same in fixed sentences',
    role: 'viewer',
    problems: [...queryProblems, 'not-found'],
  },
  verifyLines: {
    method: 'POST',
    path: '/api/v1/lines/verify',
    summary: 'Read quoted lines again from the log store and compare them by hash',
    role: 'viewer',
    readsOnly: true,
    weight: 2,
    // A log store that does not answer leaves lines unverified, which is an answer.
    problems: changeProblems,
  },
} as const satisfies Readonly<Record<string, Route>>;
