// A search as a file: pages of the search, one after the other, until the range ends or it is enough.
import type { SearchLogsRequest, SearchLogsResponse } from '@loghunter/contracts';
import type { DownloadProgress } from '../../api/download';
import { serverClient } from '../../api/server-client';
import { nanosecondsToMs } from '../../ui/nanoseconds';

export type ExportFormat = 'csv' | 'json';

/** The API's own bounds: lines read at once, and lines of one cluster in an answer. */
const linesAtOnce = 5000;
export const linesPerCluster = 100;
/** Each page costs the log store a search, and the person part of their hourly limit. */
const maxPages = 10;

interface ExportOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: DownloadProgress) => void;
}

/** One line of an export. */
export interface ExportRow {
  readonly time: string;
  readonly level: string;
  readonly service: string;
  readonly namespace: string;
  readonly clusterId: string;
  readonly line: string;
}

/** Reads page after page. Throws what a call throws. */
export async function exportLines(
  request: SearchLogsRequest,
  format: ExportFormat,
  { signal, onProgress }: ExportOptions
): Promise<Blob> {
  const rows: ExportRow[] = [];
  let lineCount = 0;
  let before: string | null | undefined;
  for (let page = 0; page < maxPages && before !== null; page++) {
    const answer = await serverClient().searchLogs(
      { ...request, limit: linesAtOnce, linesPerCluster, ...(before === undefined ? {} : { before }) },
      signal
    );
    rows.push(...rowsOf(answer));
    lineCount += answer.lineCount;
    before = answer.nextBefore;
    onProgress({ lineCount, sizeBytes: 0 });
  }
  return format === 'csv'
    ? new Blob([toCsv(rows)], { type: 'text/csv' })
    : new Blob([JSON.stringify(rows, undefined, 2)], { type: 'application/json' });
}

function rowsOf({ groups }: SearchLogsResponse): ExportRow[] {
  return groups
    .flatMap(({ service, namespace, clusterId, lines }) =>
      lines.map(({ timestampNs, level, text }) => ({
        time: new Date(nanosecondsToMs(timestampNs)).toISOString(),
        level,
        service,
        namespace,
        clusterId,
        line: text,
      }))
    )
    .sort((a, b) => (a.time < b.time ? 1 : -1));
}

const columns: ReadonlyArray<keyof ExportRow> = ['time', 'level', 'service', 'namespace', 'clusterId', 'line'];

/** RFC 4180. A cell that a spreadsheet would take for a formula is led by an apostrophe. */
export function toCsv(rows: readonly ExportRow[]): string {
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
