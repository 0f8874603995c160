import type { ClusterRule as PresentedRule, NewClusterRule } from '@loghunter/contracts';
import { idOfKey, toUserRule, type UserRule } from '@loghunter/engine/cluster-rules';
import type { ClusterRule } from '@loghunter/ports';
import { toTimestamp } from '../http/time-range.ts';
import type { ClusterRuleFeature } from './cluster-rule-feature.ts';

/** A stored rule as answers write it; null for one that this version does not know. */
export function presentRule({ tenantId, identifier }: ClusterRuleFeature, stored: ClusterRule): PresentedRule | null {
  const rule = toUserRule(stored.kind, stored.body);
  if (rule === null) {
    return null;
  }
  const { id, undone } = stored;
  return {
    id,
    rule: presentContent(tenantId, rule),
    createdAt: toTimestamp(stored.createdAtMs),
    createdBy: stored.createdBy,
    undone: undone && { at: toTimestamp(undone.atMs), by: undone.by },
    isIdle: undone === null && identifier.rules.userRules.isIdle({ id, rule }),
  };
}

function presentContent(tenantId: string, rule: UserRule): NewClusterRule {
  if (rule.kind === 'merge') {
    const clusterIds = rule.clusters.map((cluster) => idOfKey(tenantId, cluster));
    return { kind: 'merge', clusterIds, intoId: idOfKey(tenantId, rule.into) };
  }
  const clusterId = idOfKey(tenantId, rule.cluster);
  if (rule.kind === 'rename') {
    return { kind: 'rename', clusterId, title: rule.title };
  }
  const reach = rule.isEverywhere ? 'everywhere' : 'service';
  return rule.kind === 'mask'
    ? { kind: 'mask', clusterId, word: rule.word, occurrence: rule.occurrence, reach }
    : { kind: 'split', clusterId, variable: rule.variable, reach };
}
