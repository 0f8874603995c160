import type { NoticeStore, UnitOfWork, UsageStore } from '@loghunter/ports';
import type { Config } from '../config.ts';
import type { LiveClusterRuleFeature } from '../cluster-rules/cluster-rule-feature.ts';

/** What requests about the work list need. */
export interface WorkListFeature extends LiveClusterRuleFeature {
  readonly usage: UsageStore;
  readonly unitOfWork: UnitOfWork;
  readonly installation: Pick<Config, 'scan'>;
}
