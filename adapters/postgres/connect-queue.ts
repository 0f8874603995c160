import type { QueueConnection } from '@loghunter/ports';
import pg from 'pg';
import { toPortError } from './errors.ts';
import { readClientConfig } from './connection-pool.ts';

/** How to reach the queue's tables. */
export interface PostgresQueueOptions {
  /** `postgres://user:password@host:port/database`; the login owns the schema or is a member of loghunter_jobs. */
  readonly url: string;
  /** Default: loghunter_jobs. Another one is for tests that change the queue's schema. */
  readonly role?: string | null;
}

// Sending, fetching, heartbeats and maintenance of one replica.
const maxConnections = 4;
const connectTimeoutMs = 5_000;

/** Postgres for the job queue: connections of its own, every session as the role loghunter_jobs. Connects when first used. */
export function connectPostgresQueue(options: PostgresQueueOptions): QueueConnection {
  const { url, role = 'loghunter_jobs' } = options;
  const { types: _, ...config } = readClientConfig({ url, connectTimeoutMs });
  const roleStatements = role === null ? [] : [`set role ${pg.escapeIdentifier(role)}`];
  let sessionStatements: readonly string[] = [];
  let closing: Promise<void> | undefined;
  const pool = new pg.Pool({
    ...config,
    max: maxConnections,
    // Before anybody gets the connection; one that refuses is not handed out.
    async onConnect(client) {
      client.on('error', () => undefined);
      for (const statement of [...roleStatements, ...sessionStatements]) {
        await client.query(statement);
      }
    },
  });
  pool.on('error', () => undefined);
  return {
    system: 'postgres',
    async executeSql(text, values) {
      try {
        const result: pg.QueryResult | pg.QueryResult[] = await pool.query(
          text,
          values === undefined ? undefined : [...values]
        );
        // The queue sends scripts, too: those have one result a statement.
        return { rows: [result].flat().flatMap(({ rows }) => rows) };
      } catch (error) {
        throw toPortError(error, url);
      }
    },
    setSessionStatements(statements) {
      sessionStatements = statements;
      return Promise.resolve();
    },
    close() {
      // The queue and the server that opened it both close it.
      closing ??= pool.end();
      return closing;
    },
  };
}
