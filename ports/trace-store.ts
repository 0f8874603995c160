import type { CaseSpan } from '@loghunter/engine/root-cause';

/** Traces of one service in a range. */
export interface TraceSearch {
  readonly service: string;
  /** Milliseconds since 1970; `toMs` is not part of it. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Traces at most, 1 to 200. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/**
 * A store of traces. Ids are hex digits in lower case, times milliseconds since 1970 with fractions. Throws `PortError`, `rejected`
 * for an answer that is too large.
 */
export interface TraceStore {
  readonly system: 'tempo' | 'jaeger';
  /** The spans of a trace; empty when the store has none of this id. */
  readTrace(traceId: string, signal: AbortSignal): Promise<readonly CaseSpan[]>;
  /** All spans of traces that the service took part in; which ones, where there are more than `limit`, is the store's choice. */
  findSpans(search: TraceSearch): Promise<readonly CaseSpan[]>;
}
