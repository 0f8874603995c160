import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isPortError } from '@loghunter/ports';
import { openMigrations } from '../composition.ts';

/** Name of the database's folder inside the server's data directory. */
export const databaseFolderName = 'database';

/**
 * Empties the database of an older demo. Making a new one takes some seconds, dropping and creating the tables a fraction of one.
 * A folder that cannot be used any more is removed.
 */
export async function resetDatabase(dataDirectory: string): Promise<void> {
  try {
    const { migrator, migrations, close } = await openMigrations({ databaseUrl: null, dataDirectory });
    try {
      await migrator.down(migrations, migrations.length);
    } finally {
      await close();
    }
  } catch (error) {
    if (!isPortError(error)) {
      throw error;
    }
    await rm(join(dataDirectory, databaseFolderName), { recursive: true, force: true });
  }
}
