import type { PortErrorKind } from './errors.ts';

/** What an SQLSTATE means for the caller. */
export interface SqlStateMeaning {
  readonly kind: PortErrorKind;
  readonly isRetryable: boolean;
}

/**
 * Reads an SQLSTATE (five characters; PostgreSQL documentation, appendix A) of Postgres or PGlite.
 * @returns `rejected` for every state that is the statement's own fault or that is not known
 */
export function readSqlState(state: string): SqlStateMeaning {
  // 40001 serialisation failure, 40P01 deadlock.
  if (state.startsWith('40')) {
    return { kind: 'conflict', isRetryable: true };
  }
  // 57014 statement timeout or cancel, 55P03 lock timeout, 25P03 and 25P04 idle or long transaction.
  if (['57014', '55P03', '25P03', '25P04'].includes(state)) {
    return { kind: 'timeout', isRetryable: true };
  }
  // 08 connection, 53 out of resources, 57 shutting down or starting, 25006 read-only after a failover.
  if (['08', '53', '57', '58'].includes(state.slice(0, 2)) || state === '25006') {
    return { kind: 'unavailable', isRetryable: true };
  }
  // 23505 unique key, 23P01 exclusion: somebody else was first.
  if (state === '23505' || state === '23P01') {
    return { kind: 'conflict', isRetryable: false };
  }
  return { kind: 'rejected', isRetryable: false };
}
