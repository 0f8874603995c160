import { PortError } from '@loghunter/ports';

/** Runs one job at a time, in the order in which they came. */
export interface SerialQueue {
  run<T>(job: () => Promise<T>): Promise<T>;
  /** Refuses new jobs and resolves when the waiting ones are done. */
  close(): Promise<void>;
}

/** PGlite has one connection: without a queue, statements of two transactions would mix. */
export function createSerialQueue(): SerialQueue {
  let tail: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  return {
    run(job) {
      if (isClosed) {
        return Promise.reject(
          new PortError({
            system: 'pglite',
            kind: 'unavailable',
            message: 'The embedded database is closed',
            isRetryable: false,
          })
        );
      }
      const result = tail.then(job);
      tail = result.catch(() => undefined);
      return result;
    },
    async close() {
      isClosed = true;
      await tail;
    },
  };
}
