import type { Context } from 'hono';
import type { Logger } from 'pino';
import type { RequestObserver } from './access-log.ts';
import type { ProblemError } from './problem-error.ts';
import { toProblem } from './problem.ts';
import type { ServerContext } from './server-context.ts';

/** Who hears of failed requests. */
export interface ProblemReporting {
  readonly logger: Logger;
  readonly observer: RequestObserver;
}

/** The problem that an error is for the client; what is wrong with the server goes into the log, which is redacted, and into the metrics. */
export function reportProblem(
  { logger, observer }: ProblemReporting,
  c: Context<ServerContext>,
  error: unknown
): ProblemError {
  const problem = toProblem(error);
  observer.observeFailure(problem.cause);
  if (problem.code === 'internal') {
    logger.error(
      { requestId: c.get('requestId'), route: c.get('routeId') ?? 'none', err: problem.cause ?? error },
      'request failed'
    );
  }
  return problem;
}
