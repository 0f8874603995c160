import type { Job, JobQueue, JobStore, NewJob, UnitOfWork } from '@loghunter/ports';

/** What beginning jobs needs. */
export interface JobStartParts {
  readonly jobs: JobStore;
  readonly queue: JobQueue;
  readonly unitOfWork: UnitOfWork;
}

/**
 * Begins a job, or returns the same one that is queued or running; it runs after `delaySeconds` at the earliest. Row and message are
 * one transaction.
 */
export function startJob(parts: JobStartParts, tenantId: string, newJob: NewJob, delaySeconds = 0): Promise<Job> {
  return parts.unitOfWork.run(tenantId, async () => {
    const { job, isNew } = await parts.jobs.create(tenantId, newJob);
    if (isNew) {
      await sendJob(parts, tenantId, job, delaySeconds);
    }
    return job;
  });
}

/**
 * Puts a job into the queue. Its priority falls with the number of jobs that its tenant has open, so that a tenant with a thousand
 * jobs delays another's first job by no more than the ones that run.
 */
export async function sendJob(parts: JobStartParts, tenantId: string, job: Job, delaySeconds: number): Promise<void> {
  const openCount = await parts.jobs.countOpen(tenantId);
  await parts.queue.send(
    { tenantId, jobId: job.id, sendCount: job.sendCount },
    { priority: -Math.max(0, openCount - 1), delaySeconds }
  );
  if (delaySeconds === 0) {
    parts.unitOfWork.afterCommit(() => parts.queue.wake());
  }
}
