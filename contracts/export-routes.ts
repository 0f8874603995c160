import { changeProblems, lokiProblems, queryProblems, type Route } from './route.ts';

const expensive = { method: 'GET', role: 'viewer', weight: 20 } as const;

/** Whole tables, for spreadsheets and programs. */
export const exportRoutes = {
  exportClusters: {
    ...{ ...expensive, path: '/api/v1/exports/clusters', summary: 'Every cluster of a list, a JSON value a line' },
    produces: 'application/x-ndjson',
    problems: queryProblems,
  },
  exportClustersCsv: {
    ...{ ...expensive, path: '/api/v1/exports/clusters.csv', summary: 'Every cluster of a list as CSV' },
    produces: 'text/csv',
    problems: queryProblems,
  },
  exportLogs: {
    ...{
      ...expensive,
      path: '/api/v1/exports/logs',
      summary: 'Lines of a search, the oldest first, a JSON value a line',
    },
    produces: 'application/x-ndjson',
    problems: lokiProblems,
  },
  exportLogsCsv: {
    ...{ ...expensive, path: '/api/v1/exports/logs.csv', summary: 'Lines of a search, the oldest first, as CSV' },
    produces: 'text/csv',
    problems: lokiProblems,
  },
  exportAnomalies: {
    ...{ ...expensive, path: '/api/v1/exports/anomalies', summary: 'Anomaly events of a range, a JSON value a line' },
    produces: 'application/x-ndjson',
    problems: queryProblems,
  },
  exportAnomaliesCsv: {
    ...{ ...expensive, path: '/api/v1/exports/anomalies.csv', summary: 'Anomaly events of a range as CSV' },
    produces: 'text/csv',
    problems: queryProblems,
  },
  startExport: {
    method: 'POST',
    path: '/api/v1/exports',
    summary: 'Write a whole table into a file that is kept for a day; the job says how far it is',
    role: 'viewer',
    status: 202,
    weight: 20,
    problems: [...changeProblems, 'idempotency-key-reused'],
  },
  listExports: {
    method: 'GET',
    path: '/api/v1/exports',
    summary: "The caller's own exports whose files are kept",
    role: 'viewer',
    problems: queryProblems,
  },
  deleteExport: {
    method: 'DELETE',
    path: '/api/v1/exports/{id}',
    summary: 'Delete the file of an export, for who began it and for administrators',
    role: 'viewer',
    problems: [...queryProblems, 'conflict', 'not-found'],
  },
  downloadExport: {
    method: 'GET',
    path: '/api/v1/exports/{id}/file',
    summary: 'The file of an export, for who began it and for administrators',
    role: 'viewer',
    produces: 'application/octet-stream',
    problems: [...queryProblems, 'conflict', 'not-found'],
  },
} as const satisfies Readonly<Record<string, Route>>;
