import type postgres from 'postgres';
import { PortError } from '@loghunter/ports';
import type { SqlOwnerSession, SqlRow, SqlValue } from '@loghunter/ports';
import type { ConnectionPool } from './connection-pool.ts';
import { describeServer, isDriverError, toPortError } from './errors.ts';

type Transaction = postgres.TransactionSql<{ bigint: number | bigint }>;

/** Runs `work` in a transaction. Errors of `work` pass through unchanged, those of the driver become `PortError`. */
export async function transact<T>(
  pool: ConnectionPool,
  url: string,
  deadlineMs: number,
  work: (session: SqlOwnerSession) => Promise<T>
): Promise<T> {
  // A box, because the driver's own result type unwraps arrays of promises.
  const box: { outcome?: { readonly value: T } } = {};
  const transaction = pool.begin(async (statements) => {
    const session = createSession(statements, url);
    try {
      box.outcome = { value: await work(session) };
    } finally {
      session.end();
    }
  });
  try {
    await withDeadline(transaction, url, deadlineMs);
  } catch (error) {
    throw isDriverError(error) ? toPortError(error, url) : error;
  }
  if (box.outcome === undefined) {
    throw new PortError({
      system: 'postgres',
      kind: 'invalid-answer',
      message: `${describeServer(url)} ended a transaction without running it`,
    });
  }
  return box.outcome.value;
}

// The server's own time limits do not help when the server hangs or the network swallows packets.
async function withDeadline(transaction: Promise<unknown>, url: string, deadlineMs: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const message = `${describeServer(url)} did not end a transaction within ${deadlineMs / 1000} s`;
    late.reject(new PortError({ system: 'postgres', kind: 'timeout', message }));
  }, deadlineMs);
  try {
    await Promise.race([transaction, late.promise]);
  } finally {
    clearTimeout(timer);
    // Lost the race: nobody waits for it any more, and its failure is told already.
    transaction.catch(() => undefined);
  }
}

function createSession(transaction: Transaction, url: string): SqlOwnerSession & { end(): void } {
  let hasEnded = false;

  async function run<T>(statement: () => Promise<T>): Promise<T> {
    if (hasEnded) {
      throw new PortError({
        system: 'postgres',
        kind: 'rejected',
        message: 'A statement came after the end of its transaction',
      });
    }
    try {
      return await statement();
    } catch (error) {
      throw toPortError(error, url);
    }
  }

  return {
    query<Row extends SqlRow>(text: string, parameters: readonly SqlValue[] = []) {
      return run(async () => {
        const rows = await transaction.unsafe<Row[]>(text, toDriverParameters(parameters), { prepare: true });
        return [...rows];
      });
    },
    async execute(script) {
      await run(async () => {
        await transaction.unsafe(script).simple();
      });
    },
    end() {
      hasEnded = true;
    },
  };
}

function toDriverParameters(parameters: readonly SqlValue[]): Array<postgres.ParameterOrJSON<number | bigint>> {
  return parameters.map((value) => (isList(value) ? toDriverList(value) : value));
}

// The driver takes a list of booleans or bigints for a single one; as the text of a Postgres array it leaves it alone.
function toDriverList(list: SqlList): string | Array<string | null> {
  return list.every(isTextOrNull) ? [...list] : `{${list.map((item) => item ?? 'NULL').join(',')}}`;
}

function isTextOrNull(item: SqlList[number]): item is string | null {
  return item === null || typeof item === 'string';
}

type SqlList = Extract<SqlValue, readonly unknown[]>;

// `Array.isArray` does not tell readonly arrays from the rest.
function isList(value: SqlValue): value is SqlList {
  return Array.isArray(value);
}
