import type { Cache, Job } from '@loghunter/ports';
import { hasEnded } from './present-job.ts';

/** A job is this long in the cache after it changed. */
const mirrorMs = 10 * 60_000;

interface MirroredJob {
  readonly tenantId: string;
  readonly job: Job;
}

/** Writes the state of a job into the cache, as `job:<id>`. */
export function mirrorJob(cache: Cache, tenantId: string, job: Job): Promise<void> {
  const mirrored: MirroredJob = { tenantId, job };
  return cache.set(`job:${job.id}`, JSON.stringify(mirrored), mirrorMs);
}

/** A job that has ended, from the cache; undefined when it is not there, or still changes. */
export async function readEndedJob(cache: Cache, tenantId: string, id: string): Promise<Job | undefined> {
  const text = await cache.get(`job:${id}`);
  if (text === undefined) {
    return undefined;
  }
  const mirrored = JSON.parse(text) as MirroredJob;
  return mirrored.tenantId === tenantId && hasEnded(mirrored.job) ? mirrored.job : undefined;
}
