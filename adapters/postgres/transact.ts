import type { SqlOwnerSession } from '@loghunter/ports';
import { PortError } from '@loghunter/ports';
import type { PoolClient } from 'pg';
import type { ConnectionPool } from './connection-pool.ts';
import { describeServer } from './errors.ts';
import { openSession } from './session.ts';

type Work<T> = (session: SqlOwnerSession) => Promise<T>;

/** Runs `work` in a transaction. Errors of `work` pass through unchanged, those of the driver become `PortError`. */
export async function transact<T>(pool: ConnectionPool, deadlineMs: number, work: Work<T>): Promise<T> {
  const stop = new AbortController();
  const stopped = Promise.withResolvers<never>();
  function abandon(reason: PortError): void {
    stop.abort(reason);
    stopped.reject(reason);
  }
  // The server's own time limits do not help when the server hangs or the network swallows packets.
  const timer = setTimeout(() => {
    const message = `${describeServer(pool.url)} did not end a transaction within ${deadlineMs / 1000} s`;
    abandon(new PortError({ system: 'postgres', kind: 'timeout', message }));
  }, deadlineMs);
  const stopListening = pool.onAbandon(abandon);
  try {
    return await Promise.race([runOnConnection(pool, stop.signal, work), stopped.promise]);
  } finally {
    clearTimeout(timer);
    stopListening();
  }
}

async function runOnConnection<T>(pool: ConnectionPool, stop: AbortSignal, work: Work<T>): Promise<T> {
  const client = await pool.connect();
  const release = releaseOnce(client);
  if (stop.aborted) {
    release({ isReusable: true });
    throw stop.reason;
  }
  // Ends the statement under way, too: its connection is cut.
  stop.addEventListener('abort', () => release({ isReusable: false }), { once: true });
  const session = openSession(client, pool.url);
  try {
    await session.execute('begin');
    const value = await work(session);
    await session.end('commit');
    release({ isReusable: true });
    return value;
  } catch (error) {
    const isRolledBack = await session.end('rollback').then(
      () => true,
      () => false
    );
    release({ isReusable: isRolledBack && !session.hasFailed() });
    throw error;
  } finally {
    session.close();
  }
}

/** A connection that is not reusable is cut; the pool makes another when it needs one. */
function releaseOnce(client: PoolClient): (outcome: { readonly isReusable: boolean }) => void {
  let isReleased = false;
  return ({ isReusable }) => {
    if (!isReleased) {
      isReleased = true;
      client.release(!isReusable);
    }
  };
}
