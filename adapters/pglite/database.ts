import type { PGlite, Transaction } from '@electric-sql/pglite';
import { PortError } from '@loghunter/ports';
import type {
  QueueConnection,
  SqlDatabase,
  SqlOwner,
  SqlOwnerSession,
  SqlRow,
  SqlSession,
  SqlValue,
} from '@loghunter/ports';
import { toPortError } from './errors.ts';
import type { SerialQueue } from './serial-queue.ts';

// Row-level security holds for this role; PGlite's own session is a superuser's.
const enterTenant = `select set_config('role', 'loghunter_app', true), set_config('loghunter.tenant_id', $1, true)`;

/** The three doors to one engine; every transaction goes through the queue. `close` is called once, by `database.close()`. */
export function createDatabase(
  engine: PGlite,
  queue: SerialQueue,
  close: () => Promise<void>,
  transactionTimeoutMs: number
): { readonly database: SqlDatabase; readonly owner: SqlOwner; readonly queue: QueueConnection } {
  let closing: Promise<void> | undefined;

  function transactAs<T>(tenantId: string, work: (session: SqlSession) => Promise<T>): Promise<T> {
    return queue.run(() =>
      transact(engine, async (session) => {
        await session.query(enterTenant, [tenantId]);
        return withinTime(transactionTimeoutMs, work(session));
      })
    );
  }

  return {
    database: {
      system: 'pglite',
      withTenant: transactAs,
      withInstallation: (work) => transactAs('', work),
      async ping() {
        await queue.run(() => transact(engine, (session) => session.query('select 1 as one')));
      },
      close() {
        closing ??= close();
        return closing;
      },
    },
    owner: {
      system: 'pglite',
      transact: (work) => queue.run(() => transact(engine, work)),
      // The engine is shared with the database's door, which closes it.
      close: () => Promise.resolve(),
    },
    queue: {
      system: 'pglite',
      executeSql: (text, values = []) => queue.run(() => execute(engine, text, values)),
      async setSessionStatements(statements) {
        for (const statement of statements) {
          await queue.run(() => engine.exec(statement));
        }
      },
      close: () => Promise.resolve(),
    },
  };
}

// As Postgres does it: everything else waits for this transaction, also what it may be waiting for itself.
async function withinTime<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const message = `The embedded database ended a transaction that took more than ${limitMs / 1000} seconds`;
    reject(new PortError({ system: 'pglite', kind: 'timeout', message, isRetryable: true }));
  }, limitMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

// The job queue brings its own transactions, as scripts; one that fails must not leave its transaction open for those that follow.
async function execute(
  engine: PGlite,
  text: string,
  values: readonly unknown[]
): Promise<{ readonly rows: readonly unknown[] }> {
  try {
    if (values.length > 0) {
      return await engine.query(text, [...values]);
    }
    const results = await engine.exec(text);
    return { rows: results.flatMap((result) => result.rows) };
  } catch (error) {
    await engine.exec('rollback').catch(() => undefined);
    throw toPortError(error, 'The embedded database refused a statement of the job queue');
  }
}

async function transact<T>(engine: PGlite, work: (session: SqlOwnerSession) => Promise<T>): Promise<T> {
  // Set by `work` itself, so that its own errors pass through unchanged and only the engine's are translated.
  let outcome: { readonly value: T } | { readonly thrown: unknown } | undefined;
  try {
    await engine.transaction(async (transaction) => {
      const session = createSession(transaction);
      try {
        outcome = { value: await work(session) };
        session.assertUnbroken();
      } catch (error) {
        outcome = { thrown: error };
        throw error;
      } finally {
        session.end();
      }
    });
  } catch (error) {
    throw outcome !== undefined && 'thrown' in outcome
      ? outcome.thrown
      : toPortError(error, 'The embedded database failed');
  }
  if (outcome === undefined || 'thrown' in outcome) {
    throw new PortError({
      system: 'pglite',
      kind: 'invalid-answer',
      message: 'The embedded database ended a transaction without running it',
    });
  }
  return outcome.value;
}

interface GuardedSession extends SqlOwnerSession {
  /** Throws the failure of an earlier statement: COMMIT would silently roll back. */
  assertUnbroken(): void;
  end(): void;
}

function createSession(transaction: Transaction): GuardedSession {
  let failure: PortError | undefined;
  let hasEnded = false;

  async function guard<T>(statement: () => Promise<T>): Promise<T> {
    if (hasEnded) {
      throw new PortError({
        system: 'pglite',
        kind: 'rejected',
        message: 'A statement came after the end of its transaction',
      });
    }
    try {
      return await statement();
    } catch (error) {
      failure ??= toPortError(error, 'The embedded database refused a statement');
      throw failure;
    }
  }

  return {
    query<Row extends SqlRow>(text: string, parameters: readonly SqlValue[] = []) {
      return guard(async () => (await transaction.query<Row>(text, [...parameters])).rows);
    },
    async execute(script) {
      await guard(() => transaction.exec(script));
    },
    assertUnbroken() {
      if (failure !== undefined) {
        throw failure;
      }
    },
    end() {
      hasEnded = true;
    },
  };
}
