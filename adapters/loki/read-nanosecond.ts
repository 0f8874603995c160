// Reads more entries of one nanosecond than fit into a page. Time cannot divide them, so line filters do: a text that about
// half of the lines hold splits the query in two, and so on, within a bound on requests.
import { quoteText } from '@loghunter/engine/logql';
import type { LogEntry } from '@loghunter/engine/records';
import { isPortError, type EntryPage } from '@loghunter/ports';

import { decodeSeries } from './decode-answer.ts';
import type { LokiConnection } from './loki-connection.ts';
import type { Page, PageReader } from './read-page.ts';

interface MomentRequest {
  readonly query: string;
  readonly atNs: bigint;
  /** A full page of this moment. */
  readonly firstPage: readonly LogEntry[];
  readonly signal: AbortSignal;
}

// 5,000 entries a request and halving at best: enough for about 100,000 lines on one nanosecond.
const maxRequests = 64;
const sampleSize = 200;

/** All entries of a nanosecond that can be told apart by their lines, and how many more there are. */
export async function readNanosecond(
  connection: LokiConnection,
  pages: PageReader,
  request: MomentRequest
): Promise<Omit<EntryPage, 'completeBeforeNs'>> {
  const whole = await readWhole(pages, request);
  if (!whole.isFull) {
    return { entries: whole.entries, unreadableEntryCount: 0 };
  }
  const entries: LogEntry[] = [];
  const waiting: Array<{ query: string; full: readonly LogEntry[] }> = [{ query: request.query, full: whole.entries }];
  let requestCount = 0;
  let isComplete = true;
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const divider = chooseDivider(part.full);
    if (divider === null || requestCount + 2 > maxRequests) {
      entries.push(...part.full);
      isComplete = false;
      continue;
    }
    for (const operator of ['|=', '!=']) {
      // A new line first, because the query may end in a comment.
      const query = `${part.query}\n${operator} ${quoteText(divider)}`;
      const range = { fromNs: request.atNs, toNs: request.atNs + 1n };
      const page = await pages.read({ query, ...range, direction: 'forward', signal: request.signal });
      requestCount += 1;
      if (page.isFull) {
        waiting.push({ query, full: page.entries });
      } else {
        entries.push(...page.entries);
      }
    }
  }
  const unreadableEntryCount = isComplete ? 0 : await countMissing(connection, pages, request, entries.length);
  return { entries, unreadableEntryCount };
}

/** The moment in the largest page: parts of it come one after the other, and no longer in the order in which the lines were written. */
async function readWhole(pages: PageReader, { query, atNs, firstPage, signal }: MomentRequest): Promise<Page> {
  const first = { entries: firstPage, isFull: true };
  if (firstPage.length >= pages.maxEntries) {
    return first;
  }
  try {
    const range = { fromNs: atNs, toNs: atNs + 1n };
    return await pages.read({ query, ...range, direction: 'forward', isMoment: true, signal });
  } catch (error) {
    if (isPortError(error) && error.kind === 'timeout') {
      return first;
    }
    throw error;
  }
}

/** The one or two characters that nearest to half of the lines hold; null when the lines do not differ. */
function chooseDivider(entries: readonly LogEntry[]): string | null {
  const stride = Math.max(1, Math.floor(entries.length / sampleSize));
  const sample = entries.filter((_entry, index) => index % stride === 0);
  const counts = new Map<string, number>();
  for (const { line } of sample) {
    const pieces = new Set<string>();
    for (let index = 0; index < Math.min(line.length, 2000); index += 1) {
      pieces.add(line.slice(index, index + 1)).add(line.slice(index, index + 2));
    }
    for (const piece of pieces) {
      // Half of a surrogate pair could not be sent.
      if (piece.isWellFormed()) {
        counts.set(piece, (counts.get(piece) ?? 0) + 1);
      }
    }
  }
  const middle = sample.length / 2;
  let best: string | null = null;
  let bestDistance = middle;
  for (const [piece, count] of counts) {
    const distance = Math.abs(count - middle);
    if (distance < bestDistance) {
      best = piece;
      bestDistance = distance;
    }
  }
  return best;
}

// Prime numbers of milliseconds, so that lines which come every so many milliseconds do not lie on all of them.
const windowsMs = [1, 3, 7, 13];

/**
 * How many entries of the moment were not read. A range ends exactly at a nanosecond but is at least 1 ms long, so the moment's
 * count is (window that ends at it) - (window that ends 1 ns before) + (entries of the nanosecond that only the second window holds).
 */
async function countMissing(
  connection: LokiConnection,
  pages: PageReader,
  request: MomentRequest,
  readCount: number
): Promise<number> {
  for (const windowMs of windowsMs) {
    const edgeNs = request.atNs - BigInt(windowMs) * 1_000_000n;
    const range = { fromNs: edgeNs, toNs: edgeNs + 1n };
    const edge = await pages.read({ query: request.query, ...range, direction: 'forward', signal: request.signal });
    if (!edge.isFull) {
      const untilMoment = await countWindow(connection, request, request.atNs, windowMs);
      const untilBefore = await countWindow(connection, request, request.atNs - 1n, windowMs);
      return Math.max(0, untilMoment - untilBefore + edge.entries.length - readCount);
    }
  }
  // Every edge is as crowded: at least one more is known to exist, because the page was full.
  return 1;
}

async function countWindow(
  connection: LokiConnection,
  request: MomentRequest,
  endNs: bigint,
  windowMs: number
): Promise<number> {
  const answer = await connection({
    path: '/loki/api/v1/query',
    parameters: { query: `sum(count_over_time(${request.query}\n[${windowMs}ms]))`, time: String(endNs) },
    signal: request.signal,
  });
  return decodeSeries(answer, 'vector')[0]?.points[0]?.[1] ?? 0;
}
