import { fileURLToPath } from 'node:url';
import { openPglite } from '@loghunter/adapters/pglite';
import type { OpenedPglite, PgliteOptions } from '@loghunter/adapters/pglite';
import type { StoresUnderTest } from '@loghunter/ports/testing';
import { createClusterRules } from './cluster-rules.ts';
import { createClusterStore } from './cluster-store.ts';
import { createLedger } from './ledger.ts';
import { loadMigrations } from './load-migrations.ts';
import { createMigrator } from './migrator.ts';

/** The folder with the project's migrations. */
export const migrationsDirectory = fileURLToPath(new URL('../../migrations', import.meta.url));

/** An embedded database in memory with the current schema, for tests. */
export async function openMigratedPglite(
  options: Pick<PgliteOptions, 'upkeepPauseMs'> = {}
): Promise<OpenedPglite & StoresUnderTest> {
  const opened = await openPglite(options);
  await createMigrator(opened.owner).up(await loadMigrations(migrationsDirectory));
  return {
    ...opened,
    ledger: createLedger(opened.database),
    clusterStore: createClusterStore(opened.database),
    clusterRules: createClusterRules(opened.database),
  };
}
