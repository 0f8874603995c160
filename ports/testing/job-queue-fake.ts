import type { DeliveredMessage, JobMessage, JobQueue, SendOptions } from '../job-queue.ts';

/** A queue in memory that hands out messages when a test says so. */
export interface FakeJobQueue extends JobQueue {
  readonly sent: ReadonlyArray<JobMessage & SendOptions>;
  /** Hands every message that waits, the highest priority first, to the handler, whatever its delay; `isRedelivered`: after a worker's death. */
  deliver(isRedelivered?: boolean): Promise<void>;
  /** Calls the handler of a schedule. */
  tick(name: string): Promise<void>;
}

/** Keeps messages in memory. */
export function createFakeJobQueue(): FakeJobQueue {
  const sent: Array<JobMessage & SendOptions> = [];
  const waiting: Array<JobMessage & SendOptions> = [];
  const schedules = new Map<string, () => Promise<void>>();
  let handler: ((message: DeliveredMessage) => Promise<void>) | undefined;
  return {
    sent,
    send(message, options) {
      sent.push({ ...message, ...options });
      waiting.push({ ...message, ...options });
      return Promise.resolve();
    },
    wake: () => undefined,
    work(_, handle) {
      handler = handle;
      return Promise.resolve();
    },
    schedule(name, _, handle) {
      schedules.set(name, handle);
      return Promise.resolve();
    },
    stop: () => Promise.resolve(),
    async deliver(isRedelivered = false) {
      const taken = waiting.splice(0).sort((a, b) => b.priority - a.priority);
      for (const { tenantId, jobId, sendCount } of taken) {
        const signal = new AbortController().signal;
        await handler?.({ tenantId, jobId, sendCount, isRedelivered, signal });
      }
    },
    tick: async (name) => schedules.get(name)?.(),
  };
}
