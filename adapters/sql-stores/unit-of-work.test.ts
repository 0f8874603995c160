import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLedger } from './ledger.ts';
import { openMigratedPglite } from './testing-database.ts';
import { createUnitOfWork } from './unit-of-work.ts';

const watch = { name: 'all', selectors: [], discoveredLabelNames: [] };

describe('a unit of work', () => {
  let opened: Awaited<ReturnType<typeof openMigratedPglite>>;
  let joined: ReturnType<typeof createUnitOfWork>;
  let one: string;
  let two: string;
  beforeAll(async () => {
    opened = await openMigratedPglite();
    joined = createUnitOfWork(opened.database);
    one = (await opened.ledger.ensureTenant('one', null)).id;
    two = (await opened.ledger.ensureTenant('two', null)).id;
  }, 60_000);
  afterAll(() => opened.database.close());

  async function listWatchNames(tenantId: string): Promise<readonly string[]> {
    return (await opened.ledger.listWatches(tenantId)).map(({ name }) => name);
  }

  test('commits what several calls wrote when it resolves', async () => {
    const ledger = createLedger(joined.database);
    await joined.unitOfWork.run(one, async () => {
      await ledger.ensureWatch(one, { ...watch, name: 'kept-1' });
      await ledger.ensureWatch(one, { ...watch, name: 'kept-2' });
    });
    expect(await listWatchNames(one)).toEqual(['kept-1', 'kept-2']);
  });

  test('leaves nothing of any call when it throws', async () => {
    const ledger = createLedger(joined.database);
    const before = await listWatchNames(one);
    const failing = joined.unitOfWork.run(one, async () => {
      await ledger.ensureWatch(one, { ...watch, name: 'lost' });
      throw new TypeError('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await listWatchNames(one)).toEqual(before);
  });

  test('leaves nothing when a call failed, although its caller went on', async () => {
    const before = await listWatchNames(one);
    const failing = joined.unitOfWork.run(one, async () => {
      await createLedger(joined.database).ensureWatch(one, { ...watch, name: 'lost' });
      await joined.database.withTenant(one, () => Promise.reject(new TypeError('swallowed'))).catch(() => undefined);
    });
    await expect(failing).rejects.toThrow('swallowed');
    expect(await listWatchNames(one)).toEqual(before);
  });

  test('reaches the installation and another tenant, and comes back to its own', async () => {
    const ledger = createLedger(joined.database);
    await joined.unitOfWork.run(one, async () => {
      const [tenants, own] = await Promise.all([ledger.listTenants(), ledger.listWatches(one)]);
      expect(tenants.map(({ name }) => name)).toEqual(['one', 'two']);
      expect(own.length).toBeGreaterThan(0);
      await ledger.ensureWatch(two, { ...watch, name: 'of two' });
      await joined.database.withTenant(one, async () => {
        expect(await ledger.listWatches(two)).toHaveLength(1);
      });
      expect((await ledger.listWatches(one)).map(({ name }) => name)).not.toContain('of two');
    });
    expect(await listWatchNames(two)).toEqual(['of two']);
  });

  test('a unit inside a unit is a part of it', async () => {
    const ledger = createLedger(joined.database);
    const failing = joined.unitOfWork.run(one, async () => {
      await joined.unitOfWork.run(one, () => ledger.ensureWatch(one, { ...watch, name: 'inner' }));
      throw new TypeError('outer');
    });
    await expect(failing).rejects.toThrow('outer');
    expect(await listWatchNames(one)).not.toContain('inner');
  });

  test('actions for after the commit run when it has committed, and not when it rolled back', async () => {
    const seen: string[] = [];
    await joined.unitOfWork.run(one, () => {
      joined.unitOfWork.afterCommit(() => seen.push('committed'));
      return Promise.resolve(expect(seen).toEqual([]));
    });
    const failing = joined.unitOfWork.run(one, () => {
      joined.unitOfWork.afterCommit(() => seen.push('rolled back'));
      return Promise.reject(new TypeError('stop'));
    });
    await expect(failing).rejects.toThrow('stop');
    joined.unitOfWork.afterCommit(() => seen.push('outside'));
    expect(seen).toEqual(['committed', 'outside']);
  });

  test('what a unit left running works in a transaction of its own after the end', async () => {
    const ledger = createLedger(joined.database);
    const ended = Promise.withResolvers<void>();
    let late: Promise<unknown> = Promise.resolve();
    await joined.unitOfWork.run(one, () => {
      late = ended.promise.then(() => ledger.ensureWatch(one, { ...watch, name: 'late' }));
      return Promise.resolve();
    });
    ended.resolve();
    await late;
    expect(await listWatchNames(one)).toContain('late');
  });

  test('a unit that calls no store opens no transaction', async () => {
    let began = 0;
    const counting = createUnitOfWork({
      ...opened.database,
      withTenant: (tenantId, work) => {
        began += 1;
        return opened.database.withTenant(tenantId, work);
      },
    });
    expect(await counting.unitOfWork.run(one, () => Promise.resolve(7))).toBe(7);
    expect(began).toBe(0);
  });
});
