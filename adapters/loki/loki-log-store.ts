import type { DiscoveryRequest, FindEntriesRequest, LogStore, StreamStats } from '@loghunter/ports';

import { countByLabels } from './count-by-labels.ts';
import { countEntries } from './count-entries.ts';
import { decodeCount, decodeNames } from './decode-answer.ts';
import { listPatterns } from './list-patterns.ts';
import { listStreams } from './list-streams.ts';
import { connectToLoki } from './loki-connection.ts';
import type { LokiConnection, LokiConnectionSettings } from './loki-connection.ts';
import { pushStreams } from './push-streams.ts';
import { readEntries } from './read-entries.ts';
import { readFacts } from './read-facts.ts';
import { readVolume } from './read-volume.ts';
import { tailEntries } from './tail-entries.ts';
import { createPageReader } from './read-page.ts';
import type { PageReader } from './read-page.ts';

/** How to reach a Loki and how much to ask of it at once. */
export interface LokiLogStoreSettings extends LokiConnectionSettings {
  /** Entries asked for at once; 5000 when left out, which is Loki's own default limit. Lowered when Loki's error says so. */
  readonly maxEntriesPerQuery?: number;
}

/**
 * A log store that is a Loki. `findEntries` is one query: where streams with different label names and structured metadata of those
 * names meet, Loki 3.7 may show a line under the other stream; `readEntries` and `countEntries` keep them apart. Throws `PortError` `rejected` when the address is no URL; nothing is sent before the first call.
 */
export function createLokiLogStore(settings: LokiLogStoreSettings): LogStore {
  const connection = connectToLoki(settings);
  const pages = createPageReader(connection, settings.maxEntriesPerQuery ?? 5000, settings.timeoutMs);
  return {
    readEntries: (request) => readEntries(connection, pages, request),
    findEntries: (request) => findEntries(pages, request),
    countEntries: (request) => countEntries(connection, pages, request),
    countByLabels: (request) => countByLabels(connection, request),
    async listLabelNames(request) {
      return decodeNames(await discover(connection, '/loki/api/v1/labels', request)).toSorted();
    },
    async listLabelValues(name, request) {
      return decodeNames(
        await discover(connection, `/loki/api/v1/label/${encodeURIComponent(name)}/values`, request)
      ).toSorted();
    },
    listStreams: (request) => listStreams(connection, request),
    readStats: (request) => readStats(connection, request),
    readVolume: (request) => readVolume(connection, request),
    listPatterns: (request) => listPatterns(connection, request),
    readFacts: (signal) => readFacts(connection, signal),
    tailEntries: (request) => tailEntries(connection, request),
    push: (streams, signal) => pushStreams(connection, streams, signal),
    async ping(signal) {
      // Not /ready: this also proves that the tenant and the credentials are accepted, and it works through Grafana's proxy.
      decodeNames(await connection({ path: '/loki/api/v1/labels', signal }));
    },
  };
}

async function findEntries(pages: PageReader, request: FindEntriesRequest): ReturnType<LogStore['findEntries']> {
  if (request.fromNs >= request.toNs) {
    return [];
  }
  const direction = request.direction === 'newest-first' ? 'backward' : 'forward';
  const page = await pages.read({ ...request, direction }, request.limit);
  return page.entries;
}

function rangeParameters(request: DiscoveryRequest): Record<string, string> {
  return { start: String(request.fromNs), end: String(request.toNs) };
}

function discover(connection: LokiConnection, path: string, request: DiscoveryRequest): Promise<unknown> {
  const parameters = {
    ...rangeParameters(request),
    ...(request.selector === undefined ? {} : { query: request.selector }),
  };
  return connection({ path, parameters, signal: request.signal });
}

async function readStats(
  connection: LokiConnection,
  request: DiscoveryRequest & { readonly selector: string }
): Promise<StreamStats> {
  const answer = await discover(connection, '/loki/api/v1/index/stats', request);
  return {
    streamCount: decodeCount(answer, 'streams'),
    entryCount: decodeCount(answer, 'entries'),
    sizeBytes: decodeCount(answer, 'bytes'),
  };
}
