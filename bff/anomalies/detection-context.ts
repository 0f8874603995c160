import type { ServiceSettings } from '@loghunter/engine/records';
import type {
  AnomalyStore,
  Clock,
  ClusterStore,
  DeployStore,
  DetectionStore,
  Ledger,
  LogStore,
  NoticeStore,
  SeriesStore,
  UnitOfWork,
  WorkListStore,
} from '@loghunter/ports';
import type { Logger } from 'pino';
import type { CountHistory } from './minute-facts.ts';

/** What may be set of the detectors. */
export interface DetectionSettings {
  /** Pause between two looks; 0: there are none. */
  readonly intervalMs: number;
  /** Time zone whose hours and days the baselines go by. */
  readonly timeZone: string;
  /** 1 tells of little, 5 of much. */
  readonly sensitivity: number;
}

/** What watching one tenant's series needs. */
export interface DetectionContext {
  readonly tenantId: string;
  readonly ledger: Ledger;
  readonly series: SeriesStore;
  readonly clusters: ClusterStore;
  readonly anomalies: AnomalyStore;
  readonly detection: DetectionStore;
  readonly deploys: DeployStore;
  readonly notices: NoticeStore;
  readonly unitOfWork: UnitOfWork;
  /** For lines that are written; null: the tenant has no logs. */
  readonly logs: LogStore | null;
  readonly workList: Pick<WorkListStore, 'listOwnerRules'>;
  /** Those of the clusters that people ignore now: no incident is made of them. */
  readonly findIgnored: (clusterIds: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly services: ServiceSettings;
  readonly settings: DetectionSettings;
  readonly countHistory: CountHistory | null;
  /** Has the log store asked for counts from before the ledger; the same again while it is under way. Null: it is not to be asked. */
  readonly beginHistory: (() => Promise<unknown>) | null;
  /** A process that died gives the lease to another after this. */
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly observeFailure: (error: unknown) => void;
  /** Names this process in leases. */
  readonly holder: string;
  readonly signal: AbortSignal;
}

/** Clusters of a tenant that are watched one by one; more would take memory and make each ask for more evidence. */
export const maxWatchedClusters = 2000;
