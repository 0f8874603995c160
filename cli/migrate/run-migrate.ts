import { readConfig } from '@loghunter/bff/config';
import type { Migration, SqlMigrator } from '@loghunter/ports';
import { openMigrations } from '../composition.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { say } from '../terminal/output.ts';

/** `loghunter migrate up`: applies what is missing; the names go to standard output. */
export async function migrateUp(): Promise<void> {
  await withMigrator(async (migrator, migrations) => {
    tell(await migrator.up(migrations), 'applied');
  });
}

/** `loghunter migrate down`: reverts the newest ones. */
export async function migrateDown(count: number): Promise<void> {
  await withMigrator(async (migrator, migrations) => {
    tell(await migrator.down(migrations, count), 'reverted');
  });
}

/** `loghunter migrate status`: one line each; findings when the schema is not what this version wants. */
export function showMigrations(): Promise<ExitCode> {
  return withMigrator(async (migrator, migrations) => {
    const states = await migrator.status(migrations);
    for (const { name, state } of states) {
      process.stdout.write(`${state}\t${name}\n`);
    }
    return states.every(({ state }) => state === 'applied') ? exitCodes.fine : exitCodes.findings;
  });
}

async function withMigrator<T>(
  work: (migrator: SqlMigrator, migrations: readonly Migration[]) => Promise<T>
): Promise<T> {
  const { migrator, migrations, close } = await openMigrations(readConfig());
  try {
    return await work(migrator, migrations);
  } finally {
    await close();
  }
}

function tell(names: readonly string[], done: string): void {
  for (const name of names) {
    process.stdout.write(`${name}\n`);
  }
  say(names.length === 0 ? `nothing to do, no migration was ${done}` : `${done} ${names.length}`);
}
