import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPglite } from '@loghunter/adapters/pglite';
import { connectPostgres, connectPostgresOwner } from '@loghunter/adapters/postgres';
import { createMigrator, loadMigrations } from '@loghunter/adapters/sql-stores';
import { unclusteredFingerprint } from '@loghunter/engine/fingerprints';
import type { Migration, SqlMigrator } from '@loghunter/ports';
import { countOf, minuteOf, openTenant, writeMinutes } from '@loghunter/ports/testing';
import { hasPostgres, startPostgres } from '../servers/postgres.ts';
import type { RunningPostgres } from '../servers/postgres.ts';
import { fillDatabase, fillTenant } from './fill-database.ts';
import { migrationsDirectory, openStores } from './sql-database.ts';

const schemaPath = join(migrationsDirectory, 'schema.sql');

/** The dump without what differs from one release of pg_dump to the next: comments, settings, blank lines. */
function comparable(dump: string): string {
  const lines = dump.split('\n').filter((line) => !/^(--|SET |SELECT pg_catalog|\\|$)/.test(line));
  return `${lines.join('\n')}\n`;
}

describe.skipIf(!hasPostgres())('migrations on Postgres', () => {
  let postgres: RunningPostgres;
  let migrations: readonly Migration[];
  beforeAll(async () => {
    postgres = await startPostgres();
    migrations = await loadMigrations(migrationsDirectory);
  });
  afterAll(() => postgres.stop());

  async function withMigrator<T>(url: string, work: (migrator: SqlMigrator) => Promise<T>): Promise<T> {
    const migrator = createMigrator(connectPostgresOwner({ url }));
    try {
      return await work(migrator);
    } finally {
      await migrator.close();
    }
  }

  test('up, up again, down and up lead to the same schema', async () => {
    const url = await postgres.createDatabase();
    const names = migrations.map((migration) => migration.name);
    await withMigrator(url, async (migrator) => {
      expect(await migrator.up(migrations)).toEqual(names);
      const first = await postgres.dumpSchema(url);
      expect(await migrator.up(migrations)).toEqual([]);
      expect(await migrator.down(migrations, 100)).toEqual([...names].reverse());
      expect(comparable(await postgres.dumpSchema(url))).not.toContain('CREATE TABLE public.watches');
      expect(await migrator.up(migrations)).toEqual(names);
      expect(comparable(await postgres.dumpSchema(url))).toBe(comparable(first));
      expect((await migrator.status(migrations)).every((entry) => entry.state === 'applied')).toBe(true);
    });
  });

  test('a filled database goes down and up again, every migration for itself', async () => {
    const url = await postgres.createDatabase();
    await withMigrator(url, async (migrator) => {
      await migrator.up(migrations);
      const { database } = openStores(url);
      await fillDatabase(database);
      await database.close();
      for (let count = 1; count <= migrations.length; count += 1) {
        expect(await migrator.down(migrations, count)).toHaveLength(count);
        expect(await migrator.up(migrations)).toHaveLength(count);
      }
      expect((await migrator.status(migrations)).every((entry) => entry.state === 'applied')).toBe(true);
    });
  });

  test('what was counted before counts were split by week is the oldest part, and is written beside new weeks', async () => {
    const url = await postgres.createDatabase();
    const splitName = '20261128235000_split_counts_by_week';
    const before = migrations.filter(({ name }) => name < splitName);
    const upToSplit = migrations.filter(({ name }) => name <= splitName);
    const counted = () =>
      postgres.runAsSuperuser(
        url,
        `select count(*), sum(event_count) from cluster_minutes union all select count(*), sum(line_count) from stream_minutes
         union all select count(*), sum(event_count) from cluster_spans`
      );
    await withMigrator(url, async (migrator) => {
      await migrator.up(migrations);
      const { database, ledger } = openStores(url);
      const tenants = [await fillTenant(database, 'one'), await fillTenant(database, 'two')];
      const first = await counted();
      await migrator.down(migrations, migrations.length - before.length);
      expect(await counted()).toBe(first);
      expect((await migrator.status(before)).every((entry) => entry.state === 'applied')).toBe(true);
      await migrator.up(upToSplit);
      expect(await counted()).toBe(first);
      const parts = () =>
        postgres.runAsSuperuser(
          url,
          `select part, end_at - '2026-11-23Z' from count_parts() where parent = 'cluster_minutes' order by 1`
        );
      expect(await parts()).toBe('cluster_minutes_oldest|00:00:00');
      await migrator.up(migrations);
      for (const name of ['three', 'four']) {
        tenants.push(await fillTenant(database, name));
      }
      const doubled = first.replaceAll(/\d+/g, (digits) => String(Number(digits) * 2));
      expect(await counted()).toBe(doubled);
      for (const tenantId of tenants) {
        expect(await ledger.checkTotals(tenantId)).toEqual([]);
      }
      await postgres.runAsSuperuser(
        url,
        `set role ${new URL(url).username}; select make_count_parts('{2026-11-23Z,2020-03-02Z}')`
      );
      expect(await parts()).toBe('cluster_minutes_20261123|7 days\ncluster_minutes_oldest|00:00:00');
      await database.close();
    });
  });

  test('what was counted before counts were split by week is deleted by the day until all of it may go', async () => {
    const url = await postgres.createDatabase();
    const [dayMs, mondayMs] = [86_400_000, Date.UTC(2026, 5, 1)];
    const week = { fromMs: mondayMs, toMs: mondayMs + 21 * dayMs };
    const stores = openStores(url);
    const { ledger } = stores;
    onTestFinished(() => stores.database.close());
    const fresh = await withMigrator(url, async (migrator) => {
      await migrator.up(migrations);
      const opened = await openTenant(stores);
      const times = [0, 3, 8, 15].map((day) => mondayMs + day * dayMs);
      await writeMinutes(
        stores,
        opened,
        times.map((ms) => minuteOf(ms, [countOf(1, ms, 5)]))
      );
      await migrator.down(migrations, migrations.filter(({ name }) => name >= '20261128235000').length);
      await migrator.up(migrations);
      return opened;
    });
    const readDays = async () =>
      (await ledger.readMinutes(fresh.tenant.id, fresh.watch.id, week.fromMs, week.toMs)).map(
        (minute) => (minute.minuteMs - mondayMs) / dayMs
      );
    const cutAtDay = (day: number) => [mondayMs + day * dayMs, mondayMs + day * dayMs] as const;
    await ledger.deleteCountsBefore(fresh.tenant.id, ...cutAtDay(9));
    expect(await readDays()).toEqual([15]);
    expect(await ledger.checkTotals(fresh.tenant.id)).toEqual([]);
    expect(await ledger.checkSums(fresh.tenant.id, week)).toEqual({ unbalancedMinutes: [], wrongSums: [] });
    await ledger.deleteCountsBefore(fresh.tenant.id, ...cutAtDay(23));
    // Those of the next week are made ahead.
    expect(await postgres.runAsSuperuser(url, 'select count(*) from count_parts() where end_at < now()')).toBe('0');
    expect(await ledger.checkTotals(fresh.tenant.id)).toEqual([]);
  });

  test('schema.sql is the schema that the migrations make', async () => {
    const url = await postgres.createDatabase();
    await withMigrator(url, (migrator) => migrator.up(migrations));
    const dump = comparable(await postgres.dumpSchema(url));
    if (process.env.UPDATE_SCHEMA === '1') {
      await writeFile(
        schemaPath,
        `-- Made by tests/system/sql-migrations.test.ts with UPDATE_SCHEMA=1; not edited by hand.\n${dump}`
      );
    }
    expect(comparable(await readFile(schemaPath, 'utf8'))).toBe(dump);
    // An index is made for this one.
    expect(dump).toContain(`fingerprint = '${unclusteredFingerprint}'`);
  });

  test('replicas that start together apply each migration once', async () => {
    const url = await postgres.createDatabase();
    const applied = await Promise.all([1, 2, 3].map(() => withMigrator(url, (migrator) => migrator.up(migrations))));
    expect(applied.flat().sort()).toEqual(migrations.map((migration) => migration.name));
  });

  test('a changed file is told and nothing is applied', async () => {
    const url = await postgres.createDatabase();
    await withMigrator(url, async (migrator) => {
      await migrator.up(migrations);
      const changed = migrations.map((migration) => ({ ...migration, up: `${migration.up}\n-- changed` }));
      const next = { name: '99999999999999_next', up: 'create table next (id int)', down: 'drop table next' };
      await expect(migrator.up([...changed, next])).rejects.toMatchObject({ kind: 'conflict' });
      expect((await migrator.status([...changed, next])).map((entry) => entry.state)).toEqual([
        ...changed.map(() => 'changed'),
        'pending',
      ]);
      expect((await migrator.status([])).every((entry) => entry.state === 'unknown')).toBe(true);
    });
  });

  test('a migration that fails leaves nothing of itself', async () => {
    const url = await postgres.createDatabase();
    const broken = {
      name: '99999999999999_broken',
      up: 'create table half (id int); select no_such_function();',
      down: '',
    };
    await withMigrator(url, async (migrator) => {
      await expect(migrator.up([broken])).rejects.toMatchObject({
        kind: 'rejected',
        message: expect.stringMatching(/99999999999999_broken.*no_such_function/),
      });
      expect(await migrator.status([broken])).toEqual([{ name: broken.name, state: 'pending' }]);
      expect(await postgres.runAsSuperuser(url, `select to_regclass('half') is null`)).toBe('t');
    });
  });

  test('an address that is none and a wrong password give one clear line', async () => {
    expect(() => connectPostgres({ url: 'no address' })).toThrow('The database address is not of the form');
    const wrong = new URL(postgres.url);
    wrong.password = 'hush-hush';
    const database = connectPostgres({ url: wrong.href });
    const failure = await database.ping().catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'rejected' });
    expect(String(failure)).toContain('password authentication failed');
    expect(String(failure)).not.toContain('hush-hush');
    await database.close();
  });

  test('a database without the schema says what to do', async () => {
    const database = connectPostgres({ url: await postgres.createDatabase() });
    await expect(database.withInstallation((session) => session.query('select 1 from tenants'))).rejects.toMatchObject({
      message: expect.stringContaining('loghunter migrate up'),
    });
    await database.close();
  });
});

describe('migrations on PGlite', () => {
  test('a filled database goes down and up again, every migration for itself', async () => {
    const migrations = await loadMigrations(migrationsDirectory);
    const { database, owner } = await openPglite({});
    const migrator = createMigrator(owner);
    await migrator.up(migrations);
    await fillDatabase(database);
    for (let count = 1; count <= migrations.length; count += 1) {
      expect(await migrator.down(migrations, count)).toHaveLength(count);
      expect(await migrator.up(migrations)).toHaveLength(count);
    }
    await database.close();
  });
});
