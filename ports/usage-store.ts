/** Requests of one user or key within one hour. */
export interface UsageRow {
  readonly actorKind: string;
  readonly actorId: string;
  /** The latest name. */
  readonly actorName: string;
  /** Start of the hour, milliseconds since 1970. */
  readonly hourMs: number;
  /** Requests that were answered, and what they counted against the limit. */
  readonly requestCount: number;
  readonly weightSum: number;
  /** Requests that were refused as too many. */
  readonly refusedCount: number;
}

/** What users and keys do, by the hour. Every method is one transaction of the tenant and throws `PortError` of the database. */
export interface UsageStore {
  /** Adds to what is stored. */
  addUsage(tenantId: string, rows: readonly UsageRow[]): Promise<void>;
  /** Sums over the hours that begin in [fromMs, toMs), one row for each actor with the first hour of its own; the most requests first, 1,000 at most. */
  sumUsage(tenantId: string, range: { readonly fromMs: number; readonly toMs: number }): Promise<readonly UsageRow[]>;
}
