import { changeProblems, lokiProblems, queryProblems, type Route } from './route.ts';

const additionProblems = [...changeProblems, 'idempotency-key-reused', 'not-found'] as const;

/** Rows of the route table about investigations. */
export const investigationRoutes = {
  listInvestigations: {
    method: 'GET',
    path: '/api/v1/investigations',
    summary: 'Investigations, those changed last first',
    role: 'viewer',
    problems: queryProblems,
  },
  createInvestigation: {
    method: 'POST',
    path: '/api/v1/investigations',
    summary: 'Begin an investigation',
    role: 'editor',
    status: 201,
    problems: additionProblems,
  },
  getInvestigation: {
    method: 'GET',
    path: '/api/v1/investigations/{id}',
    summary: 'An investigation with its lines, comments, analyses and timeline',
    role: 'viewer',
    problems: [...queryProblems, 'not-found'],
  },
  changeInvestigation: {
    method: 'PATCH',
    path: '/api/v1/investigations/{id}',
    summary: 'Change title, state or resolution of an investigation',
    role: 'editor',
    problems: [...changeProblems, 'not-found'],
  },
  pinLine: {
    method: 'POST',
    path: '/api/v1/investigations/{id}/lines',
    summary: 'Copy a line of the log store into an investigation, with its hash and query',
    role: 'editor',
    status: 201,
    problems: [...lokiProblems, 'unsupported-media-type', 'idempotency-key-reused', 'not-found'],
  },
  unpinLine: {
    method: 'DELETE',
    path: '/api/v1/investigations/{id}/lines/{lineId}',
    summary: 'Take a pinned line out of an investigation',
    role: 'editor',
    problems: [...queryProblems, 'not-found'],
  },
  addComment: {
    method: 'POST',
    path: '/api/v1/investigations/{id}/comments',
    summary: 'Write a comment on an investigation',
    role: 'editor',
    status: 201,
    problems: additionProblems,
  },
  attachAnalysis: {
    method: 'POST',
    path: '/api/v1/investigations/{id}/analyses',
    summary: 'Attach an analysis to an investigation',
    role: 'editor',
    status: 201,
    problems: additionProblems,
  },
  listSimilarInvestigations: {
    method: 'GET',
    path: '/api/v1/investigations/{id}/similar',
    summary: 'Past investigations about the same clusters',
    role: 'viewer',
    problems: [...queryProblems, 'not-found'],
  },
  exportInvestigation: {
    method: 'GET',
    path: '/api/v1/investigations/{id}/export',
    summary: 'An investigation as the draft of a post-mortem, in Markdown',
    role: 'viewer',
    problems: [...queryProblems, 'not-found'],
  },
  annotateInvestigation: {
    method: 'POST',
    path: '/api/v1/investigations/{id}/annotations',
    summary: "Show an investigation on Grafana's graphs as an annotation",
    role: 'editor',
    status: 201,
    problems: [...additionProblems, 'not-supported', 'grafana-failed', 'grafana-unavailable'],
  },
} as const satisfies Readonly<Record<string, Route>>;
