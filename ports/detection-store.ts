import type { Labels } from '@loghunter/engine/records';

/** Since when a watch was known when the detectors learned; milliseconds since 1970. */
export interface LearnedFrom {
  /** First minute of its ledger. */
  readonly ledgerMs: number;
  /** First minute of its counts, of the ledger or from before. */
  readonly countsMs: number;
  /** It was behind the others: its services are judged up to here only. Absent: as far as the run. */
  readonly judgedUpToMs?: number;
}

/** How far the detectors of a tenant are; times in milliseconds since 1970. */
export interface DetectionRun {
  /** First minute that was learned; null: none has been. */
  readonly historyFromMs: number | null;
  /** Every minute before this has been judged, but of the watches that were behind; null: none has been. */
  readonly detectedUpToMs: number | null;
  /** What was over before this is history and told to nobody; null: nothing has been judged. */
  readonly announceFromMs: number | null;
  /** Changes of the ledger before this are known, by the clock of the database; null: none is. */
  readonly ledgerSeenAtMs: number | null;
  /** By the id of a watch: more than this makes the detectors learn again. */
  readonly learnedFrom: Readonly<Record<string, LearnedFrom>>;
  readonly seriesCount: number;
  readonly status: 'waiting' | 'learning' | 'watching' | 'no-data' | 'failing';
  /** One sentence; empty when there is nothing to say. */
  readonly statusDetail: string;
}

/** What a series usually is, and its detector as of `windowEndMs`. */
export interface BaselineRow {
  readonly seriesKey: string;
  readonly service: string;
  readonly namespace: string;
  /** Null: of the service as a whole. */
  readonly clusterId: string | null;
  readonly windowStartMs: number;
  /** The state holds every minute before this. */
  readonly windowEndMs: number;
  /** Lines a minute; of a cluster: events. */
  readonly avgLogRate: number;
  /** Errors by lines, 0..1. */
  readonly avgErrorRate: number;
  /** The same in the worst twentieth of the hours of a week. */
  readonly p95ErrorRate: number;
  /** The detector, packed. */
  readonly state: string;
}

/** A line for the log store. */
export interface AnomalyLine {
  readonly id: string;
  readonly timestampNs: bigint;
  readonly labels: Labels;
  readonly line: string;
}

/** A step forward of the detectors. */
export interface DetectionStep {
  readonly holder: string;
  /** Where the step began; it counts only while nobody else has moved the mark. */
  readonly expectedUpToMs: number | null;
  readonly run: DetectionRun;
  readonly baselines: readonly BaselineRow[];
  /** Baselines of series that are gone. */
  readonly endedSeriesKeys: readonly string[];
  readonly lines: readonly AnomalyLine[];
}

/** Where the detectors of a tenant are. Every method is one transaction of the tenant and throws `PortError` of the database. */
export interface DetectionStore {
  /** The run as it is; one that nobody has begun waits. */
  readRun(tenantId: string): Promise<DetectionRun>;
  /** Takes or renews the lease for `holder`; false when another has it. It ends by itself after `ttlMs` by the database's clock. */
  lease(tenantId: string, holder: string, ttlMs: number): Promise<boolean>;
  /** Gives the lease back. */
  release(tenantId: string, holder: string): Promise<void>;
  /**
   * Writes a step. Throws `PortError` `conflict` when the holder has lost the lease or the mark is not where the step began: nothing is
   * written then, nor by the unit of work around it.
   */
  advance(tenantId: string, step: DetectionStep): Promise<void>;
  /** Sets what is said of the run, and nothing else. */
  setStatus(tenantId: string, holder: string, status: Pick<DetectionRun, 'status' | 'statusDetail'>): Promise<void>;
  listBaselines(tenantId: string): Promise<readonly BaselineRow[]>;
  getBaseline(tenantId: string, seriesKey: string): Promise<BaselineRow | null>;
  /** Lines that the log store does not have yet, the oldest first. */
  listWaitingLines(tenantId: string, limit: number): Promise<readonly AnomalyLine[]>;
  /** Marks lines as stored in the log store. */
  markPushed(tenantId: string, ids: readonly string[]): Promise<void>;
  /** Deletes lines that were pushed before `cutMs`, `limit` at most; returns how many. */
  deletePushedBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
