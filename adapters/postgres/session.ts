import type { SqlOwnerSession, SqlRow, SqlValue } from '@loghunter/ports';
import { PortError } from '@loghunter/ports';
import type { PoolClient } from 'pg';
import { toPortError } from './errors.ts';

/** Statements of one transaction on one connection, one after the other. */
export interface TransactionSession extends SqlOwnerSession {
  /** Ends the transaction; later statements are refused. A commit throws the failure of any statement: the server would silently roll back. */
  end(how: 'commit' | 'rollback'): Promise<void>;
  /** Whether a statement failed or the connection was lost. */
  hasFailed(): boolean;
  /** Stops listening to the connection. */
  close(): void;
}

/** Begins nothing by itself; the caller sends `begin`. Throws `PortError` only. */
export function openSession(client: PoolClient, url: string): TransactionSession {
  let failure: PortError | undefined;
  let hasEnded = false;
  let tail: Promise<unknown> = Promise.resolve();

  function fail(error: unknown): PortError {
    failure ??= toPortError(error, url);
    return failure;
  }
  // Lost between two statements: the next one tells why.
  client.on('error', fail);

  // The driver wants one statement at a time.
  function send<T>(statement: () => Promise<T>): Promise<T> {
    const result = tail.then(statement).catch((error: unknown) => {
      throw fail(error);
    });
    tail = result.catch(() => undefined);
    return result;
  }

  async function run<T>(statement: () => Promise<T>): Promise<T> {
    if (hasEnded) {
      const message = 'A statement came after the end of its transaction';
      throw new PortError({ system: 'postgres', kind: 'rejected', message });
    }
    return send(() => (failure === undefined ? statement() : Promise.reject(failure)));
  }

  return {
    query: <Row extends SqlRow>(text: string, parameters: readonly SqlValue[] = []) =>
      run(async () => (await client.query<Row>(toExtendedQuery(text, parameters))).rows),
    async execute(script) {
      await run(() => client.query(script));
    },
    async end(how) {
      hasEnded = true;
      await send(() => (how === 'commit' && failure !== undefined ? Promise.reject(failure) : client.query(how)));
    },
    hasFailed: () => failure !== undefined,
    close() {
      client.off('error', fail);
    },
  };
}

// Also without parameters, so that a text is one statement. Without a name, so that the server keeps nothing from one transaction to the
// next and a pooler may stand between; plans are not kept anyway.
function toExtendedQuery(text: string, parameters: readonly SqlValue[]) {
  return { text, values: [...parameters], queryMode: 'extended' };
}
