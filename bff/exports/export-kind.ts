import { randomUUID } from 'node:crypto';
import type { ExportResult, StartExportRequest } from '@loghunter/contracts';
import type { Clock, ExportFileStore } from '@loghunter/ports';
import { toTimestamp } from '../http/time-range.ts';
import { isProblemError } from '../http/problem-error.ts';
import { JobError, type JobKind, type JobRun } from '../jobs/job-kind.ts';
import type { ReadingProgress } from './export-call.ts';
import { createFilePieces } from './file-pieces.ts';
import { openTable, type ExportFeature, type ExportTable } from './open-table.ts';
import type { CsvRow } from './to-csv.ts';
import { writeRows } from './write-rows.ts';

/** Kind of the jobs that write a table into a file. */
export const exportKind = 'export';

/** Files are for fetching, not for keeping. */
export const exportKeptMs = 86_400_000;

/** Pieces stay so much longer, for who began to fetch a file just before it went. */
const fetchingMs = 3_600_000;

/** What was written before this moment is nobody's any more. */
export function exportCutMs(nowMs: number): number {
  return nowMs - exportKeptMs - fetchingMs;
}

/** What a file may hold, and what all files of a tenant may. */
export interface ExportLimits {
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly maxTenantBytes: number;
}

/** What holds unless something else is said: as many rows as spreadsheets take, and files that a browser can hold. */
export const exportLimits: ExportLimits = {
  maxRows: 1_000_000,
  maxBytes: 256 * 2 ** 20,
  maxTenantBytes: 2 ** 30,
};

/** What writing exports needs. */
export interface ExportParts {
  readonly files: ExportFileStore;
  readonly openFeature: (tenantId: string) => Promise<ExportFeature>;
  readonly clock: Clock;
  readonly limits: ExportLimits;
}

/** What the job of an export is told: a fixed range, so that another try writes the same, and its owner, so that it is not another's job. */
export type ExportInput = Readonly<Record<string, unknown>> & {
  readonly request: StartExportRequest;
  readonly owner: { readonly kind: string; readonly id: string };
};

/** The result as the job keeps it. */
export type KeptExport = ExportResult & { readonly fileId: string; readonly partCount: number };

/** Writes a table into a file that its owner fetches. */
export function createExportKind(parts: ExportParts): JobKind {
  const { files, clock, limits } = parts;
  return {
    name: exportKind,
    role: 'viewer',
    retryDelaysSeconds: [10],
    async run(run): Promise<KeptExport> {
      const { tenantId } = run;
      await files.deleteBefore(tenantId, exportCutMs(clock.nowMs()), 10_000);
      const leftBytes = limits.maxTenantBytes - (await files.readSize(tenantId));
      if (leftBytes <= 0) {
        const message =
          'The exports of the last day take all the room there is; each goes 25 hours after it was made, or when its owner deletes it';
        throw new JobError(message, { isRetryable: false });
      }
      const fileId = randomUUID();
      try {
        return { fileId, ...(await writeFile(parts, run, fileId, Math.min(limits.maxBytes, leftBytes))) };
      } catch (error) {
        // Nobody could find it.
        await files.delete(tenantId, fileId).catch(() => undefined);
        throw isProblemError(error) ? new JobError(error.message, { isRetryable: false }) : error;
      }
    },
  };
}

async function writeFile(
  parts: ExportParts,
  run: JobRun,
  fileId: string,
  maxBytes: number
): Promise<Omit<KeptExport, 'fileId'>> {
  const { tenantId, job, signal, report } = run;
  const { request } = job.input as ExportInput;
  const { maxRows } = parts.limits;
  // The first piece goes first, however long the last one took.
  const expiresAt = toTimestamp(parts.clock.nowMs() + exportKeptMs);
  let progress: ReadingProgress = { fraction: 0, totalCount: null };
  let lastRow: CsvRow = {};
  let readCount = 0;
  const call = {
    ...{ principal: { actor: job.actor }, signal },
    onProgress(next: ReadingProgress) {
      progress = next;
      report(next.fraction, rowsText(readCount, next.totalCount));
    },
  };
  // One row more than a file holds says that there are more.
  const table = await openTable(await parts.openFeature(tenantId), request, maxRows + 1, call);
  const pieces = createFilePieces((part, content) => {
    signal.throwIfAborted();
    return parts.files.write(tenantId, fileId, part, content);
  });
  const rows = watching(table, (row, count) => ([lastRow, readCount] = [row, count]));
  const written = await writeRows(
    { rows, columns: table.columns, format: request.format, maxRows, maxBytes },
    pieces.add,
    () => progress.totalCount
  );
  const { partCount, sizeBytes } = await pieces.end();
  signal.throwIfAborted();
  const { rowCount, isComplete } = written;
  return {
    ...{ rowCount, isComplete, partCount, sizeBytes, expiresAt },
    fileName: `loghunter-${table.name}-${toTimestamp(job.createdAtMs).slice(0, 16).replace(':', '')}.${request.format}`,
    totalCount: isComplete ? rowCount : progress.totalCount,
    readUpTo: isComplete || table.name !== 'lines' ? null : `${String(lastRow.timestamp).slice(0, 23)}Z`,
  };
}

/** Tells of each row that was taken, after it was. */
async function* watching({ rows }: ExportTable, onTaken: (row: CsvRow, count: number) => void): AsyncGenerator<CsvRow> {
  let count = 0;
  for await (const row of rows) {
    yield row;
    count += 1;
    onTaken(row, count);
  }
}

function rowsText(readCount: number, totalCount: number | null): string {
  return totalCount === null ? `${readCount} rows` : `${readCount} of ${totalCount} rows`;
}
