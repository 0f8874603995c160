import type {
  AnomalyStore,
  Cache,
  Clock,
  ClusterStore,
  DeployStore,
  DetectionStore,
  JobQueue,
  JobStore,
  NoticeStore,
  SeriesStore,
  UnitOfWork,
} from '@loghunter/ports';

import type { Config } from '../config.ts';
import type { LiveFeed } from '../live/live-feed.ts';

/** What requests for incidents and anomaly events need. */
export interface AnomalyFeature {
  readonly tenantId: string;
  readonly anomalies: AnomalyStore;
  readonly detection: DetectionStore;
  readonly series: SeriesStore;
  readonly deploys: DeployStore;
  readonly clusters: ClusterStore;
  readonly installation: Pick<Config, 'detection'>;
  readonly clock: Clock;
  readonly cache: Cache;
  readonly jobs: JobStore;
  readonly queue: JobQueue;
  readonly unitOfWork: UnitOfWork;
  readonly notices: NoticeStore;
  readonly live: Pick<LiveFeed, 'announce'>;
}
