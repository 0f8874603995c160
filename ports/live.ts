/** What a live event is about. */
export type LiveTopic =
  'cluster-work' | 'comment' | 'incident' | 'investigation' | 'cluster-rule' | 'owner-rule' | 'job';

/** Something of a tenant changed. */
export interface LiveRow {
  /** Grows within the tenant. */
  readonly position: number;
  readonly topic: LiveTopic;
  readonly ids: readonly string[];
  readonly atMs: number;
}

/**
 * What changed lately, kept for an hour or so. Every method is one transaction of the tenant, or part of the unit of work around it, and throws
 * `PortError` of the database.
 */
export interface LiveStore {
  /** Adds an event; it becomes visible with the transaction, after all of lower position. */
  append(tenantId: string, event: Omit<LiveRow, 'position'>): Promise<void>;
  /** Events after a position, the oldest first. */
  readAfter(tenantId: string, position: number, limit: number): Promise<readonly LiveRow[]>;
  /** The newest position, and the oldest that is still kept; 0 and null when there never was one, or none is kept. */
  readEnds(tenantId: string): Promise<{ readonly newest: number; readonly oldestKept: number | null }>;
  /** Deletes events before `cutMs`, `limit` at most; returns how many. */
  deleteBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}

/**
 * Wakes whoever waits for a tenant's events, in this process and, where replicas share something, in others. Only a hint: a message may be lost, and
 * the events are in `LiveStore`.
 */
export interface LiveBus {
  /** Never rejects: what is away only loses the hint. */
  publish(tenantId: string): Promise<void>;
  /** Has the listener called with each tenant that has events; returns what ends that. */
  subscribe(listener: (tenantId: string) => void): () => void;
  close(): Promise<void>;
}
