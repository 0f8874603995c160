import type { NewClusterRule } from '@loghunter/contracts';
import { checkUserRule, type ClusterKey, type RuleFault, type UserRule } from '@loghunter/engine/cluster-rules';
import type { RuledCluster } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { ClusterRuleFeature } from './cluster-rule-feature.ts';

const maxRuleText = 'A tenant may have 1,000 rules in force; undo one first.';

const textOfFault: Readonly<Record<RuleFault | 'masked-variable', string>> = {
  'too-many-rules': maxRuleText,
  'nothing-to-do': 'This is so already.',
  'different-services': 'Clusters of different services or namespaces cannot be one.',
  'not-a-line':
    'Only clusters of single lines can be masked and split: not stack traces, parts of a split cluster, or lines with private words in their template.',
  'no-such-word': 'The template has no such constant word at this occurrence.',
  'no-such-variable': 'The template has no such variable place.',
  'personal-variable': 'The values of this place are about people or secret, so that they are not stored.',
  'changed-since-split': 'The template has changed since the cluster was split; undo that split first.',
  'masked-variable': 'A rule made this word a variable; undo that rule instead.',
};

/**
 * The rule that a request speaks of, with the clusters as they are now. Throws `ProblemError` `not-found` for an unknown
 * cluster, `rule-refused` for a rule that cannot be taken.
 */
export async function readRule(feature: ClusterRuleFeature, given: NewClusterRule): Promise<UserRule> {
  const { rules } = feature.identifier;
  await rules.refresh();
  const rule = await toUserRule(feature, given);
  const { userRules } = rules;
  const fault = checkUserRule(rule, {
    tenantId: feature.tenantId,
    rules: userRules.rules,
    generalise: (key) => rules.generalise(key),
  });
  if (fault !== null) {
    throw refused(fault);
  }
  return rule;
}

async function toUserRule(feature: ClusterRuleFeature, given: NewClusterRule): Promise<UserRule> {
  switch (given.kind) {
    case 'merge': {
      const [into, ...clusters] = await requireClusters(feature, [given.intoId, ...given.clusterIds]);
      return { kind: 'merge', clusters: clusters.map(toKey), into: toKey(into) };
    }
    case 'rename':
      return { kind: 'rename', cluster: await findShown(feature, given.clusterId), title: given.title };
    case 'mask': {
      const { word, occurrence = 0, reach } = given;
      const cluster = await findShown(feature, given.clusterId);
      return { kind: 'mask', cluster, word, occurrence, isEverywhere: reach === 'everywhere' };
    }
    case 'split': {
      const cluster = await findShown(feature, given.clusterId);
      const variable =
        cluster.signature === ''
          ? given.variable
          : feature.identifier.rules.userRules.variableShownAs(given.variable, cluster);
      if (variable === null) {
        throw refused('no-such-variable');
      }
      if (variable === 'masked') {
        throw refused('masked-variable');
      }
      return { kind: 'split', cluster, variable, isEverywhere: given.reach === 'everywhere' };
    }
  }
}

function refused(fault: keyof typeof textOfFault): ProblemError {
  const detail = textOfFault[fault];
  return new ProblemError('rule-refused', detail, { errors: [{ path: 'body.rule', message: fault }] });
}

/** The cluster that an id is shown as. */
async function findShown(feature: ClusterRuleFeature, id: string): Promise<ClusterKey> {
  const [cluster] = await requireClusters(feature, [id]);
  if (cluster.canonicalId === null) {
    return toKey(cluster);
  }
  const [shown] = await requireClusters(feature, [cluster.canonicalId]);
  return toKey(shown);
}

async function requireClusters(
  { clusterRules, tenantId }: ClusterRuleFeature,
  ids: readonly string[]
): Promise<readonly [RuledCluster, ...RuledCluster[]]> {
  const stored = new Map((await clusterRules.readClustersById(tenantId, ids)).map((cluster) => [cluster.id, cluster]));
  const found = ids.map((id) => {
    const cluster = stored.get(id);
    if (cluster === undefined) {
      throw new ProblemError('not-found', `There is no cluster ${id}.`);
    }
    return cluster;
  });
  return found as [RuledCluster, ...RuledCluster[]];
}

function toKey({ service, namespace, fingerprint, signature }: RuledCluster): ClusterKey {
  return { service, namespace, fingerprint, signature };
}
