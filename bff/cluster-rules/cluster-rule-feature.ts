import type { ClusterRules } from '@loghunter/ports';
import type { ClusterFeature } from '../clusters/cluster-feature.ts';
import type { LiveFeed } from '../live/live-feed.ts';

/** What requests about rules of clusters need. */
export interface ClusterRuleFeature extends ClusterFeature {
  readonly clusterRules: ClusterRules;
}

/** What changes of rules need, which open pages are told of. */
export interface LiveClusterRuleFeature extends ClusterRuleFeature {
  readonly live: Pick<LiveFeed, 'announce'>;
}
