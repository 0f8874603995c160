import type { KeptExport as Presented, RequestOf, ResponseOf } from '@loghunter/contracts';
import type { Job } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { toTimestamp } from '../http/time-range.ts';
import { exportCutMs, exportKind, type KeptExport } from './export-kind.ts';
import { hasFile, isOwn, requireExport, type ExportFileFeature } from './export-routes.ts';

const pageSize = 200;

/** `GET /api/v1/exports`: the caller's own that have a file, the newest first. */
export async function listExports(
  feature: ExportFileFeature,
  _: unknown,
  context: CallContext
): Promise<ResponseOf<'listExports'>> {
  const sizes = await feature.exportFiles.listSizes(feature.tenantId);
  const exports: Presented[] = [];
  for await (const job of recentExports(feature)) {
    const { fileId, fileName, rowCount, expiresAt } = job.result as KeptExport;
    const sizeBytes = sizes.get(fileId);
    if (isOwn(job, context) && sizeBytes !== undefined && Date.parse(expiresAt) > feature.clock.nowMs()) {
      exports.push({ id: job.id, fileName, rowCount, sizeBytes, createdAt: toTimestamp(job.createdAtMs), expiresAt });
    }
  }
  return { exports };
}

/** Those that may still have a file: whatever was asked for before has none any more. */
async function* recentExports({ tenantId, jobs, clock }: ExportFileFeature): AsyncGenerator<Job> {
  for (let offset = 0; ; offset += pageSize) {
    const page = await jobs.list(tenantId, { status: 'succeeded', kind: exportKind, limit: pageSize, offset });
    yield* page;
    const last = page.at(-1);
    if (page.length < pageSize || last === undefined || (last.finishedAtMs ?? 0) < exportCutMs(clock.nowMs())) {
      return;
    }
  }
}

/** `DELETE /api/v1/exports/{id}`: makes room for others; the job stays as a record of what was exported. */
export async function deleteExport(
  feature: ExportFileFeature,
  { id }: RequestOf<'deleteExport'>,
  context: CallContext
): Promise<ResponseOf<'deleteExport'>> {
  const job = await requireExport(feature, id, context);
  const { fileId } = job.result as KeptExport;
  if (!(await hasFile(feature, fileId))) {
    throw new ProblemError('not-found', `The export ${id} has no file any more.`);
  }
  await feature.exportFiles.delete(feature.tenantId, fileId);
  return { id };
}
