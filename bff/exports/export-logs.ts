import type { ExportedLine, RequestOf } from '@loghunter/contracts';
import type { LogEntry } from '@loghunter/engine/records';
import { detectLevel } from '@loghunter/engine/severity';
import type { EntryPage, NanosecondRange } from '@loghunter/ports';
import { readTimeRange, toNanosecondRange } from '../http/time-range.ts';
import type { SearchFeature } from '../search/search-feature.ts';
import { countLines } from '../search/search-logs.ts';
import { buildSearchQuery } from '../search/search-query.ts';
import type { ExportCall } from './export-call.ts';
import { toCsv } from './to-csv.ts';

type Request = RequestOf<'exportLogs'>;

const defaultLimit = 100_000;
/** Columns of lines, in their order. */
export const lineColumns = ['timestamp', 'service', 'namespace', 'level', 'text', 'labels', 'metadata'] as const;

/** `GET /api/v1/exports/logs`: lines as the log store holds them, within the budget of people. */
export async function exportLogs(
  feature: SearchFeature,
  request: Request,
  { signal, onProgress }: ExportCall
): Promise<AsyncIterable<ExportedLine>> {
  const range = readTimeRange(request, feature.clock.nowMs());
  const query = await buildSearchQuery(feature, request, range);
  const wanted = toNanosecondRange(range);
  // The ledger counts lines of services, whatever their text and level.
  const isCounted = query.isCounted && request.text === undefined && (request.level ?? []).length === 0;
  const totalCount = isCounted && onProgress ? await countLines(feature, request, range) : null;
  onProgress?.({ fraction: 0, totalCount });
  const pages = feature.logs.readEntries({ query: query.text, ...wanted, signal });
  const iterator = pages[Symbol.asyncIterator]();
  // What the log store refuses is still a problem here; later it only ends the stream.
  return readAll(feature, request, await iterator.next(), iterator, (completeBeforeNs) =>
    onProgress?.({ fraction: shareOf(wanted, completeBeforeNs), totalCount })
  );
}

/** `GET /api/v1/exports/logs.csv` */
export async function exportLogsCsv(
  feature: SearchFeature,
  request: Request,
  context: ExportCall
): Promise<AsyncIterable<string>> {
  return toCsv(await exportLogs(feature, request, context), lineColumns);
}

type Pages = AsyncIterator<EntryPage>;

async function* readAll(
  feature: SearchFeature,
  request: Request,
  first: Awaited<ReturnType<Pages['next']>>,
  pages: Pages,
  onRead: (completeBeforeNs: bigint) => void
): AsyncGenerator<ExportedLine> {
  let left = request.limit ?? defaultLimit;
  try {
    for (let page = first; page.done !== true && left > 0; page = await pages.next()) {
      const lines = page.value.entries
        .map((entry) => present(feature, entry))
        .filter((line) => isWanted(request, line));
      yield* lines.slice(0, left);
      left -= lines.length;
      onRead(page.value.completeBeforeNs);
    }
  } finally {
    await pages.return?.();
  }
}

function shareOf({ fromNs, toNs }: NanosecondRange, completeBeforeNs: bigint): number {
  return Math.min(1, Math.max(0, Number(completeBeforeNs - fromNs) / Number(toNs - fromNs)));
}

function present({ identifier }: SearchFeature, { timestampNs, line, labels, metadata }: LogEntry): ExportedLine {
  const nanoseconds = String(timestampNs % 1_000_000_000n).padStart(9, '0');
  const second = new Date(Number(timestampNs / 1_000_000n)).toISOString().slice(0, 19);
  return {
    timestamp: `${second}.${nanoseconds}Z`,
    ...identifier.serviceOf(labels),
    level: detectLevel(line, labels, metadata),
    text: line,
    labels: { ...labels },
    metadata: { ...metadata },
  };
}

function isWanted({ service, namespace, level }: Request, line: ExportedLine): boolean {
  return isAnyOf(service, line.service) && isAnyOf(namespace, line.namespace) && isAnyOf(level, line.level);
}

function isAnyOf<T>(wanted: readonly T[] | undefined, value: T): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.includes(value);
}
