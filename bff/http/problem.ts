import { problemKinds, type ProblemCode, type ProblemDetails } from '@loghunter/contracts';
import { isPortError, type PortError } from '@loghunter/ports';
import { isProblemError, ProblemError } from './problem-error.ts';

/** Page of the repository that explains the codes; each has an anchor of its name. */
const documentationPage = 'docs/problems.md';

const databases: ReadonlySet<PortError['system']> = new Set(['postgres', 'pglite', 'redis']);

const logStoreCodes: Readonly<Record<PortError['kind'], ProblemCode>> = {
  unavailable: 'loki-unavailable',
  timeout: 'timeout',
  rejected: 'loki-query-failed',
  'not-supported': 'not-supported',
  'invalid-answer': 'loki-query-failed',
  'not-found': 'loki-query-failed',
  conflict: 'loki-query-failed',
};

/** Turns whatever was thrown into a problem; the only place that knows which failure outside is which code. */
export function toProblem(error: unknown): ProblemError {
  if (isProblemError(error)) {
    return error;
  }
  if (isPortError(error)) {
    return portProblem(error);
  }
  return new ProblemError(
    'internal',
    'The request failed for a reason that is in the server log under this request id.',
    { cause: error }
  );
}

function portProblem(error: PortError): ProblemError {
  if (error.system === 'grafana') {
    const isAway = error.kind === 'unavailable' || error.kind === 'timeout';
    return new ProblemError(isAway ? 'grafana-unavailable' : 'grafana-failed', error.message, { cause: error });
  }
  const wait = error.retryAfterMs === undefined ? {} : { 'Retry-After': String(Math.ceil(error.retryAfterMs / 1000)) };
  if (!databases.has(error.system)) {
    return new ProblemError(logStoreCodes[error.kind], error.message, { cause: error, headers: wait });
  }
  // What a database refuses is a fault of ours: its text may hold parts of statements and stays in the log.
  if (error.kind === 'timeout') {
    return new ProblemError('timeout', error.message, { cause: error, headers: wait });
  }
  return error.isRetryable
    ? new ProblemError('store-unavailable', error.message, { cause: error, headers: wait })
    : new ProblemError(
        'internal',
        'The database refused a statement; the server log has the reason under this request id.',
        { cause: error }
      );
}

/** Problem details (RFC 9457) of an error. */
export function toProblemDetails(problem: ProblemError, requestId: string): ProblemDetails {
  const kind = problemKinds[problem.code];
  return {
    type: `${documentationPage}#${problem.code}`,
    title: kind.title,
    status: kind.status,
    detail: problem.message,
    instance: requestId,
    code: problem.code,
    retryable: kind.retryable,
    ...(problem.errors === undefined ? {} : { errors: [...problem.errors] }),
  };
}

/** Answer that holds problem details. */
export function problemResponse(problem: ProblemError, requestId: string): Response {
  return new Response(JSON.stringify(toProblemDetails(problem, requestId)), {
    status: problemKinds[problem.code].status,
    headers: { ...problem.headers, 'Content-Type': 'application/problem+json' },
  });
}
