import type { Job } from '@loghunter/contracts';
import { useEffect, useState } from 'react';
import { serverClient } from './server-client';
import { toServerError, type ServerError } from './server-error';

/** Between two looks at a job; the server writes progress twice a second. */
const pollMs = 700;

/** After a failed look: a server that restarts is away for some seconds. */
const retryMs = 3000;

export interface FollowedJob {
  readonly job: Job | undefined;
  /** Why the latest look failed; looking goes on, unless the job is gone. */
  readonly error: ServerError | undefined;
}

export function hasEnded(job: Pick<Job, 'status'>): boolean {
  return job.status === 'succeeded' || job.status === 'failed' || job.status === 'cancelled';
}

const nothing = { job: undefined, error: undefined, jobId: undefined };

/** Follows a job until it has ended. Polls: a stream would need a connection of its own through Grafana's proxy for each tab. */
export function useJob(jobId: string | undefined): FollowedJob {
  const [followed, setFollowed] = useState<FollowedJob & { readonly jobId: string | undefined }>(nothing);
  useEffect(
    () => (jobId === undefined ? undefined : follow(jobId, (news) => setFollowed({ ...news, jobId }))),
    [jobId]
  );
  return followed.jobId === jobId ? followed : nothing;
}

function follow(jobId: string, report: (followed: FollowedJob) => void): () => void {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let job: Job | undefined;

  async function look(): Promise<void> {
    let waitMs: number | undefined = pollMs;
    try {
      job = await serverClient().getJob({ id: jobId }, controller.signal);
      report({ job, error: undefined });
    } catch (error) {
      if (controller.signal.aborted) {
        return;
      }
      const problem = toServerError(error);
      // A job that is gone does not come back.
      waitMs = problem.code === 'not-found' ? undefined : retryMs;
      report({ job, error: problem });
    }
    if (waitMs !== undefined && !controller.signal.aborted && (job === undefined || !hasEnded(job))) {
      timer = setTimeout(() => void look(), waitMs);
    }
  }

  void look();
  return () => {
    controller.abort();
    clearTimeout(timer);
  };
}
