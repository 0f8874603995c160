import type { Clock, LogStore, NanosecondRange } from '@loghunter/ports';
import type { QueryBounds } from './query-policy.ts';

/** What a query would cost, against what one query of a person may. */
export interface QueryPrice {
  /** Null when nobody knows. */
  readonly estimatedBytes: number | null;
  readonly limitBytes: number;
  readonly fits: boolean;
  /** One sentence on what would fit; null when it fits. */
  readonly advice: string | null;
}

/** What requests with queries of their own need. */
export interface QueryFeature extends QueryBounds {
  readonly tenantId: string;
  readonly logs: LogStore;
  readonly clock: Clock;
  /** Estimates a query without running it. */
  readonly priceQuery: (query: string, range: NanosecondRange, signal: AbortSignal) => Promise<QueryPrice>;
}
