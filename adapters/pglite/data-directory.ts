import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { PortError } from '@loghunter/ports';

// PGlite 0.5.16 reports PostgreSQL 18.6; a folder of another major version cannot be opened.
const engineMajorVersion = '18';

/**
 * Makes `<directory>/data` ready to be opened and returns its path. A new one is initialised beside and moved into place at the end,
 * so that a start that is killed half-way leaves nothing that looks like a database.
 */
export async function prepareDataDirectory(
  directory: string,
  startEngine: (path: string) => Promise<PGlite>
): Promise<string> {
  const dataDirectory = join(directory, 'data');
  const newDirectory = join(directory, 'data.new');
  await rm(newDirectory, { recursive: true, force: true });
  if (await exists(dataDirectory)) {
    await checkVersion(dataDirectory);
    return dataDirectory;
  }
  await mkdir(newDirectory, { recursive: true });
  const engine = await startEngine(newDirectory);
  await engine.close();
  await rename(newDirectory, dataDirectory);
  return dataDirectory;
}

async function checkVersion(dataDirectory: string): Promise<void> {
  const version = await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8').catch(() => '');
  if (version.trim() === '' || !(await exists(join(dataDirectory, 'global', 'pg_control')))) {
    throw new PortError({
      system: 'pglite',
      kind: 'rejected',
      message: `${dataDirectory} is not a complete embedded database: move it away, or restore it from a backup`,
    });
  }
  if (version.trim() !== engineMajorVersion) {
    throw new PortError({
      system: 'pglite',
      kind: 'rejected',
      message: `${dataDirectory} was made by version ${version.trim()} of the embedded database, this is ${engineMajorVersion}: move it away, or use the older server`,
    });
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false
  );
}
