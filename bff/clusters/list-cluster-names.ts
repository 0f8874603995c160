import type { ListClusterNamesResponse, RequestOf } from '@loghunter/contracts';
import type { ClusterRuleFeature } from '../cluster-rules/cluster-rule-feature.ts';

/** `GET /api/v1/cluster-names`: two questions to the database, however many ids. */
export async function listClusterNames(
  { tenantId, clusterRules, identifier }: ClusterRuleFeature,
  { id: ids }: RequestOf<'listClusterNames'>
): Promise<ListClusterNamesResponse> {
  await identifier.rules.refresh();
  const { userRules } = identifier.rules;
  const asked = await clusterRules.readClustersById(tenantId, [...new Set(ids)]);
  const known = new Map(asked.map((cluster) => [cluster.id, cluster]));
  const missingIds = asked.flatMap(({ canonicalId }) =>
    canonicalId === null || known.has(canonicalId) ? [] : [canonicalId]
  );
  const others = missingIds.length === 0 ? [] : await clusterRules.readClustersById(tenantId, [...new Set(missingIds)]);
  others.forEach((cluster) => known.set(cluster.id, cluster));
  return {
    clusters: asked.map((cluster) => {
      const shown = known.get(cluster.canonicalId ?? cluster.id) ?? cluster;
      const title = userRules.titleOf(shown.id);
      return {
        ...{ id: cluster.id, shownId: shown.id },
        templateText: userRules.maskedTemplateOf(shown)?.templateText ?? shown.templateText,
        ...(title === null ? {} : { title }),
      };
    }),
  };
}
