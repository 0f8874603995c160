import postgres from 'postgres';
import { PortError } from '@loghunter/ports';
import { describeServer } from './errors.ts';

/** Values of bigint columns: numbers where they are exact, else bigint. */
const bigintType = {
  to: 20,
  from: [20],
  parse(text: string): number | bigint {
    const number = Number(text);
    return Number.isSafeInteger(number) ? number : BigInt(text);
  },
  serialize: (value: number | bigint) => String(value),
};

/** Connections of one login. */
export type ConnectionPool = postgres.Sql<{ bigint: number | bigint }>;

/** How many connections and how long to wait for one. */
export interface PoolOptions {
  readonly url: string;
  readonly maxConnections: number;
  readonly connectTimeoutMs: number;
}

// An idle connection is given back after this, so that a replica at rest holds none.
const idleTimeoutSeconds = 60;
// A lost server is asked again after a quarter of a second, not after the driver's growing pauses: callers have their own.
const reconnectPauseSeconds = 0.25;

/** Opens a pool; connections are made when first needed. Throws `PortError` `rejected` when the address is none. */
export function openPool(options: PoolOptions): ConnectionPool {
  if (!URL.canParse(options.url) || !/^postgres(ql)?:$/.test(new URL(options.url).protocol)) {
    throw new PortError({
      system: 'postgres',
      kind: 'rejected',
      message: 'The database address is not of the form postgres://user:password@host:port/database',
    });
  }
  try {
    return postgres(options.url, {
      max: options.maxConnections,
      connect_timeout: options.connectTimeoutMs / 1000,
      idle_timeout: idleTimeoutSeconds,
      backoff: () => reconnectPauseSeconds,
      connection: { application_name: 'loghunter' },
      types: { bigint: bigintType },
      onnotice: () => undefined,
    });
  } catch (error) {
    throw new PortError({
      system: 'postgres',
      kind: 'rejected',
      message: `The address of ${describeServer(options.url)} cannot be used`,
      cause: error,
    });
  }
}
