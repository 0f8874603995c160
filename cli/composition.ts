/** The only place of this room that knows adapters. */

import { join } from 'node:path';
import { createEmbeddedLogStore } from '@loghunter/adapters/embedded-logs';
import { openPglite } from '@loghunter/adapters/pglite';
import { connectPostgresOwner } from '@loghunter/adapters/postgres';
import { createMigrator, loadMigrations } from '@loghunter/adapters/sql-stores';
import type { Config } from '@loghunter/bff/config';
import type { LogStoreAccess } from '@loghunter/bff/server';
import type { Migration, SqlMigrator } from '@loghunter/ports';
import { checkoutDirectory } from './checkout-paths.ts';

// Room for the user's own files; the shop's six hours take some 50 MB. All lines are also held in memory.
const maxLogBytes = 2 * 1024 * 1024 * 1024;

/** The demo's log store on disk, as the server takes it. */
export async function openDemoLogs(directory: string): Promise<LogStoreAccess> {
  const embedded = await createEmbeddedLogStore({ directory, maxSizeBytes: maxLogBytes });
  return {
    kind: 'embedded',
    store: embedded,
    api: (request) => embedded.handle(request),
    tail: (parameters) => embedded.tail(parameters),
    close: () => embedded.close(),
  };
}

/** The way to the schema of the configured database. */
export interface MigrationAccess {
  readonly migrator: SqlMigrator;
  readonly migrations: readonly Migration[];
  readonly close: () => Promise<void>;
}

/** Connects as the schema's owner and reads what there is to apply. */
export async function openMigrations(config: Pick<Config, 'databaseUrl' | 'dataDirectory'>): Promise<MigrationAccess> {
  const migrations = await loadMigrations(join(checkoutDirectory, 'migrations'));
  if (config.databaseUrl !== null) {
    const migrator = createMigrator(connectPostgresOwner({ url: config.databaseUrl.reveal() }));
    return { migrator, migrations, close: () => migrator.close() };
  }
  // The folder that the server uses, too.
  const { database, owner } = await openPglite({ directory: join(config.dataDirectory, 'database') });
  return { migrator: createMigrator(owner), migrations, close: () => database.close() };
}
