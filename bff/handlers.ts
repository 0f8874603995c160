import { getCluster } from './clusters/get-cluster.ts';
import { getClusterCounts } from './clusters/get-cluster-counts.ts';
import type { ClusterFeature } from './clusters/cluster-feature.ts';
import { listClusterLabels } from './clusters/list-cluster-labels.ts';
import { listClusterLines } from './clusters/list-cluster-lines.ts';
import { listClusters } from './clusters/list-clusters.ts';
import type { DiscoveryFeature } from './discovery/discovery-feature.ts';
import { listLabelNames, listLabelValues } from './discovery/list-labels.ts';
import { listServices } from './discovery/list-services.ts';
import { getHealth, type HealthFeature } from './health/get-health.ts';
import type { RouteHandlers } from './http/route-handlers.ts';

/** Everything that requests need. */
export type Features = ClusterFeature & DiscoveryFeature & HealthFeature;

/** The handler of each row of the route table. */
export function createHandlers(features: Features): RouteHandlers {
  return {
    listClusters: (request) => listClusters(features, request),
    getCluster: (request) => getCluster(features, request),
    getClusterCounts: (request) => getClusterCounts(features, request),
    listClusterLabels: (request) => listClusterLabels(features, request),
    listClusterLines: (request, context) => listClusterLines(features, request, context),
    listServices: (request) => listServices(features, request),
    listLabelNames: (request, context) => listLabelNames(features, request, context),
    listLabelValues: (request, context) => listLabelValues(features, request, context),
    getHealth: () => getHealth(features),
    getLiveness: () => Promise.resolve({ status: 'ok' }),
  };
}
