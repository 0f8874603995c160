import { isPortError, PortError, readSqlState } from '@loghunter/ports';

/** Translates PGlite's errors; those that carry an SQLSTATE keep the database's own sentence. */
export function toPortError(error: unknown, context: string): PortError {
  if (isPortError(error)) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  const state = readState(error);
  const { kind, isRetryable } =
    state === undefined ? { kind: 'unavailable' as const, isRetryable: false } : readSqlState(state);
  const hint =
    state === '42P01' || isMissingRole(message) ? ' (the schema is missing: run `loghunter migrate up`)' : '';
  return new PortError({ system: 'pglite', kind, isRetryable, message: `${context}: ${message}${hint}`, cause: error });
}

function readState(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

function isMissingRole(message: string): boolean {
  return message === 'role "loghunter_app" does not exist';
}
