import type { MinuteRange } from './cluster-store.ts';

/** A service's counts of one hour, by minute. */
export interface HistoryHour {
  readonly service: string;
  readonly namespace: string;
  /** Start of the hour, milliseconds since 1970. */
  readonly hourMs: number;
  /** 60 of them. */
  readonly lineCounts: readonly number[];
  /** 60 of them; null: the lines tell no levels. */
  readonly errorCounts: readonly number[] | null;
}

/** How far the counts of a watch reach back. */
export interface HistoryMark {
  readonly watchId: string;
  /** Everything of [from, to) was asked for; the newest first, so that it only grows backwards. */
  readonly range: MinuteRange;
  /** What the log store could not count: nobody knows what was there. */
  readonly missing: readonly MinuteRange[];
  /** There is nothing more to ask for. */
  readonly isComplete: boolean;
}

/** What is known of a service's minute from before the ledger. */
export interface HistoryMinute {
  readonly service: string;
  readonly namespace: string;
  readonly minuteMs: number;
  readonly lineCount: number;
  /** Null: the lines tell no levels. */
  readonly errorCount: number | null;
  /** False: the log store could not count. */
  readonly isKnown: boolean;
}

/** Counts of services from before the ledger begins. Every method is one transaction of the tenant and throws `PortError` of the database. */
export interface CountHistoryStore {
  /** Adds hours of a watch, or replaces those that are there, and moves its mark. */
  write(tenantId: string, hours: readonly HistoryHour[], mark: HistoryMark): Promise<void>;
  /** Marks of watches that are in use. */
  listMarks(tenantId: string): Promise<readonly HistoryMark[]>;
  /**
   * Minutes of the range that the ledger does not have, in order of time: of each watch those before its first mark. Minutes of hours
   * without a line are left out, those of missing ranges are there for every service of the watch.
   */
  read(tenantId: string, range: MinuteRange): Promise<readonly HistoryMinute[]>;
  /** Deletes hours before `cutMs`, `limit` at most; returns how many. */
  deleteBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
