import type { LogEntry } from '@loghunter/engine/records';
import type { CostObserver, NanosecondRange } from '@loghunter/ports';
import { isPortError } from '@loghunter/ports';

import { decodeEntries, decodeProcessedBytes } from './decode-answer.ts';
import type { LokiConnection } from './loki-connection.ts';
import { decodeMixedEntries, isOrderKnown } from './mixed-labels.ts';

/** What one page is asked for with. */
interface PageRequest extends NanosecondRange, CostObserver {
  readonly query: string;
  readonly direction: 'forward' | 'backward';
  /** Names of all stream labels of what the query matches, where they are known and nothing else of a line is read. */
  readonly labelNames?: ReadonlySet<string> | undefined;
  /** Whether the range is one nanosecond: its lines lose their order when they have to be divided, so that a page lowered for time is too small. */
  readonly isMoment?: boolean;
  readonly signal: AbortSignal;
}

/** A page in the direction asked for. */
export interface Page {
  readonly entries: readonly LogEntry[];
  /** Whether there may be more: as many entries came as were asked for. */
  readonly isFull: boolean;
}

/** A page that takes more of the time limit than this is followed by a smaller one: the next may take longer. */
const slowShare = 1 / 3;
/** Smaller pages cost more calls than they save. */
const smallestPage = 100;

/** Pages after which labels and metadata are read as one set again, where that did not do. */
const categorizedPageCount = 100;

/** Reads pages with one limit, which it lowers when Loki says that it is too high, is slow or does not answer in time, and raises again. */
export interface PageReader {
  read(request: PageRequest, wantedCount?: number): Promise<Page>;
  /** Entries of a page at most. */
  readonly maxEntries: number;
}

/** Creates a reader that asks for up to `maxEntries` entries at once; `timeoutMs` is what the connection gives an answer. */
export function createPageReader(connection: LokiConnection, maxEntries: number, timeoutMs: number): PageReader {
  let allowedLimit = maxEntries;
  let limit = maxEntries;
  let momentLimit = maxEntries;
  let categorizedLeft = 0;

  /** Null when the order of lines cannot be told from an answer without categories. */
  function decode(answer: unknown, { direction, labelNames }: PageRequest): readonly LogEntry[] | null {
    if (labelNames === undefined) {
      return inOrder(decodeEntries(answer), direction);
    }
    const mixed = decodeMixedEntries(answer, labelNames);
    const entries = inOrder(mixed.entries, direction);
    const isKnown = isOrderKnown(entries);
    // Metadata that is another on every line has all labels sent with every line.
    if (!isKnown || mixed.addedSetCount > Math.max(smallestPage, entries.length / 2)) {
      categorizedLeft = categorizedPageCount;
    }
    return isKnown ? entries : null;
  }

  /** The request without label names for as long as these did not do. */
  function chooseWay(request: PageRequest): PageRequest {
    if (request.labelNames === undefined || categorizedLeft === 0) {
      return request;
    }
    categorizedLeft -= 1;
    return { ...request, labelNames: undefined };
  }

  async function read(request: PageRequest, wantedCount = Number.MAX_SAFE_INTEGER): Promise<Page> {
    const { isMoment = false } = request;
    let ownLimit = isMoment ? Math.max(limit, Math.min(allowedLimit, momentLimit)) : limit;
    for (;;) {
      const asked = Math.min(ownLimit, wantedCount);
      const askedAtMs = performance.now();
      try {
        const chosen = chooseWay(request);
        const answer = await connection(queryRangeCall(chosen, asked));
        request.observeProcessed?.(decodeProcessedBytes(answer));
        const entries = decode(answer, chosen);
        if (entries === null) {
          continue;
        }
        const isSlow = performance.now() - askedAtMs > timeoutMs * slowShare;
        // Back towards the full page after a stretch of very long lines, or when Loki is quick again.
        limit = isSlow
          ? Math.min(limit, Math.max(smallestPage, Math.ceil(asked / 2)))
          : Math.min(allowedLimit, limit * 2);
        momentLimit = Math.max(momentLimit, limit);
        return { entries, isFull: entries.length >= asked };
      } catch (error) {
        const stated = statedLimit(error);
        if (stated !== null && stated < asked) {
          allowedLimit = stated;
          limit = stated;
        } else if (isTooLarge(error) && asked > 1) {
          limit = Math.ceil(asked / 4);
        } else {
          if (isPortError(error) && error.kind === 'timeout') {
            // For whoever tries again: asking once more here would keep people waiting.
            const smaller = Math.max(smallestPage, Math.ceil(asked / 4));
            limit = isMoment ? limit : Math.min(limit, smaller);
            momentLimit = isMoment ? smaller : momentLimit;
          }
          throw error;
        }
        ownLimit = limit;
      }
    }
  }

  return { read, maxEntries };
}

function queryRangeCall(request: PageRequest, limit: number): Parameters<LokiConnection>[0] {
  return {
    path: '/loki/api/v1/query_range',
    parameters: {
      query: request.query,
      start: String(request.fromNs),
      end: String(request.toNs),
      limit: String(limit),
      direction: request.direction,
    },
    mixesLabels: request.labelNames !== undefined,
    signal: request.signal,
  };
}

// Loki 3.7, pkg/querier/limits: "max entries limit per query exceeded, limit > max_entries_limit_per_query (5000 > 100)".
const limitText = /max_entries_limit(?:_per_query)? \((\d+) > (\d+)\)/;
// gRPC between Loki's parts, or our own bound on an answer: the same entries fit when fewer are asked for.
const sizeText = /received message larger than max|trying to send message larger than max|answer too large/;

/** The limit that Loki's error states; null when the failure has nothing to do with it. */
function statedLimit(error: unknown): number | null {
  const text = isPortError(error) ? limitText.exec(error.message)?.[2] : undefined;
  return text === undefined || text === '0' ? null : Number(text);
}

function isTooLarge(error: unknown): boolean {
  return isPortError(error) && sizeText.test(error.message);
}

function inOrder(entries: LogEntry[], direction: PageRequest['direction']): readonly LogEntry[] {
  const sign = direction === 'forward' ? 1 : -1;
  return entries.sort((a, b) => (a.timestampNs < b.timestampNs ? -sign : a.timestampNs > b.timestampNs ? sign : 0));
}
