import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockDirectory } from './directory-lock.ts';
import { openPglite } from './open-pglite.ts';
import { readStartTime } from './processes.ts';

const adapterPath = fileURLToPath(new URL('./open-pglite.ts', import.meta.url));

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'loghunter-pglite-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function writeLock(owner: object): Promise<void> {
  return writeFile(join(directory, 'lock.json'), JSON.stringify(owner));
}

describe('the folder of the embedded database', () => {
  test('what was written is there after opening again', async () => {
    const first = await openPglite({ directory });
    await first.owner.transact((session) => session.execute('create table kept (id int); insert into kept values (7)'));
    await first.database.close();
    const second = await openPglite({ directory });
    const rows = await second.owner.transact((session) => session.query('select id from kept'));
    expect(rows).toEqual([{ id: 7 }]);
    await second.database.close();
    await expect(readFile(join(directory, 'lock.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  }, 60_000);

  test('a killed process loses nothing that it was told is stored, and its lock is taken over', async () => {
    const script = `
      const { openPglite } = await import(${JSON.stringify(adapterPath)});
      const { owner } = await openPglite({ directory: ${JSON.stringify(directory)} });
      await owner.transact((session) => session.execute('create table kept (id int)'));
      for (let id = 0; ; id += 1) {
        await owner.transact((session) => session.query('insert into kept values ($1)', [id]));
        console.log(id);
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let acknowledged = '';
    for await (const chunk of child.stdout) {
      acknowledged += String(chunk);
      if (acknowledged.split('\n').length > 50) {
        break;
      }
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lastId = Number(acknowledged.split('\n').at(-2));
    const { database, owner } = await openPglite({ directory });
    const [row] = await owner.transact((session) =>
      session.query<{ count: number }>('select count(*) as count from kept')
    );
    expect(row?.count).toBeGreaterThan(lastId);
    await database.close();
  }, 60_000);

  test('an incomplete folder gives one clear error and is left as it is', async () => {
    await mkdir(join(directory, 'data'));
    await writeFile(join(directory, 'data', 'PG_VERSION'), '18\n');
    await expect(openPglite({ directory })).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('not a complete embedded database'),
    });
    expect(await readFile(join(directory, 'data', 'PG_VERSION'), 'utf8')).toBe('18\n');
    await expect(readFile(join(directory, 'lock.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a folder of another version gives one clear error', async () => {
    await mkdir(join(directory, 'data', 'global'), { recursive: true });
    await writeFile(join(directory, 'data', 'global', 'pg_control'), '');
    await writeFile(join(directory, 'data', 'PG_VERSION'), '16\n');
    await expect(openPglite({ directory })).rejects.toMatchObject({ message: expect.stringContaining('version 16') });
  });

  test('a start that was killed half-way is begun again', async () => {
    await mkdir(join(directory, 'data.new', 'base'), { recursive: true });
    const { database } = await openPglite({ directory });
    await database.close();
  }, 60_000);

  test('a path that is a file gives one clear error', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    await expect(openPglite({ directory: file })).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('cannot be used'),
    });
  });
});

describe('the lock of a folder', () => {
  test('a second opener is refused in one line', async () => {
    const lock = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('this process has it open already'),
    });
    await lock.release();
    await (await lockDirectory(directory)).release();
  });

  test('a living process keeps its lock', async () => {
    await writeLock({ pid: process.ppid, startTime: await readStartTime(process.ppid), host: hostname() });
    await expect(lockDirectory(directory)).rejects.toMatchObject({
      message: expect.stringContaining(`process ${process.ppid} has it open`),
    });
  });

  test('the lock of a dead process is taken over', async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(child, 'exit');
    await writeLock({ pid: child.pid, startTime: '1', host: hostname() });
    await (await lockDirectory(directory)).release();
  });

  test.skipIf(process.platform !== 'linux')(
    'a process that got the number of a dead one does not keep its lock',
    async () => {
      await writeLock({ pid: process.ppid, startTime: 'another time', host: hostname() });
      await (await lockDirectory(directory)).release();
    }
  );

  test('the lock of another host holds while it is renewed', async () => {
    await writeLock({ pid: 1, startTime: '1', host: 'another-host' });
    await expect(lockDirectory(directory)).rejects.toMatchObject({ message: expect.stringContaining('another-host') });
    const longAgo = new Date(Date.now() - 120_000);
    await utimes(join(directory, 'lock.json'), longAgo, longAgo);
    await (await lockDirectory(directory)).release();
  });

  test('one of many starters that find a dead lock wins', async () => {
    await writeLock({ pid: 1, startTime: 'long ago', host: hostname() });
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockDirectory(directory)));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });
});

describe('transactions of the embedded database', () => {
  test('they come one after the other and see each other whole', async () => {
    const { database, owner } = await openPglite({});
    await owner.transact((session) => session.execute('create table numbers (id int)'));
    const counts = await Promise.all(
      Array.from({ length: 20 }, (_, id) =>
        owner.transact(async (session) => {
          await session.query('insert into numbers values ($1)', [id]);
          const [row] = await session.query<{ count: number }>('select count(*) as count from numbers');
          return row?.count;
        })
      )
    );
    expect(counts).toEqual(Array.from({ length: 20 }, (_, id) => id + 1));
    await database.close();
    await expect(database.ping()).rejects.toMatchObject({ kind: 'unavailable' });
  }, 60_000);

  test('one that waits for what waits for it is ended, and the others go on', async () => {
    const { database, owner } = await openPglite({ transactionTimeoutMs: 200 });
    await owner.transact((session) => session.execute('create role loghunter_app; create table numbers (id int)'));
    await owner.transact((session) => session.execute('grant all on numbers to loghunter_app'));
    const circle = database.withInstallation(async (session) => {
      await session.query('insert into numbers values (1)');
      return database.withInstallation((inner) => inner.query('select 1 as one'));
    });
    await expect(circle).rejects.toMatchObject({ system: 'pglite', kind: 'timeout' });
    const count = 'select count(*)::int as count from numbers';
    await expect(database.withInstallation((session) => session.query(count))).resolves.toEqual([{ count: 0 }]);
    await database.close();
  }, 60_000);

  test('a database without the schema says what to do', async () => {
    const { database } = await openPglite({});
    await expect(database.withInstallation((session) => session.query('select 1'))).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('loghunter migrate up'),
    });
    await database.close();
  }, 60_000);
});
