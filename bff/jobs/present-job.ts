import type { Job as JobAnswer } from '@loghunter/contracts';
import type { Job, JobStatus } from '@loghunter/ports';

const final: ReadonlySet<JobStatus> = new Set(['succeeded', 'failed', 'cancelled']);

/** Whether a job has ended. */
export function hasEnded(job: { readonly status: JobStatus }): boolean {
  return final.has(job.status);
}

/** The job as the API shows it. */
export function presentJob(job: Job): JobAnswer {
  return {
    id: job.id,
    kind: job.kind,
    status: job.status,
    progress: Math.round(job.progress * 1000) / 1000,
    progressText: job.progressText,
    attemptCount: job.attemptCount,
    result: job.result ?? null,
    failure: job.failure,
    createdBy: job.actor.name,
    createdAt: toText(job.createdAtMs),
    startedAt: job.startedAtMs === null ? null : toText(job.startedAtMs),
    finishedAt: job.finishedAtMs === null ? null : toText(job.finishedAtMs),
  };
}

function toText(ms: number): string {
  return new Date(ms).toISOString();
}
