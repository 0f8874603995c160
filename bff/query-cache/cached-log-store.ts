import type { LogEntry } from '@loghunter/engine/records';
import type { Cache, LogStore, StreamCount } from '@loghunter/ports';
import type { CacheOutcome, QueryMeter } from '../query-budget/query-meter.ts';
import { keyOfCounts, keyOfSearch, type QueryKey } from './query-key.ts';
import { createSingleFlight, type SingleFlight } from './single-flight.ts';
import { countsFormat, entriesFormat, type AnswerFormat } from './stored-answer.ts';

/** What the cache of a tenant's queries needs. */
export interface QueryCacheParts {
  readonly tenantId: string;
  readonly store: LogStore;
  readonly cache: Cache;
  /** How long an answer is good, 1 ms at least. */
  readonly ttlMs: number;
  readonly meter: Pick<QueryMeter, 'observeCache'>;
}

/**
 * Keeps answers to one tenant's searches and counts. Equal queries at the same time reach the store once; answers in the cache are shared by
 * the replicas on it. Long reads, which are never asked twice, and names of labels, which have a cache of their own, pass through.
 */
export function createCachedLogStore(parts: QueryCacheParts): LogStore {
  const { tenantId, store } = parts;
  const searches = createSingleFlight<readonly LogEntry[]>();
  const counts = createSingleFlight<readonly StreamCount[]>();
  return {
    readEntries: (request) => store.readEntries(request),
    findEntries: (request) =>
      answer(parts, searches, entriesFormat, keyOfSearch(tenantId, request), request.signal, (signal) =>
        store.findEntries({ ...request, signal })
      ),
    countEntries: (request) =>
      answer(parts, counts, countsFormat, keyOfCounts(tenantId, request), request.signal, (signal) =>
        store.countEntries({ ...request, signal })
      ),
    countByLabels: (request) => store.countByLabels(request),
    listLabelNames: (request) => store.listLabelNames(request),
    listLabelValues: (name, request) => store.listLabelValues(name, request),
    listStreams: (request) => store.listStreams(request),
    readStats: (request) => store.readStats(request),
    // Absent where the store has it not: its absence says something.
    ...(store.listPatterns === undefined ? {} : { listPatterns: store.listPatterns.bind(store) }),
    ...(store.readFacts === undefined ? {} : { readFacts: store.readFacts.bind(store) }),
    ...(store.tailEntries === undefined ? {} : { tailEntries: store.tailEntries.bind(store) }),
    push: (streams, signal) => store.push(streams, signal),
    ping: (signal) => store.ping(signal),
  };
}

async function answer<T>(
  { cache, ttlMs, meter }: QueryCacheParts,
  flights: SingleFlight<T>,
  format: AnswerFormat<T>,
  key: QueryKey,
  askerSignal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<T>
): Promise<T> {
  let outcome: CacheOutcome = 'joined';
  const result = flights.run(key.identity, askerSignal, async (signal) => {
    const text = await cache.get(key.name);
    const kept = text === undefined ? undefined : await format.read(key.identity, text);
    outcome = kept === undefined ? 'miss' : 'hit';
    if (kept !== undefined) {
      return kept;
    }
    const fresh = await ask(signal);
    const written = await format.write(key.identity, fresh);
    if (written !== null) {
      await cache.set(key.name, written, ttlMs);
    }
    return fresh;
  });
  // Also when it fails: the cache was asked all the same.
  return result.finally(() => meter.observeCache(outcome));
}
