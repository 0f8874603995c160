import type { ClusterRuleFeature } from '../cluster-rules/cluster-rule-feature.ts';
import type { QueryBounds } from '../queries/query-policy.ts';

/** What searches need. */
export interface SearchFeature extends ClusterRuleFeature, QueryBounds {}
