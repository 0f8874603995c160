/** A query that wants to run, and what all replicas together may have. */
export interface LoadRequest {
  /** Whose budget; requests of one budget see each other. */
  readonly budget: string;
  /** Part of the budget that has bytes of its own. */
  readonly kind: string;
  readonly sizeBytes: number;
  /** Bytes of this kind within any minute, queries that run included. */
  readonly limitBytes: number;
  /** Queries of the budget that run at the same time, of all kinds together. */
  readonly maxRunning: number;
  /** No turn while another kind has used this much; null for no such condition. */
  readonly unless: { readonly kind: string; readonly usedBytes: number } | null;
  /** Counted, whatever the limits say. */
  readonly isForced: boolean;
}

/** What came of a request. `away`: nobody could be asked, and what this process knows alone decides. */
export type LoadAnswer =
  | { readonly kind: 'reserved'; readonly id: string }
  /** `isOverBudget`: bytes are missing, not a place. */
  | { readonly kind: 'full'; readonly retryAfterMs: number; readonly isOverBudget: boolean }
  | { readonly kind: 'away' };

/** What all replicas have queries to the log store cost within a minute. Losing it loses no truth: no method throws. */
export interface SharedLoad {
  /** Takes the bytes and a place, in one step for all replicas. Both are given back when nobody settles them within two minutes. */
  reserve(request: LoadRequest): Promise<LoadAnswer>;
  /** The query is over: its place is free, and its true bytes count for one more minute. */
  settle(budget: string, id: string, sizeBytes: number): Promise<void>;
  close(): Promise<void>;
}
