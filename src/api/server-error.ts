// What can go wrong between a page and the LogHunter server, told apart so that each page can say what to do.
import { problemKinds, type ProblemDetails } from '@loghunter/contracts';

/**
 * - `problem`: the server answered with problem details.
 * - `unreachable`: Grafana found nobody at the configured address.
 * - `not-loghunter`: something answers there, but it is not a LogHunter server.
 * - `not-configured`: the app is disabled or has no settings.
 * - `no-access`: Grafana itself refused the call.
 * - `offline`: the browser could not reach Grafana.
 */
export type ServerErrorKind = 'problem' | 'unreachable' | 'not-loghunter' | 'not-configured' | 'no-access' | 'offline';

interface ServerErrorFields {
  readonly kind: ServerErrorKind;
  readonly title: string;
  readonly detail: string;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
}

/** A failed call, ready to be shown: a constant title, one sentence of detail, the request id when the server gave one. */
export class ServerError extends Error {
  readonly kind: ServerErrorKind;
  readonly title: string;
  readonly detail: string;
  readonly code: string | undefined;
  readonly requestId: string | undefined;

  constructor(fields: ServerErrorFields, cause?: unknown) {
    super(`${fields.title}: ${fields.detail}`, { cause });
    this.name = 'ServerError';
    this.kind = fields.kind;
    this.title = fields.title;
    this.detail = fields.detail;
    this.code = fields.code;
    this.requestId = fields.requestId;
  }
}

/** An answer as Grafana's backend service reports it when the status is not a success. */
export interface FailedAnswer {
  readonly status: number;
  readonly data: unknown;
}

export function isCancelled(error: unknown): boolean {
  return isObject(error) && (error.cancelled === true || error.name === 'AbortError' || error.type === 'cancelled');
}

/** Turns whatever a call threw into a {@link ServerError}; one that already is comes back as it is. */
export function toServerError(error: unknown): ServerError {
  if (error instanceof ServerError) {
    return error;
  }
  if (isObject(error) && typeof error.status === 'number' && error.status > 0) {
    return answerToServerError({ status: error.status, data: error.data }, error);
  }
  return new ServerError(
    {
      kind: 'offline',
      title: 'Grafana cannot be reached',
      detail: 'The call did not get an answer. Check the network connection, then try again.',
    },
    error
  );
}

function answerToServerError({ status, data }: FailedAnswer, cause: unknown): ServerError {
  if (isProblem(data)) {
    return new ServerError(
      { kind: 'problem', title: data.title, detail: data.detail, code: data.code, requestId: data.instance },
      cause
    );
  }
  if (status === 502 || status === 503 || status === 504) {
    return new ServerError(unreachable, cause);
  }
  const message = isObject(data) && typeof data.message === 'string' ? data.message : '';
  if (status === 404 && /^plugin /i.test(message)) {
    return new ServerError(
      { ...notConfigured, detail: `Grafana answered: ${message}. ${notConfigured.detail}` },
      cause
    );
  }
  if (status === 401 || (status === 403 && message !== '')) {
    return new ServerError(
      { ...noAccess, detail: message === '' ? noAccess.detail : `Grafana answered: ${message}` },
      cause
    );
  }
  return notLogHunter(`It answered with status ${status}.`, cause);
}

const unreachable = {
  kind: 'unreachable',
  title: 'The LogHunter server cannot be reached',
  detail:
    'Grafana got no answer from the configured address. Check that the server runs and that the address is right.',
} as const satisfies ServerErrorFields;

const notConfigured = {
  kind: 'not-configured',
  title: 'LogHunter is not set up yet',
  detail: 'An administrator has to enable the app and enter the address of its server.',
} as const satisfies ServerErrorFields;

const noAccess = {
  kind: 'no-access',
  title: 'Not allowed',
  detail: 'Grafana refused the call. Sign in again, or ask an administrator for access to this app.',
} as const satisfies ServerErrorFields;

/** The address leads somewhere, but what answers does not speak LogHunter's language. */
export function notLogHunter(observation: string, cause?: unknown): ServerError {
  return new ServerError(
    {
      kind: 'not-loghunter',
      title: 'This is not a LogHunter server',
      detail: `Something else answers at the configured address. ${observation} Check the server address.`,
    },
    cause
  );
}

function isProblem(data: unknown): data is ProblemDetails {
  return (
    isObject(data) &&
    typeof data.code === 'string' &&
    Object.hasOwn(problemKinds, data.code) &&
    typeof data.title === 'string' &&
    typeof data.detail === 'string'
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
