import { lokiProblems, queryProblems, type Route } from './route.ts';

/** Looking at everything at once: the overview, the search and the live stream. */
export const insightRoutes = {
  getOverview: {
    method: 'GET',
    path: '/api/v1/overview',
    summary: 'Events over time, by level and by source, newest clusters, clusters by state; from what has been counted',
    role: 'viewer',
    problems: queryProblems,
  },
  listOverviewQueries: {
    method: 'GET',
    path: '/api/v1/overview/queries',
    summary: 'The LogQL behind each number of the overview',
    role: 'viewer',
    problems: queryProblems,
  },
  searchLogs: {
    method: 'POST',
    path: '/api/v1/search',
    summary: 'Lines of the log store by fields or LogQL, grouped by cluster',
    readsOnly: true,
    role: 'viewer',
    problems: [...lokiProblems, 'unsupported-media-type'],
  },
  getCoverage: {
    method: 'GET',
    path: '/api/v1/coverage',
    summary: 'What numbers of a range rest on: lines seen, clustered, not read, late; of each watch',
    role: 'viewer',
    problems: queryProblems,
  },
  tailLogs: {
    method: 'GET',
    path: '/api/v1/tail',
    summary: 'Lines of the log store as they come; those who ask the same share one tail of the store',
    role: 'viewer',
    produces: 'text/event-stream',
    problems: [...lokiProblems, 'rate-limited'],
  },
  watchLive: {
    method: 'GET',
    path: '/api/v1/live',
    summary: "The tenant's changes as they happen: states, comments, incidents, jobs",
    role: 'viewer',
    produces: 'text/event-stream',
    problems: queryProblems,
  },
} as const satisfies Readonly<Record<string, Route>>;
