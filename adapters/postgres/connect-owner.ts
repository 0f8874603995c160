import type { SqlOwner } from '@loghunter/ports';
import { openPool } from './connection-pool.ts';
import { transact } from './transact.ts';

/** The owner's login. */
export interface PostgresOwnerOptions {
  /** `postgres://user:password@host:port/database`; the login may create tables, and the role loghunter_app unless it exists. */
  readonly url: string;
  /** Default: 5 s. */
  readonly connectTimeoutMs?: number;
}

// A migration of a large table may take long; the migrator limits what others have to wait for.
const transactionTimeoutMs = 3_600_000;

/** The schema owner's way to Postgres, for migrations. */
export function connectPostgresOwner(options: PostgresOwnerOptions): SqlOwner {
  const { url, connectTimeoutMs = 5_000 } = options;
  const pool = openPool({ url, maxConnections: 1, connectTimeoutMs });
  return {
    system: 'postgres',
    transact: (work) => transact(pool, transactionTimeoutMs, work),
    close: () => pool.close(),
  };
}
