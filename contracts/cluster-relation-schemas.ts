import * as relations from './cluster-relations.ts';
import { ClusterParams } from './clusters.ts';
import { TimeRangeQuery } from './time.ts';

const ofCluster = { params: ClusterParams, query: TimeRangeQuery } as const;

/** Schemas of what a cluster has to do with others. */
export const clusterRelationSchemas = {
  listClusterNames: { query: relations.ListClusterNamesRequest, response: relations.ListClusterNamesResponse },
  listRelatedClusters: { ...ofCluster, response: relations.ListRelatedClustersResponse },
  listTraceClusters: { ...ofCluster, response: relations.ListTraceClustersResponse },
  listClusterReleases: { ...ofCluster, response: relations.ListClusterReleasesResponse },
  listClusterQueries: { ...ofCluster, response: relations.ListClusterQueriesResponse },
} as const;
