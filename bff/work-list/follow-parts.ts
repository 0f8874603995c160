import type { ObservationFacts } from '@loghunter/engine/work-list';
import type { Clock, NoticeStore, UnitOfWork } from '@loghunter/ports';
import type { ClusterRuleFeature } from '../cluster-rules/cluster-rule-feature.ts';
import type { LiveFeed } from '../live/live-feed.ts';

/** What following needs. */
export interface FollowParts extends ClusterRuleFeature {
  readonly unitOfWork: UnitOfWork;
  readonly notices: NoticeStore;
  readonly live: Pick<LiveFeed, 'announce'>;
  readonly clock: Clock;
  readonly latenessMs: number;
  /** Quiet clusters are resolved after this long; null: never. */
  readonly quietMs: number | null;
}

/** What holds in one pass. */
export interface FollowFacts extends ObservationFacts {
  readonly readFromMs: number | null;
  /** When the list began: nobody is told that what was there before is new. */
  readonly beganAtMs: number;
}
