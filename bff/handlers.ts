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
import { checkQuery } from './queries/check-query.ts';
import { previewRedactionRule } from './redaction/preview-redaction-rule.ts';
import type { RedactionFeature } from './redaction/redaction-feature.ts';
import { createRedactionRule, deleteRedactionRule, listRedactionRules } from './redaction/redaction-rules.ts';
import type { CallContext, RouteHandlers } from './http/route-handlers.ts';

/** Everything that requests need. */
export type Features = ClusterFeature & DiscoveryFeature & HealthFeature & RedactionFeature;

/** The features of a tenant; throws `ProblemError` `forbidden` when there is no such tenant. */
export type OpenFeatures = (tenantId: string) => Promise<Features>;

/** The handler of each row of the route table; each sees the caller's tenant and no other. */
export function createHandlers(openFeatures: OpenFeatures): RouteHandlers {
  function forTenant<Request, Answer>(
    answer: (features: Features, request: Request, context: CallContext) => Promise<Answer>
  ): (request: Request, context: CallContext) => Promise<Answer> {
    return async (request, context) => answer(await openFeatures(context.principal.tenantId), request, context);
  }
  return {
    listClusters: forTenant(listClusters),
    getCluster: forTenant(getCluster),
    getClusterCounts: forTenant(getClusterCounts),
    listClusterLabels: forTenant(listClusterLabels),
    listClusterLines: forTenant(listClusterLines),
    listServices: forTenant(listServices),
    listLabelNames: forTenant(listLabelNames),
    listLabelValues: forTenant(listLabelValues),
    checkQuery: forTenant(checkQuery),
    listRedactionRules: forTenant(listRedactionRules),
    createRedactionRule: forTenant(createRedactionRule),
    deleteRedactionRule: forTenant(deleteRedactionRule),
    previewRedactionRule: forTenant(previewRedactionRule),
    getHealth: forTenant(getHealth),
    getLiveness: () => Promise.resolve({ status: 'ok' }),
  };
}
