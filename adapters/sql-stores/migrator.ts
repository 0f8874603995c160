import { PortError } from '@loghunter/ports';
import type { Migration, SqlMigrator, SqlOwner, SqlOwnerSession } from '@loghunter/ports';

// Any number that no other program of this database uses; spells "loghnter" in ASCII.
const lockKey = '7813578584474707314';
// A replica that starts waits for another's migration this long; a migration waits for tables in use only briefly, because everybody queues behind it.
const limitTimes = `select set_config('lock_timeout', '60s', true), set_config('statement_timeout', '0', true)`;
const limitTableLocks = `select set_config('lock_timeout', '5s', true)`;

const createHistory = `
  create table if not exists schema_migrations (
    name text primary key,
    checksum text not null,
    created_at timestamptz not null default now()
  )`;

interface AppliedMigration extends Record<string, unknown> {
  readonly name: string;
  readonly checksum: string;
}

/** Brings the schema up or down in transactions of the owner, one replica at a time. */
export function createMigrator(owner: SqlOwner): SqlMigrator {
  return {
    async up(migrations) {
      const applied: string[] = [];
      let name = await applyNext(owner, migrations);
      while (name !== undefined) {
        applied.push(name);
        name = await applyNext(owner, migrations);
      }
      return applied;
    },
    async down(migrations, count) {
      const reverted: string[] = [];
      while (reverted.length < count) {
        const name = await revertNewest(owner, migrations);
        if (name === undefined) {
          break;
        }
        reverted.push(name);
      }
      return reverted;
    },
    status: (migrations) => owner.transact((session) => readStatus(session, owner, migrations)),
    close: () => owner.close(),
  };
}

function applyNext(owner: SqlOwner, migrations: readonly Migration[]): Promise<string | undefined> {
  return owner.transact(async (session) => {
    const status = await lockAndReadStatus(session, owner, migrations);
    const changed = status.find((entry) => entry.state === 'changed');
    if (changed !== undefined) {
      throw refusal(
        owner,
        `Migration ${changed.name} was applied with another text than its file has now; restore the file`
      );
    }
    const pending = status.find((entry) => entry.state === 'pending');
    const migration = migrations.find((candidate) => candidate.name === pending?.name);
    if (migration === undefined) {
      return undefined;
    }
    // The row first: should two runs ever meet, the second fails before it touches the schema.
    await session.query(
      `insert into schema_migrations (name, checksum) values ($1, encode(sha256(convert_to($2, 'UTF8')), 'hex'))`,
      [migration.name, migration.up]
    );
    await runScript(session, migration.name, migration.up);
    return migration.name;
  });
}

function revertNewest(owner: SqlOwner, migrations: readonly Migration[]): Promise<string | undefined> {
  return owner.transact(async (session) => {
    await lockAndReadStatus(session, owner, migrations);
    const [newest] = await session.query<{ name: string }>(
      'delete from schema_migrations where name = (select max(name) from schema_migrations) returning name'
    );
    if (newest === undefined) {
      return undefined;
    }
    const migration = migrations.find((candidate) => candidate.name === newest.name);
    if (migration === undefined) {
      throw refusal(
        owner,
        `Migration ${newest.name} is applied, but its files are not here; revert it with the release that made it`
      );
    }
    await runScript(session, migration.name, migration.down);
    return migration.name;
  });
}

async function runScript(session: SqlOwnerSession, name: string, script: string): Promise<void> {
  await session.query(limitTableLocks);
  try {
    await session.execute(script);
  } catch (error) {
    if (error instanceof PortError) {
      throw new PortError({
        system: error.system,
        kind: error.kind,
        isRetryable: error.isRetryable,
        message: `Migration ${name}: ${error.message}`,
        cause: error,
      });
    }
    throw error;
  }
}

async function lockAndReadStatus(session: SqlOwnerSession, owner: SqlOwner, migrations: readonly Migration[]) {
  await session.query(limitTimes);
  await session.query('select pg_advisory_xact_lock($1::bigint)', [lockKey]);
  await session.execute(createHistory);
  return readStatus(session, owner, migrations);
}

async function readStatus(session: SqlOwnerSession, owner: SqlOwner, migrations: readonly Migration[]) {
  const applied = new Map((await readApplied(session)).map((row) => [row.name, row.checksum]));
  const checksums = await readChecksums(session, migrations);
  const known = migrations.map((migration, index) => {
    const stored = applied.get(migration.name);
    if (stored === undefined) {
      return { name: migration.name, state: 'pending' as const };
    }
    return { name: migration.name, state: stored === checksums[index] ? ('applied' as const) : ('changed' as const) };
  });
  const knownNames = new Set(migrations.map((migration) => migration.name));
  const unknown = [...applied.keys()]
    .filter((name) => !knownNames.has(name))
    .map((name) => ({ name, state: 'unknown' as const }));
  if (knownNames.size !== migrations.length) {
    throw refusal(owner, 'Two migrations have the same name');
  }
  return [...known, ...unknown].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readApplied(session: SqlOwnerSession): Promise<readonly AppliedMigration[]> {
  const [history] = await session.query<{ exists: boolean }>(
    `select to_regclass('schema_migrations') is not null as exists`
  );
  return history?.exists === true
    ? session.query<AppliedMigration>('select name, checksum from schema_migrations')
    : [];
}

// The database makes the checksum, so that this room needs no hash function of its own.
async function readChecksums(session: SqlOwnerSession, migrations: readonly Migration[]): Promise<readonly string[]> {
  const rows = await session.query<{ checksum: string }>(
    `select encode(sha256(convert_to(text, 'UTF8')), 'hex') as checksum from unnest($1::text[]) with ordinality as script (text, position) order by position`,
    [migrations.map((migration) => migration.up)]
  );
  return rows.map((row) => row.checksum);
}

function refusal(owner: SqlOwner, message: string): PortError {
  return new PortError({ system: owner.system, kind: 'conflict', isRetryable: false, message });
}
