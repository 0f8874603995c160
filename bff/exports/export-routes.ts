import { roles, type Job as JobAnswer, type RequestOf } from '@loghunter/contracts';
import type { ExportFileStore, Job } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { presentRange, readTimeRange } from '../http/time-range.ts';
import { readAnomalyFilter } from '../anomalies/incident-routes.ts';
import type { JobFeature } from '../jobs/job-feature.ts';
import { presentJob } from '../jobs/present-job.ts';
import { startJob } from '../jobs/start-job.ts';
import { exportKind, type ExportInput, type KeptExport } from './export-kind.ts';

/** What requests for files of exports need. */
export interface ExportFileFeature extends JobFeature {
  readonly exportFiles: ExportFileStore;
}

/** `POST /api/v1/exports` */
export async function startExport(
  feature: ExportFileFeature,
  request: RequestOf<'startExport'>,
  { principal, requestId }: CallContext
): Promise<JobAnswer> {
  const { actor } = principal;
  const input: ExportInput = {
    request: withFixedRange(request, feature.clock.nowMs()),
    owner: { kind: actor.kind, id: actor.id },
  };
  const job = await startJob(feature, feature.tenantId, { kind: exportKind, input, actor, requestId, webhookId: null });
  return presentJob(job);
}

function withFixedRange(request: RequestOf<'startExport'>, nowMs: number): RequestOf<'startExport'> {
  const { clusters, lines, anomalies } = request;
  return {
    ...request,
    ...(clusters && { clusters: { ...clusters, ...presentRange(readTimeRange(clusters, nowMs)) } }),
    ...(lines && { lines: { ...lines, ...presentRange(readTimeRange(lines, nowMs)) } }),
    ...(anomalies && { anomalies: { ...anomalies, ...presentRange(readAnomalyFilter(anomalies, nowMs).range) } }),
  };
}

/** `GET /api/v1/exports/{id}/file` */
export async function downloadExport(
  feature: ExportFileFeature,
  { id }: RequestOf<'downloadExport'>,
  context: CallContext
): Promise<AsyncIterable<string>> {
  const job = await requireExport(feature, id, context);
  const { fileId, partCount, expiresAt } = job.result as KeptExport;
  if (Date.parse(expiresAt) <= feature.clock.nowMs()) {
    throw new ProblemError('not-found', `The file of this export went at ${expiresAt}.`);
  }
  // Said now: once the answer has begun it could only be broken off.
  if (!(await hasFile(feature, fileId))) {
    throw new ProblemError('not-found', 'The file of this export was deleted.');
  }
  return readFile(feature, { fileId, partCount }, context.signal);
}

/** The export that has ended, for who began it and for administrators; throws `ProblemError` `not-found`, `conflict` when it has no file yet. */
export async function requireExport(
  { jobs, tenantId }: ExportFileFeature,
  id: string,
  context: CallContext
): Promise<Job> {
  const job = await jobs.get(tenantId, id);
  if (job === null || job.kind !== exportKind || !mayFetch(job, context)) {
    throw new ProblemError('not-found', `There is no export ${id}.`);
  }
  if (job.status !== 'succeeded') {
    throw new ProblemError('conflict', `This export has no file: it is ${job.status}.`);
  }
  return job;
}

/** Whether anything of the file is kept. */
export async function hasFile({ exportFiles, tenantId }: ExportFileFeature, fileId: string): Promise<boolean> {
  return (await exportFiles.listSizes(tenantId)).has(fileId);
}

/** Whether the caller began the job. */
export function isOwn({ actor }: Job, { principal }: CallContext): boolean {
  return actor.kind === principal.actor.kind && actor.id === principal.actor.id;
}

function mayFetch(job: Job, context: CallContext): boolean {
  return isOwn(job, context) || roles.indexOf(context.principal.role) >= roles.indexOf('admin');
}

async function* readFile(
  { tenantId, exportFiles }: ExportFileFeature,
  { fileId, partCount }: Pick<KeptExport, 'fileId' | 'partCount'>,
  signal: AbortSignal
): AsyncGenerator<string> {
  for (let part = 0; part < partCount && !signal.aborted; part += 1) {
    const content = await exportFiles.read(tenantId, fileId, part);
    if (content === null) {
      // Breaks the answer off: a file that ends early would be taken for a whole one.
      throw new ProblemError('not-found', `Piece ${part} of ${partCount} of the file ${fileId} is gone.`);
    }
    yield content;
  }
}
