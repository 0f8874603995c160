import { Counter, type Registry } from 'prom-client';
import type { QueryKind } from './budget-settings.ts';

/** How a query fared at the budget. In shadow mode queries that `would-…` ran at once. */
export type QueryOutcome = 'ran' | 'waited' | 'refused' | 'turned-away' | 'would-wait' | 'would-refuse';

/** What became of a question to the cache: answered, not there, or asked at the same time as an equal one. */
export type CacheOutcome = 'hit' | 'miss' | 'joined';

/** Told of every query to the log store, for `/metrics`. */
export interface QueryMeter {
  observeQuery(kind: QueryKind, outcome: QueryOutcome, estimatedBytes: number, waitedMs: number): void;
  /** Bytes that the store went through, or those of the lines that came where it does not say. */
  observeRead(kind: QueryKind, sizeBytes: number): void;
  observeCache(outcome: CacheOutcome): void;
}

/** Counters of LogHunter's own share of the log store's load; label values come from closed lists. */
export function createQueryMeter(registry: Registry): QueryMeter {
  const registers = [registry];
  const queries = new Counter({
    name: 'loghunter_loki_queries_total',
    help: 'Queries to the log store by who they are for and how they fared at the budget',
    labelNames: ['kind', 'outcome'] as const,
    registers,
  });
  const estimated = new Counter({
    name: 'loghunter_loki_estimated_bytes_total',
    help: 'Bytes that queries were estimated to have the log store go through, refused ones left out',
    labelNames: ['kind'] as const,
    registers,
  });
  const read = new Counter({
    name: 'loghunter_loki_read_bytes_total',
    help: 'Bytes that the log store went through for queries, as it says itself, else those of the lines that came',
    labelNames: ['kind'] as const,
    registers,
  });
  const waited = new Counter({
    name: 'loghunter_loki_wait_seconds_total',
    help: 'Time that queries waited for their turn',
    labelNames: ['kind'] as const,
    registers,
  });
  const cached = new Counter({
    name: 'loghunter_query_cache_total',
    help: 'Questions to the cache of queries: hit, miss, or joined to an equal one that was running',
    labelNames: ['outcome'] as const,
    registers,
  });
  return {
    observeCache: (outcome) => cached.labels(outcome).inc(),
    observeQuery(kind, outcome, estimatedBytes, waitedMs) {
      queries.labels(kind, outcome).inc();
      if (outcome !== 'refused' && outcome !== 'turned-away') {
        estimated.labels(kind).inc(estimatedBytes);
      }
      waited.labels(kind).inc(waitedMs / 1000);
    },
    observeRead: (kind, sizeBytes) => read.labels(kind).inc(sizeBytes),
  };
}
