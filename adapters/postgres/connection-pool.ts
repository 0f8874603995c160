import { PortError } from '@loghunter/ports';
import pg from 'pg';
import type { ClientConfig, PoolClient } from 'pg';
import { parse, toClientConfig } from 'pg-connection-string';
import { describeServer, toPortError, withoutSecret } from './errors.ts';

/** Connections of one login. */
export interface ConnectionPool {
  readonly url: string;
  /** A connection for one transaction, to be released; waits while all are in use. */
  connect(): Promise<PoolClient>;
  /** `listener` is called when the pool has waited long enough for open transactions. Returns what takes it off again. */
  onAbandon(listener: (reason: PortError) => void): () => void;
  /** Refuses new transactions, waits for open ones for five seconds and then ends them. */
  close(): Promise<void>;
}

/** How many connections and how long to wait for one. */
export interface PoolOptions {
  readonly url: string;
  readonly maxConnections: number;
  readonly connectTimeoutMs: number;
}

// An idle connection is given back after this, so that a replica at rest holds none.
const idleTimeoutMs = 60_000;
const closeTimeoutMs = 5_000;
const bigintOid = 20;

/** Opens a pool; connections are made when first needed. Throws `PortError` `rejected` when the address is none. */
export function openPool(options: PoolOptions): ConnectionPool {
  const { url } = options;
  const pool = new pg.Pool({
    max: options.maxConnections,
    idleTimeoutMillis: idleTimeoutMs,
    Client: createClientClass(readClientConfig(options)),
  });
  // An idle connection that is lost is no failure of anybody's; the pool has dropped it, and the next transaction makes another.
  pool.on('error', () => undefined);
  const listeners = new Set<(reason: PortError) => void>();
  let closing: Promise<void> | undefined;

  return {
    url,
    async connect() {
      try {
        return await pool.connect();
      } catch (error) {
        throw toPortError(error, url);
      }
    },
    onAbandon(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closing ??= endPool(pool, () => {
        const message = `${describeServer(url)} was left while a transaction was open`;
        const reason = new PortError({ system: 'postgres', kind: 'unavailable', message });
        listeners.forEach((listener) => listener(reason));
      });
      return closing;
    },
  };
}

async function endPool(pool: pg.Pool, abandon: () => void): Promise<void> {
  const timer = setTimeout(abandon, closeTimeoutMs);
  try {
    await pool.end();
  } finally {
    clearTimeout(timer);
    // Those that still wait for a connection: an ended pool forgets them.
    abandon();
  }
}

/**
 * Settings of the driver. Read once: the pool makes connections at times when nobody could catch that a certificate's file is gone.
 * Throws `PortError` `rejected`.
 */
export function readClientConfig(options: Pick<PoolOptions, 'url' | 'connectTimeoutMs'>): ClientConfig {
  const { url, connectTimeoutMs } = options;
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new PortError({
      system: 'postgres',
      kind: 'rejected',
      message: 'The database address is not of the form postgres://user:password@host:port/database',
    });
  }
  try {
    return {
      // The words of sslmode mean what they mean to psql.
      ...toClientConfig(parse(url, { useLibpqCompat: true })),
      application_name: 'loghunter',
      // Here and not in the pool, which would also count the time that a transaction waits for a connection in use.
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      types: createTypes(),
    };
  } catch (error) {
    const reason = error instanceof Error ? withoutSecret(error.message, url) : 'unknown error';
    throw new PortError({
      system: 'postgres',
      kind: 'rejected',
      message: `The address of ${describeServer(url)} cannot be used: ${reason}`,
      cause: error,
    });
  }
}

function createClientClass(config: ClientConfig): new () => pg.Client {
  return class extends pg.Client {
    constructor() {
      super(config);
      // An `error` event without a listener ends the process. The pool listens to idle connections only, a transaction to its own,
      // and between the two there are moments; what fails is told to the statements.
      this.on('error', () => undefined);
    }
  };
}

function createTypes(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(bigintOid, toNumberWhenSafe);
  return types;
}

function toNumberWhenSafe(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}
