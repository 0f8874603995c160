import { runJob, type JobRunnerParts } from './job-runner.ts';

/**
 * Takes jobs from the queue, `concurrency` at a time. Returns what stops it: runs under way are ended and go back into the queue,
 * for another replica.
 */
export async function startWorkers(parts: JobRunnerParts, concurrency: number): Promise<() => Promise<void>> {
  const stop = new AbortController();
  await parts.queue.work(concurrency, (message) => runJob(parts, message, stop.signal));
  return async () => {
    stop.abort();
    await parts.queue.stop();
  };
}
