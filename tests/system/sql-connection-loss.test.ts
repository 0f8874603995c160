// Connections to Postgres are cut at random moments: nothing but the calls under way notices, and no transaction is half done.
import { connectPostgres } from '@loghunter/adapters/postgres';
import { isPortError, type SqlDatabase } from '@loghunter/ports';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasPostgres, startPostgres, type RunningPostgres } from '../servers/postgres.ts';
import { startCuttingProxy, type CuttingProxy } from './cutting-proxy.ts';
import { migrate } from './sql-database.ts';

const cuttingMs = 6_000;
const callerCount = 8;
const settleMs = 100;
// Two rows each, so that half a transaction shows as an odd number of rows.
const insertRow = `insert into tenants (name) values ($1)`;

interface Tally {
  readonly done: string[];
  readonly failed: unknown[];
}

async function writePairs(database: SqlDatabase, caller: number, untilMs: number): Promise<Tally> {
  const tally: Tally = { done: [], failed: [] };
  for (let round = 0; Date.now() < untilMs; round += 1) {
    const name = `pair-${caller}-${round}`;
    try {
      await database.withInstallation(async (session) => {
        await session.query(insertRow, [`${name}-a`]);
        await session.query('select pg_sleep(0.002)');
        await session.query(insertRow, [`${name}-b`]);
      });
      tally.done.push(name);
    } catch (error) {
      tally.failed.push(error);
    }
  }
  return tally;
}

describe.skipIf(!hasPostgres())('Postgres behind a network that cuts connections', () => {
  let postgres: RunningPostgres;
  let proxy: CuttingProxy;
  const uncaught: unknown[] = [];
  function noteUncaught(error: unknown): void {
    uncaught.push(error);
  }

  beforeAll(async () => {
    postgres = await startPostgres();
    await migrate(postgres.url);
    proxy = await startCuttingProxy(postgres.url);
    process.on('uncaughtException', noteUncaught);
    process.on('unhandledRejection', noteUncaught);
  });
  afterAll(async () => {
    process.off('uncaughtException', noteUncaught);
    process.off('unhandledRejection', noteUncaught);
    await proxy.stop();
    await postgres.stop();
  });

  test('every call succeeds or says that the database is away, and none is half done', async () => {
    const database = connectPostgres({ url: proxy.url, maxConnections: 4 });
    const stopCutting = proxy.cutAtRandom();
    const untilMs = Date.now() + cuttingMs;
    const tallies = await Promise.all(
      Array.from({ length: callerCount }, (_, caller) => writePairs(database, caller, untilMs))
    );
    stopCutting();
    // The last cuts are on their way still.
    await setTimeout(settleMs);
    const done = tallies.flatMap((tally) => tally.done);
    const failed = tallies.flatMap((tally) => tally.failed);
    expect(uncaught).toEqual([]);
    expect(done.length).toBeGreaterThan(0);
    expect(failed.length).toBeGreaterThan(20);
    const strange = failed.filter((error) => !isPortError(error) || error.kind !== 'unavailable' || !error.isRetryable);
    expect(strange).toEqual([]);

    // Afterwards everything works again, at once and on all connections.
    await Promise.all(Array.from({ length: callerCount }, () => database.ping()));
    const rows = await database.withInstallation((session) =>
      session.query<{ pair: string; count: number }>(
        `select left(name, -2) as pair, count(*) as count from tenants where name like 'pair-%' group by 1`
      )
    );
    expect(rows.filter((row) => row.count !== 2)).toEqual([]);
    const stored = new Set(rows.map((row) => row.pair));
    expect(done.filter((name) => !stored.has(name))).toEqual([]);
    await database.close();
    expect(uncaught).toEqual([]);
  });

  test('a connection lost between two statements fails the next one and takes no other call with it', async () => {
    const database = connectPostgres({ url: proxy.url, maxConnections: 1 });
    const failure = await database
      .withInstallation(async (session) => {
        await session.query(insertRow, ['between']);
        proxy.cutAll();
        await setTimeout(settleMs);
        await session.query('select 1');
      })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ system: 'postgres', kind: 'unavailable', isRetryable: true });
    expect(await database.withInstallation((s) => s.query(`select 1 from tenants where name = 'between'`))).toEqual([]);
    await database.close();
    expect(uncaught).toEqual([]);
  });

  test('a failed statement that the caller ignores is not committed over', async () => {
    const database = connectPostgres({ url: postgres.url, maxConnections: 1 });
    onTestFinished(() => database.close());
    const outcome = database.withInstallation(async (session) => {
      await session.query(insertRow, ['ignored']);
      await session.query('select 1 / 0').catch(() => undefined);
    });
    await expect(outcome).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('division by zero'),
    });
    expect(await database.withInstallation((s) => s.query(`select 1 from tenants where name = 'ignored'`))).toEqual([]);
  });

  test('a transaction that takes too long is cut and its connection not kept', async () => {
    const database = connectPostgres({ url: postgres.url, maxConnections: 1, transactionTimeoutMs: 300 });
    onTestFinished(() => database.close());
    const outcome = database.withInstallation((session) => session.query('select pg_sleep(20)'));
    await expect(outcome).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('within 0.3 s'),
    });
    // The only place in the pool is free at once, though the statement would still run.
    await database.ping();
  });

  test('a server that takes the connection and says nothing is a timeout', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as AddressInfo;
    const database = connectPostgres({ url: `postgres://user@127.0.0.1:${port}/any`, connectTimeoutMs: 200 });
    await expect(database.withInstallation((session) => session.query('select 1'))).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
    await database.close();
  });

  test('closing ends what is open after a while and refuses what waits', async () => {
    const database = connectPostgres({ url: postgres.url, maxConnections: 1 });
    const open = database.withInstallation((session) => session.query('select pg_sleep(30)'));
    const waiting = database.withInstallation((session) => session.query('select 1'));
    const outcomes = Promise.allSettled([open, waiting]);
    await database.close();
    await database.close();
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { kind: 'unavailable' } });
    }
    await expect(database.ping()).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('values come and go as the port says', async () => {
    const database = connectPostgres({ url: postgres.url });
    onTestFinished(() => database.close());
    const at = new Date('2026-11-20T10:00:00.123Z');
    const [row] = await database.withInstallation((session) =>
      session.query(
        `select $1::bigint as small, $2::bigint as large, $3::timestamptz as at, $4::jsonb as json, $5::text[] as texts,
           $6::float8[] as numbers, $7::boolean[] as flags, $8::boolean as flag, $9::text as nothing`,
        [7n, 2n ** 62n, at, '{"a":[1]}', ['a"b\\,{}', null, ''], [1.5, null, -0.25], [true, false], true, null]
      )
    );
    expect(row).toEqual({
      small: 7,
      large: 2n ** 62n,
      at,
      json: { a: [1] },
      texts: ['a"b\\,{}', null, ''],
      numbers: [1.5, null, -0.25],
      flags: [true, false],
      flag: true,
      nothing: null,
    });
  });
});
