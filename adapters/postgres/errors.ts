import { isPortError, PortError, readSqlState } from '@loghunter/ports';
import pg from 'pg';

// What the driver says, without a code, when a connection was not made in time.
const connectTimeoutMessage = 'timeout expired';

// States of a server that goes away or is not up yet: shut down, crashed, starting.
const lastWords = /^57P0[123]$/;

const hintOfState: ReadonlyMap<string, string> = new Map([
  ['42P01', ': the schema is missing, run `loghunter migrate up`'],
  ['22023', ': if the role loghunter_app is missing, run `loghunter migrate up`'],
  ['42501', ': the login must own the schema or be a member of loghunter_app'],
]);

/** Translates the driver's errors; the server's own sentence is kept, the address is named without user and password. */
export function toPortError(error: unknown, url: string): PortError {
  if (isPortError(error)) {
    return error;
  }
  const message = error instanceof Error ? withoutSecret(error.message, url) : 'unknown error';
  if (error instanceof pg.DatabaseError && error.code !== undefined) {
    const { kind, isRetryable } = readSqlState(error.code);
    const verb = lastWords.test(error.code) ? 'cannot be reached' : 'answered';
    return new PortError({
      system: 'postgres',
      kind,
      isRetryable,
      message: `${describeServer(url)} ${verb}: ${message}${hintOfState.get(error.code) ?? ''}`,
      cause: error,
    });
  }
  const code = readCode(error);
  return new PortError({
    system: 'postgres',
    kind: message === connectTimeoutMessage || code === 'ETIMEDOUT' ? 'timeout' : 'unavailable',
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

function readCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Blots out the password, should a message hold it. */
export function withoutSecret(message: string, url: string): string {
  const password = URL.canParse(url) ? new URL(url).password : '';
  const forms = [password, decode(password)].filter((form) => form !== '');
  return forms.reduce((text, form) => text.replaceAll(form, '***'), message);
}

// A password with a lone percent sign is none that can be decoded; the driver takes it as it is.
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
