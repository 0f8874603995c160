import { PGlite } from '@electric-sql/pglite';
import type { QueueConnection, SqlDatabase, SqlOwner } from '@loghunter/ports';
import { lockDirectory } from './directory-lock.ts';
import type { DirectoryLock } from './directory-lock.ts';
import { toPortError } from './errors.ts';
import { prepareDataDirectory } from './data-directory.ts';
import { createDatabase } from './database.ts';
import { createSerialQueue } from './serial-queue.ts';
import { startUpkeep } from './upkeep.ts';

/** Where the embedded database lives. */
export interface PgliteOptions {
  /** A folder of its own, created when missing; undefined keeps everything in memory. */
  readonly directory?: string;
  /** Pause before tables that have changed get statistics and a vacuum; default: a minute, as Postgres has it. */
  readonly upkeepPauseMs?: number;
  /** Ends a tenant's or the installation's transaction that takes longer; default: a minute, as with Postgres. */
  readonly transactionTimeoutMs?: number;
}

const defaultUpkeepPauseMs = 60_000;
const defaultTransactionTimeoutMs = 60_000;

/** The embedded database, by three doors. `database.close()` closes all and gives the folder free. */
export interface OpenedPglite {
  readonly database: SqlDatabase;
  readonly owner: SqlOwner;
  readonly queue: QueueConnection;
}

/**
 * Opens Postgres inside this process (PGlite). A second opener of the folder is refused, because it would corrupt it.
 * PGlite does not flush to disk by itself: a killed process loses nothing, a power cut may.
 * Throws `PortError`: `conflict` when the folder is in use, `rejected` when it is not a folder of this version, `unavailable` otherwise.
 */
export async function openPglite(options: PgliteOptions): Promise<OpenedPglite> {
  if (options.directory === undefined) {
    return serve(await startEngine(undefined), undefined, options);
  }
  const lock = await lockDirectory(options.directory);
  try {
    const dataDirectory = await prepareDataDirectory(options.directory, startEngine);
    return serve(await startEngine(dataDirectory), lock, options);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startEngine(dataDirectory: string | undefined): Promise<PGlite> {
  try {
    return dataDirectory === undefined ? await PGlite.create() : await PGlite.create(dataDirectory);
  } catch (error) {
    throw toPortError(error, `The embedded database ${dataDirectory ?? 'in memory'} cannot be started`);
  }
}

function serve(engine: PGlite, lock: DirectoryLock | undefined, options: PgliteOptions): OpenedPglite {
  const queue = createSerialQueue();
  const stopUpkeep = startUpkeep(engine, queue, options.upkeepPauseMs ?? defaultUpkeepPauseMs);
  const close = async (): Promise<void> => {
    stopUpkeep();
    await queue.close();
    await engine.close();
    await lock?.release();
  };
  return createDatabase(engine, queue, close, options.transactionTimeoutMs ?? defaultTransactionTimeoutMs);
}
