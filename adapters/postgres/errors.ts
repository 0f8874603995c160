import { isPortError, PortError, readSqlState } from '@loghunter/ports';
import type { PortErrorKind } from '@loghunter/ports';

// The driver's own codes (its README, "Errors"), and the system's for a connection that cannot be made.
const connectionCodes: ReadonlyMap<string, PortErrorKind> = new Map([
  ['CONNECT_TIMEOUT', 'timeout'],
  ['ETIMEDOUT', 'timeout'],
  ['CONNECTION_CLOSED', 'unavailable'],
  ['CONNECTION_ENDED', 'unavailable'],
  ['CONNECTION_DESTROYED', 'unavailable'],
  ['ECONNREFUSED', 'unavailable'],
  ['ECONNRESET', 'unavailable'],
  ['EPIPE', 'unavailable'],
  ['ENOTFOUND', 'unavailable'],
  ['EAI_AGAIN', 'unavailable'],
  ['EHOSTUNREACH', 'unavailable'],
  ['ENETUNREACH', 'unavailable'],
  ['ENOENT', 'unavailable'],
]);

const hintOfState: ReadonlyMap<string, string> = new Map([
  ['42P01', ': the schema is missing, run `loghunter migrate up`'],
  ['22023', ': if the role loghunter_app is missing, run `loghunter migrate up`'],
  ['42501', ': the login must own the schema or be a member of loghunter_app'],
]);

/** Whether the driver or the server made this error, not code of ours. */
export function isDriverError(error: unknown): boolean {
  const code = readCode(error);
  return code !== undefined && (isSqlState(error, code) || connectionCodes.has(code));
}

/** Translates the driver's errors; the server's own sentence is kept, the address is named without user and password. */
export function toPortError(error: unknown, url: string): PortError {
  if (isPortError(error)) {
    return error;
  }
  const message = error instanceof Error ? withoutSecret(error.message, url) : 'unknown error';
  const code = readCode(error);
  if (code !== undefined && isSqlState(error, code)) {
    const { kind, isRetryable } = readSqlState(code);
    return new PortError({
      system: 'postgres',
      kind,
      isRetryable,
      message: `${describeServer(url)} answered: ${message}${hintOfState.get(code) ?? ''}`,
      cause: error,
    });
  }
  const kind = connectionCodes.get(code ?? '') ?? 'unavailable';
  return new PortError({
    system: 'postgres',
    kind,
    message: `${describeServer(url)} cannot be reached: ${message || code || ''}`,
    cause: error,
  });
}

/** "Postgres at host:port", without user, password and database. */
export function describeServer(url: string): string {
  if (!URL.canParse(url)) {
    return 'Postgres';
  }
  const { hostname, port } = new URL(url);
  return `Postgres at ${hostname === '' ? 'localhost' : hostname}:${port === '' ? '5432' : port}`;
}

function isSqlState(error: unknown, code: string): boolean {
  return error instanceof Error && error.name === 'PostgresError' && /^[0-9A-Z]{5}$/.test(code);
}

function readCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function withoutSecret(message: string, url: string): string {
  const password = URL.canParse(url) ? decodeURIComponent(new URL(url).password) : '';
  return password === '' ? message : message.replaceAll(password, '***');
}
