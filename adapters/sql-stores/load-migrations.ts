import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PortError } from '@loghunter/ports';
import type { Migration } from '@loghunter/ports';

const upEnding = '.up.sql';

/** Reads all `<name>.up.sql` of a folder with their `<name>.down.sql`, in order of name. Throws `PortError` when the folder or a half is missing. */
export async function loadMigrations(directory: string): Promise<readonly Migration[]> {
  const files = await readdir(directory).catch((error: unknown) => {
    throw unreadable(`The migrations in ${directory} cannot be read`, error);
  });
  const names = files.filter((file) => file.endsWith(upEnding)).map((file) => file.slice(0, -upEnding.length));
  return Promise.all(names.sort().map((name) => loadMigration(directory, name)));
}

async function loadMigration(directory: string, name: string): Promise<Migration> {
  try {
    const [up, down] = await Promise.all([
      readFile(join(directory, `${name}${upEnding}`), 'utf8'),
      readFile(join(directory, `${name}.down.sql`), 'utf8'),
    ]);
    return { name, up, down };
  } catch (error) {
    throw unreadable(`The migration ${name} in ${directory} cannot be read`, error);
  }
}

function unreadable(message: string, cause: unknown): PortError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PortError({ system: 'postgres', kind: 'not-found', message: `${message}: ${reason}`, cause });
}
