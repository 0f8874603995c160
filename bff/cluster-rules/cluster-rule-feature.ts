import type { ClusterRules } from '@loghunter/ports';
import type { ClusterFeature } from '../clusters/cluster-feature.ts';

/** What requests about rules of clusters need. */
export interface ClusterRuleFeature extends ClusterFeature {
  readonly clusterRules: ClusterRules;
}
