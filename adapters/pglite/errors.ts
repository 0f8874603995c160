import { isPortError, PortError, readSqlState } from '@loghunter/ports';

/** Translates PGlite's errors; those that carry an SQLSTATE keep the database's own sentence. */
export function toPortError(error: unknown, context: string): PortError {
  if (isPortError(error)) {
    return error;
  }
  const message = messageOf(error);
  const state = readState(error);
  const { kind, isRetryable } =
    state === undefined ? { kind: 'unavailable' as const, isRetryable: false } : readSqlState(state);
  const hint =
    state === '42P01' || isMissingRole(message) ? ' (the schema is missing: run `loghunter migrate up`)' : '';
  return new PortError({ system: 'pglite', kind, isRetryable, message: `${context}: ${message}${hint}`, cause: error });
}

// The engine's file system throws plain objects with a number of its C library.
const fileErrors: Readonly<Record<number, string>> = {
  2: 'permission denied',
  29: 'input or output error',
  51: 'no space left on the device',
  63: 'operation not permitted',
  69: 'the file system is read-only',
};

function messageOf(error: unknown): string {
  if (error instanceof Error) {
    return error.message;
  }
  const errno = typeof error === 'object' && error !== null && 'errno' in error ? Number(error.errno) : Number.NaN;
  return fileErrors[errno] ?? (Number.isNaN(errno) ? String(error) : `file system error ${errno}`);
}

function readState(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

function isMissingRole(message: string): boolean {
  return message === 'role "loghunter_app" does not exist';
}
