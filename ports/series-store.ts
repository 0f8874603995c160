import type { Labels } from '@loghunter/engine/records';
import type { Level } from '@loghunter/engine/severity';
import type { MinuteRange } from './cluster-store.ts';

/** A service's counts of one minute. Minutes without lines are left out. */
export interface ServiceMinute {
  readonly service: string;
  readonly namespace: string;
  /** Start of the minute, milliseconds since 1970. */
  readonly minuteMs: number;
  readonly lineCount: number;
  /** Lines known to exist that could not be read: the counts are too low. */
  readonly unreadLineCount: number;
  /** Lines counted and not read, because their watch is not read whole. */
  readonly skippedLineCount: number;
  /** Events of the levels error and fatal. */
  readonly errorCount: number;
}

/** A canonical cluster's events of one minute. */
export interface ClusterMinute {
  readonly clusterId: string;
  readonly service: string;
  readonly namespace: string;
  readonly minuteMs: number;
  readonly eventCount: number;
  /** Most severe level of them. */
  readonly level: Level;
  /** Streams that they are from: how many pods, mostly. */
  readonly streamCount: number;
  /** First event of the cluster ever counted, of the clusters that rules made part of it as well. */
  readonly firstSeenMs: number;
}

/** A cluster's events over a range. */
export interface ClusterTotal {
  readonly clusterId: string;
  readonly templateText: string;
  readonly level: Level;
  readonly eventCount: number;
  readonly firstSeenMs: number;
}

/** Counts of the ledger as series over time. Every method is one transaction of the tenant and throws `PortError` of the database. */
export interface SeriesStore {
  /** In order of time. */
  readServiceMinutes(tenantId: string, range: MinuteRange): Promise<readonly ServiceMinute[]>;
  /** The same of the watches in use alone, of each from its first mark on: what counts from before the ledger have the rest of. */
  readMinutesOfWatchesInUse(tenantId: string, range: MinuteRange): Promise<readonly ServiceMinute[]>;
  /** In order of time. */
  readClusterMinutes(tenantId: string, range: MinuteRange): Promise<readonly ClusterMinute[]>;
  /** Minutes of one service, in order of time. */
  readMinutesOf(
    tenantId: string,
    service: { readonly service: string; readonly namespace: string },
    range: MinuteRange
  ): Promise<readonly ServiceMinute[]>;
  /** Events of one canonical cluster by minute, in order of time. */
  readMinutesOfCluster(
    tenantId: string,
    clusterId: string,
    range: MinuteRange
  ): Promise<ReadonlyArray<{ readonly minuteMs: number; readonly eventCount: number }>>;
  /** Events of each canonical cluster of a service in the range, most first, 500 at most. */
  readClusterTotals(
    tenantId: string,
    service: { readonly service: string; readonly namespace: string },
    range: MinuteRange
  ): Promise<readonly ClusterTotal[]>;
  /** Services that have streams in the watch. */
  listServicesOf(
    tenantId: string,
    watchId: string
  ): Promise<ReadonlyArray<{ readonly service: string; readonly namespace: string }>>;
  /** Label sets of a service's streams; `limit` at most. */
  listStreamsOf(
    tenantId: string,
    service: { readonly service: string; readonly namespace: string },
    limit: number
  ): Promise<readonly Labels[]>;
  /**
   * Minutes of the range of which something was written after `sinceMs` by the database's clock, in order of time; `nowMs` is that
   * clock, to be passed as the next call's `sinceMs`. Null: whatever was written.
   */
  listChangedMinutes(
    tenantId: string,
    range: MinuteRange,
    sinceMs: number | null
  ): Promise<{ readonly minutes: readonly number[]; readonly nowMs: number }>;
}
