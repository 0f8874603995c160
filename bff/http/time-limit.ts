import { ProblemError } from './problem-error.ts';

/** The database ends a transaction after 60 s and Loki's queries have limits of their own: this is for what hangs all the same. */
const maxAnswerMs = 90_000;

/**
 * Waits for an answer; throws `ProblemError` `timeout` when there is none in time, or when the client has gone away before it, and aborts
 * the signal that the work was given.
 */
export async function withinTimeLimit<T>(
  client: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  limitMs: number = maxAnswerMs
): Promise<T> {
  const limit = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const problem = new ProblemError('timeout', `There was no answer within ${limitMs / 1000} seconds.`);
    limit.abort(problem);
    reject(problem);
  }, limitMs);
  try {
    return await Promise.race([work(AbortSignal.any([client, limit.signal])), promise]);
  } catch (error) {
    // Work that is given up fails in any way it likes: nobody waits for it, and nothing is wrong with the server.
    throw client.aborted
      ? new ProblemError('timeout', 'The client went away before the answer.', { cause: error })
      : error;
  } finally {
    clearTimeout(timer);
  }
}
