/** Who a query is for. Each has limits of its own; when Loki is busy, background work stops first. */
export type QueryKind = 'people' | 'background' | 'ai';

/** Every kind, the one that goes first at the front. */
export const queryKinds: readonly QueryKind[] = ['people', 'ai', 'background'];

/** What one kind of query may cost Loki. */
export interface KindLimits {
  /** Bytes that queries may have Loki go through within any minute. */
  readonly minuteBytes: number;
  /** Bytes of one query: more is refused, or cut into stretches of time where the work allows it. */
  readonly queryBytes: number;
}

/** How a tenant's queries are held to a budget. */
export interface BudgetSettings {
  /** `off`: nothing is estimated. `shadow`: estimated and counted, never held up. `enforce`: queries wait and are refused. */
  readonly mode: 'off' | 'shadow' | 'enforce';
  /** Queries that run at the same time, of all kinds together. */
  readonly maxConcurrentQueries: number;
  /** Longest wait of people's and AI's queries for their turn. */
  readonly maxWaitMs: number;
  readonly limits: Readonly<Record<QueryKind, KindLimits>>;
}
