import { createHash } from 'node:crypto';
import { parseQuery, printQuery } from '@loghunter/engine/logql';
import type { CountEntriesRequest, FindEntriesRequest } from '@loghunter/ports';

/** Raised when answers are stored differently, so that versions side by side on one Redis do not read each other's. */
const formatVersion = 1;

/** A query as the cache knows it. */
export interface QueryKey {
  /** `loki:query:<tenant>:<hash>`. */
  readonly name: string;
  /** All that the answer depends on, the tenant included; stored beside the answer and compared when it is read. */
  readonly identity: string;
}

/** Key of a search for lines. */
export function keyOfSearch(tenantId: string, request: FindEntriesRequest): QueryKey {
  const { query, fromNs, toNs, direction, limit } = request;
  return toKey(tenantId, ['find', normalize(query), String(fromNs), String(toNs), direction, limit]);
}

/** Key of counts; their range is whole steps already, which the port demands. */
export function keyOfCounts(tenantId: string, request: CountEntriesRequest): QueryKey {
  const { selector, fromNs, toNs, stepMs } = request;
  return toKey(tenantId, ['count', normalize(selector), String(fromNs), String(toNs), stepMs]);
}

// Blanks, quotes and comments do not change what a query asks.
function normalize(query: string): string {
  const parsed = parseQuery(query);
  return parsed.kind === 'query' ? printQuery(parsed.query) : query;
}

function toKey(tenantId: string, facts: ReadonlyArray<string | number>): QueryKey {
  const identity = JSON.stringify([formatVersion, tenantId, ...facts]);
  const hash = createHash('sha256').update(identity).digest('base64url');
  return { name: `loki:query:${encodeURIComponent(tenantId)}:${hash}`, identity };
}
