import { lokiProblems, queryProblems, type Route } from './route.ts';

/** What a cluster has to do with others, with releases and with LogQL. */
export const clusterRelationRoutes = {
  listClusterNames: {
    method: 'GET',
    path: '/api/v1/cluster-names',
    summary: 'What clusters say, by their ids: one question for all that a page names',
    role: 'viewer',
    problems: queryProblems,
  },
  listRelatedClusters: {
    method: 'GET',
    path: '/api/v1/clusters/{id}/related',
    summary: 'Clusters whose events come and go in the same minutes, from what has been counted',
    role: 'viewer',
    problems: [...queryProblems, 'not-found'],
  },
  listTraceClusters: {
    method: 'GET',
    path: '/api/v1/clusters/{id}/traces',
    summary: "Clusters with lines of the same traces as a cluster's newest lines, read from the log store",
    role: 'viewer',
    problems: [...lokiProblems, 'not-found'],
  },
  listClusterReleases: {
    method: 'GET',
    path: '/api/v1/clusters/{id}/releases',
    summary: 'Releases that wrote lines of a cluster',
    role: 'viewer',
    problems: [...queryProblems, 'not-found'],
  },
  listClusterQueries: {
    method: 'GET',
    path: '/api/v1/clusters/{id}/queries',
    summary: "The LogQL behind each number of a cluster's page",
    role: 'viewer',
    problems: [...queryProblems, 'not-found'],
  },
} as const satisfies Readonly<Record<string, Route>>;
