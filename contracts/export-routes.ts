import { lokiProblems, queryProblems, type Route } from './route.ts';

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
} as const satisfies Readonly<Record<string, Route>>;
