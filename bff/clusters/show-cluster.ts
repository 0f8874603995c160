import type { UserRules } from '@loghunter/engine/cluster-rules';
import type { TemplatePart } from '@loghunter/engine/templates';
import type { Cluster } from '@loghunter/contracts';
import type { ClusterRow, NamedCluster } from '@loghunter/ports';

/** A cluster with what people's rules say of how it is shown. */
export interface ShownCluster extends ClusterRow {
  /** Given by a person; null when nobody did. */
  readonly title: string | null;
  /** Templates of the clusters that were merged into it, its own among them; empty when none was. */
  readonly mergedTemplates: ReadonlyArray<readonly TemplatePart[]>;
}

/** A stored cluster with its title, and its template with masked words as variables. */
export function showCluster(userRules: UserRules, row: ClusterRow): ShownCluster {
  return {
    ...row,
    ...userRules.maskedTemplateOf(row),
    title: userRules.titleOf(row.id),
    mergedTemplates: userRules.mergedTemplatesOf(row.id),
  };
}

/** What a cluster is called, as answers about other things than its figures write it. */
export function nameCluster(
  userRules: UserRules,
  cluster: NamedCluster
): Pick<Cluster, 'id' | 'service' | 'namespace' | 'level' | 'templateText' | 'title'> {
  const title = userRules.titleOf(cluster.id);
  const { id, service, namespace, level, templateText } = { ...cluster, ...userRules.maskedTemplateOf(cluster) };
  return { id, service, namespace, level, templateText, ...(title === null ? {} : { title }) };
}
