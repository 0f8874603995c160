import { roles, type Job as JobAnswer, type RequestOf, type ResponseOf } from '@loghunter/contracts';
import type { Job } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { readInstant } from '../http/time-range.ts';
import type { JobFeature } from './job-feature.ts';
import { mirrorJob, readEndedJob } from './job-mirror.ts';
import { hasEnded, presentJob } from './present-job.ts';
import { sendJob, startJob as start } from './start-job.ts';

const eventIntervalMs = 500;

/** `POST /api/v1/jobs` */
export async function startJob(
  feature: JobFeature,
  { kind, since, webhookId }: RequestOf<'startJob'>,
  context: CallContext
): Promise<JobAnswer> {
  if (webhookId !== undefined && (await feature.webhooks.get(feature.tenantId, webhookId)) === null) {
    throw notFound('webhook', webhookId);
  }
  const job = await start(feature, feature.tenantId, {
    kind,
    input: since === undefined ? {} : { sinceMs: readInstant(since, 'since') },
    actor: context.principal.actor,
    requestId: context.requestId,
    webhookId: webhookId ?? null,
  });
  return presentJob(job);
}

/** `GET /api/v1/jobs` */
export async function listJobs(feature: JobFeature, request: RequestOf<'listJobs'>): Promise<ResponseOf<'listJobs'>> {
  const { status, kind, limit, offset } = request;
  const jobs = await feature.jobs.list(feature.tenantId, {
    ...(status === undefined ? {} : { status }),
    ...(kind === undefined ? {} : { kind }),
    ...{ limit, offset },
  });
  return { jobs: jobs.map(presentJob) };
}

/** `GET /api/v1/jobs/{id}` */
export async function getJob(feature: JobFeature, { id }: RequestOf<'getJob'>): Promise<JobAnswer> {
  return presentJob((await readEndedJob(feature.cache, feature.tenantId, id)) ?? (await requireJob(feature, id)));
}

/** `GET /api/v1/jobs/{id}/events`: the job now and whenever it changes, until it has ended. */
export async function watchJob(
  feature: JobFeature,
  { id }: RequestOf<'watchJob'>,
  context: CallContext
): Promise<AsyncIterable<JobAnswer>> {
  return changesOf(feature, await requireJob(feature, id), context.signal);
}

async function* changesOf(feature: JobFeature, first: Job, signal: AbortSignal): AsyncGenerator<JobAnswer> {
  yield presentJob(first);
  let seen = first;
  while (!hasEnded(seen) && !signal.aborted) {
    await feature.clock.sleep(eventIntervalMs, signal);
    const job = await feature.jobs.get(feature.tenantId, first.id);
    if (job === null) {
      return;
    }
    if (job.updatedAtMs !== seen.updatedAtMs || job.status !== seen.status) {
      yield presentJob(job);
    }
    seen = job;
  }
}

/** `POST /api/v1/jobs/{id}/cancel` */
export async function cancelJob(
  feature: JobFeature,
  { id }: RequestOf<'cancelJob'>,
  context: CallContext
): Promise<JobAnswer> {
  const job = await requireJob(feature, id);
  requireKindRole(feature, job, context);
  requireOwner(job, context);
  return presentJob((await feature.jobs.requestCancel(feature.tenantId, id)) ?? (await requireJob(feature, id)));
}

/** `POST /api/v1/jobs/{id}/retry` */
export async function retryJob(
  feature: JobFeature,
  { id }: RequestOf<'retryJob'>,
  context: CallContext
): Promise<JobAnswer> {
  requireKindRole(feature, await requireJob(feature, id), context);
  const job = await feature.jobs.requeue(feature.tenantId, id);
  if (job === null) {
    throw new ProblemError(
      'conflict',
      'Only a job that failed or was cancelled, and that is not begun anew, can be repeated.'
    );
  }
  await sendJob(feature, feature.tenantId, job, 0);
  // Who asks meanwhile is not told of the end before; without this change the cache only says nothing.
  await mirrorJob(feature.cache, feature.tenantId, job);
  return presentJob(job);
}

async function requireJob(feature: JobFeature, id: string): Promise<Job> {
  const job = await feature.jobs.get(feature.tenantId, id);
  if (job === null) {
    throw notFound('job', id);
  }
  return job;
}

function requireKindRole(feature: JobFeature, job: Job, { principal }: CallContext): void {
  const needed = feature.jobKinds.find(({ name }) => name === job.kind)?.role ?? 'admin';
  if (roles.indexOf(principal.role) < roles.indexOf(needed)) {
    throw new ProblemError('forbidden', `A job of this kind needs the role ${needed}; yours is ${principal.role}.`);
  }
}

// Viewers may stop what they began; editors what anybody did.
function requireOwner({ actor }: Job, { principal }: CallContext): void {
  const isOwner = actor.kind === principal.actor.kind && actor.id === principal.actor.id;
  if (principal.role === 'viewer' && !isOwner) {
    throw new ProblemError('forbidden', 'Somebody else began this job; stopping it needs the role editor.');
  }
}

function notFound(what: string, id: string): ProblemError {
  return new ProblemError('not-found', `There is no ${what} ${id}.`);
}
