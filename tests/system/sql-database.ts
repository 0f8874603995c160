import { fileURLToPath } from 'node:url';
import { connectPostgres, connectPostgresOwner } from '@loghunter/adapters/postgres';
import {
  createClusterRules,
  createClusterStore,
  createLedger,
  createMigrator,
  loadMigrations,
} from '@loghunter/adapters/sql-stores';
import type { SqlDatabase } from '@loghunter/ports';
import type { StoresUnderTest } from '@loghunter/ports/testing';

/** The folder with the project's migrations and schema.sql. */
export const migrationsDirectory = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Brings an empty database to the current schema. */
export async function migrate(url: string): Promise<void> {
  const migrator = createMigrator(connectPostgresOwner({ url }));
  await migrator.up(await loadMigrations(migrationsDirectory));
  await migrator.close();
}

/** The stores over a database that has the schema. */
export function openStores(url: string): StoresUnderTest & { readonly database: SqlDatabase } {
  const database = connectPostgres({ url });
  return {
    database,
    ledger: createLedger(database),
    clusterStore: createClusterStore(database),
    clusterRules: createClusterRules(database),
  };
}
