import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPglite } from '@loghunter/adapters/pglite';
import { connectPostgres } from '@loghunter/adapters/postgres';
import { createMigrator, createTenantStore, loadMigrations } from '@loghunter/adapters/sql-stores';
import { parseConfig } from '@loghunter/bff/config';
import { startServer } from '@loghunter/bff/server';
import type { SqlDatabase } from '@loghunter/ports';
import { hasPostgres, startPostgres } from '../servers/postgres.ts';
import { fillTenant } from './fill-database.ts';
import { migrate, migrationsDirectory } from './sql-database.ts';

// Rows are only ever added, so the application may not even ask.
const changesNotGranted: Readonly<Record<string, readonly string[]>> = {
  audit_entries: ['update', 'delete'],
  audit_segments: ['delete'],
};
// Tables that belong to the installation and not to a tenant.
const tablesWithoutTenant = ['grafana_organisations', 'schema_migrations', 'tenants'];

interface TableRow extends Record<string, unknown> {
  readonly name: string;
  readonly is_bound: boolean;
  readonly is_keyed: boolean;
  /** Of a table that is split. */
  readonly is_part: boolean;
}

const readTables = `
  select tables.relname as name, tables.relispartition as is_part,
    tables.relrowsecurity and tables.relforcerowsecurity
      and exists (select from pg_policy where polrelid = tables.oid)
      and exists (select from pg_attribute where attrelid = tables.oid and attname = 'tenant_id' and attnotnull) as is_bound,
    not exists (
      select from pg_constraint keys
      where keys.conrelid = tables.oid and keys.contype in ('p', 'u', 'f')
        and not exists (
          select from unnest(keys.conkey) as key (number)
          join pg_attribute on attrelid = tables.oid and attnum = key.number and attname = 'tenant_id'
        )
    ) as is_keyed
  from pg_class tables
  where tables.relkind in ('r', 'p') and tables.relnamespace = 'public'::regnamespace
  order by 1`;

interface OpenDatabase {
  readonly database: SqlDatabase;
  stop(): Promise<void>;
}

async function openPostgres(): Promise<OpenDatabase> {
  const postgres = await startPostgres();
  await migrate(postgres.url);
  const database = connectPostgres({ url: postgres.url, maxConnections: 2 });
  return {
    database,
    async stop() {
      await database.close();
      await postgres.stop();
    },
  };
}

async function openEmbedded(): Promise<OpenDatabase> {
  const { database, owner } = await openPglite({});
  await createMigrator(owner).up(await loadMigrations(migrationsDirectory));
  return { database, stop: () => database.close() };
}

for (const [name, open, isMissing] of [
  ['Postgres', openPostgres, !hasPostgres()],
  ['PGlite', openEmbedded, false],
] as const) {
  describe.skipIf(isMissing)(`tenants on ${name}`, () => {
    let opened: OpenDatabase;
    let tables: readonly string[];
    let parts: readonly string[];
    let one: string;
    let two: string;
    beforeAll(async () => {
      opened = await open();
      one = await fillTenant(opened.database, 'one');
      two = await fillTenant(opened.database, 'two');
      const rows = await opened.database.withInstallation((session) => session.query<TableRow>(readTables));
      tables = rows.flatMap(({ name, is_part }) => (is_part || tablesWithoutTenant.includes(name) ? [] : [name]));
      parts = rows.flatMap(({ name, is_part }) => (is_part ? [name] : []));
    });
    afterAll(() => opened.stop());

    /** Tenants with rows that this one sees. */
    function count(tenantId: string, table: string): Promise<number | undefined> {
      return opened.database.withTenant(tenantId, async (session) => {
        const [row] = await session.query<{ count: number }>(`select count(distinct tenant_id) as count from ${table}`);
        return row?.count;
      });
    }

    test('every table but a named list is bound to a tenant and keyed by it', async () => {
      const rows = await opened.database.withInstallation((session) => session.query<TableRow>(readTables));
      expect(rows.length).toBeGreaterThan(8);
      expect(rows.filter((row) => !row.is_bound || !row.is_keyed).map((row) => row.name)).toEqual(tablesWithoutTenant);
    });

    test('a tenant sees its own rows of every table and none of another', async () => {
      for (const table of tables) {
        expect([table, await count(one, table)]).toEqual([table, 1]);
      }
    });

    test('without a tenant no row is seen', async () => {
      for (const table of tables) {
        const rows = await opened.database.withInstallation((session) => session.query(`select 1 from ${table}`));
        expect([table, rows]).toEqual([table, []]);
      }
    });

    test('rows of another tenant are neither changed nor deleted', async () => {
      for (const table of tables) {
        const statements = {
          update: `update ${table} set tenant_id = tenant_id where tenant_id = $1 returning 1 as one`,
          delete: `delete from ${table} where tenant_id = $1 returning 1 as one`,
        };
        for (const [verb, statement] of Object.entries(statements)) {
          const touched = opened.database.withTenant(one, (session) => session.query(statement, [two]));
          if (changesNotGranted[table]?.includes(verb) === true) {
            await expect(touched).rejects.toMatchObject({ kind: 'rejected' });
          } else {
            expect([table, verb, await touched]).toEqual([table, verb, []]);
          }
        }
        expect([table, await count(two, table)]).toEqual([table, 1]);
      }
    });

    test('parts of a table are reached only by way of the whole', async () => {
      expect(parts).not.toEqual([]);
      for (const part of parts) {
        const read = opened.database.withTenant(one, (session) => session.query(`select 1 from ${part}`));
        await expect(read).rejects.toMatchObject({ kind: 'rejected' });
      }
    });

    test('rows for another tenant are refused', async () => {
      const statements = [
        `insert into watches (tenant_id, name, selectors, discovered_label_names) values ($1, 'x', '{}', '{}')`,
        `insert into stream_hours select $1, stream_id, hour_at + interval '1 hour', line_count, unread_line_count from stream_hours`,
        `update error_clusters set tenant_id = $1`,
      ];
      for (const statement of statements) {
        const failure = opened.database.withTenant(one, (session) => session.query(statement, [two]));
        await expect(failure).rejects.toMatchObject({
          kind: 'rejected',
          message: expect.stringContaining('row-level security'),
        });
      }
    });

    test('a tenant may not empty a table, switch security off or change the schema', async () => {
      for (const statement of [
        'truncate streams',
        'alter table streams disable row level security',
        'drop table streams',
        'create table x (id int)',
      ]) {
        await expect(opened.database.withTenant(one, (session) => session.query(statement))).rejects.toMatchObject({
          kind: 'rejected',
        });
      }
      expect(await count(one, 'streams')).toBe(1);
    });

    test('an id that is none is refused and shows nothing', async () => {
      await expect(
        opened.database.withTenant("' or true --", (session) => session.query('select 1 from streams'))
      ).rejects.toMatchObject({
        kind: 'rejected',
      });
    });

    test('transactions of two tenants at the same time do not mix', async () => {
      const names = await Promise.all(
        Array.from({ length: 40 }, (_, n) =>
          opened.database.withTenant(n % 2 === 0 ? one : two, async (session) => {
            await session.query('select pg_sleep(0.001)');
            const rows = await session.query<{ sanitised_text: string }>('select sanitised_text from cluster_samples');
            return rows.map((row) => row.sanitised_text).join();
          })
        )
      );
      expect(names).toEqual(names.map((_, n) => (n % 2 === 0 ? 'one' : 'two')));
    });

    test('a hash opens the one key that has it, for one transaction', async () => {
      const hash = createHash('sha256').update('one').digest('hex');
      const readKeys = 'select tenant_id from api_keys';
      const found = await opened.database.withInstallation(async (session) => {
        await session.query(`select set_config('loghunter.key_hash', $1, true)`, [hash]);
        return session.query(readKeys);
      });
      expect(found).toEqual([{ tenant_id: one }]);
      const changed = opened.database.withInstallation(async (session) => {
        await session.query(`select set_config('loghunter.key_hash', $1, true)`, [hash]);
        return session.query('update api_keys set name = name returning 1 as one');
      });
      expect(await changed).toEqual([]);
      expect(await opened.database.withInstallation((session) => session.query(readKeys))).toEqual([]);
    });

    test('a tenant sees no organisation of Grafana', async () => {
      const store = createTenantStore(opened.database);
      await store.mapOrganisation({ organisationId: 1, tenantId: one });
      const rows = await opened.database.withTenant(one, (session) =>
        session.query('select 1 from grafana_organisations')
      );
      expect(rows).toEqual([]);
    });

    test('an error of the work rolls back and passes through', async () => {
      class Refused extends Error {}
      const work = opened.database.withTenant(one, async (session) => {
        await session.query('delete from cluster_samples');
        throw new Refused();
      });
      await expect(work).rejects.toBeInstanceOf(Refused);
      expect(await count(one, 'cluster_samples')).toBe(1);
    });

    test('a failed statement that the work swallows still rolls back', async () => {
      const work = opened.database.withTenant(one, async (session) => {
        await session.query('delete from cluster_samples');
        await session.query('select no_such_column from streams').catch(() => undefined);
      });
      await expect(work).rejects.toMatchObject({ kind: 'rejected' });
      expect(await count(one, 'cluster_samples')).toBe(1);
    });
  });
}

describe.skipIf(!hasPostgres())('the role on Postgres', () => {
  test('a role that bypasses row-level security is refused', async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    await migrate(postgres.url);
    await postgres.runAsSuperuser(postgres.url, 'alter role loghunter_app bypassrls');
    const database = connectPostgres({ url: postgres.url });
    await expect(database.ping()).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('may bypass row-level security'),
    });
    await postgres.runAsSuperuser(postgres.url, 'alter role loghunter_app nobypassrls');
    await database.ping();
    await database.close();
  });

  test.each([
    ['alter role loghunter_app superuser', 'alter role loghunter_app nosuperuser', 'is a superuser'],
    [
      'alter table watches owner to loghunter_app',
      'alter table watches owner to current_user; grant all on watches to loghunter_app',
      'owns tables',
    ],
  ])('after %s no server starts', async (change, back, reason) => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    await migrate(postgres.url);
    await postgres.runAsSuperuser(postgres.url, change);
    const config = parseConfig({
      LOGHUNTER_PORT: '0',
      LOGHUNTER_LOG_LEVEL: 'silent',
      LOGHUNTER_LOKI_URL: 'http://127.0.0.1:9',
      LOGHUNTER_DATABASE_URL: postgres.url,
    });
    await expect(startServer(config)).rejects.toMatchObject({
      system: 'postgres',
      kind: 'rejected',
      message: expect.stringContaining(`${reason}, so tenants would not be kept apart; refusing to work`),
    });
    await postgres.runAsSuperuser(postgres.url, back);
    await (await startServer(config)).stop();
  });

  test('a statement that takes too long is ended', async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    await migrate(postgres.url);
    const database = connectPostgres({ url: postgres.url, statementTimeoutMs: 200 });
    const slow = database.withInstallation((session) => session.query('select pg_sleep(5)'));
    await expect(slow).rejects.toMatchObject({ kind: 'timeout', isRetryable: true });
    await database.ping();
    await database.close();
  });
});
