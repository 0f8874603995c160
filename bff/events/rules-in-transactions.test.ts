// Rules of clusters where transactions are real and there is one connection for all: whoever holds it may wait for nobody who needs it.
import { openPglite } from '@loghunter/adapters/pglite';
import { createClusterRules, createMigrator, createUnitOfWork, loadMigrations } from '@loghunter/adapters/sql-stores';
import type { ClusterRules, SqlDatabase, UnitOfWork } from '@loghunter/ports';
import { createManualClock } from '@loghunter/ports/testing';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTenantRules, type TenantRules } from './tenant-rules.ts';

const patienceMs = 5000;
const cluster = { service: 'shop', namespace: '', fingerprint: 'f1', signature: '' };

let separate: SqlDatabase;
let database: SqlDatabase;
let unitOfWork: UnitOfWork;
let clusterRules: ClusterRules;
let isFrozen = false;

beforeAll(async () => {
  const opened = await openPglite({});
  await createMigrator(opened.owner).up(await loadMigrations(join(import.meta.dirname, '..', '..', 'migrations')));
  separate = opened.database;
  ({ database, unitOfWork } = createUnitOfWork(separate));
  clusterRules = createClusterRules(database);
}, 60_000);
// A frozen database never closes.
afterAll(() => (isFrozen ? undefined : separate.close()));

describe('rules on a database of one connection', () => {
  let tenantId: string;
  let clock: ReturnType<typeof createManualClock>;
  let rules: TenantRules;
  beforeEach(async () => {
    tenantId = randomUUID();
    await separate.withInstallation((session) =>
      session.query('insert into tenants (id, name) values ($1, $2)', [tenantId, `test ${tenantId}`])
    );
    clock = createManualClock(Date.UTC(2026, 10, 20, 10));
    const afterCommit = (action: () => void): void => unitOfWork.afterCommit(action);
    rules = createTenantRules({ tenantId, rules: clusterRules, clock, afterCommit });
    await rules.refresh();
    clock.advance(60_000);
  });

  /** Has everybody ask for the connection, in this order, before the first gets it. */
  async function together(...asking: ReadonlyArray<() => Promise<unknown>>): Promise<readonly unknown[]> {
    const busy = Promise.withResolvers<void>();
    const holder = database.withTenant(tenantId, () => busy.promise);
    const answers: Array<Promise<unknown>> = [];
    for (const ask of asking) {
      answers.push(ask());
      await pause(10);
    }
    busy.resolve();
    await holder;
    return withinPatience(Promise.all(answers));
  }

  async function withinPatience<T>(answer: Promise<T>): Promise<T> {
    isFrozen = true;
    const value = await Promise.race([answer, pause(patienceMs).then(() => expect.fail('nobody gets on'))]);
    isFrozen = false;
    return value;
  }

  const rename = (title: string) =>
    rules.changeUserRules({
      ...{ actor: 'ann', undoneIds: [] },
      added: [{ origin: 'user', kind: 'rename', body: { cluster, title, follows: null } }],
    });
  const titles = () => rules.userRules.rules.map(({ rule }) => (rule.kind === 'rename' ? rule.title : rule.kind));

  test('a request that has begun to write looks for new rules while others wait to look', async () => {
    const pin = () =>
      unitOfWork.run(tenantId, async () => {
        await clusterRules.getRule(tenantId, randomUUID());
        await rules.refresh();
      });
    await together(pin, () => rules.refresh());
    await together(
      () => rules.refresh(),
      pin,
      () => rules.follow()
    );
  });

  test('a change of rules gets through while scanners wait for their look', async () => {
    const change = () =>
      unitOfWork.run(tenantId, async () => {
        await clusterRules.readSequence(tenantId);
        return rename('Checkout fails');
      });
    const [changed] = await together(
      change,
      () => rules.follow(),
      () => rules.learn([]),
      () => rules.refresh()
    );
    expect(changed).toMatchObject([{ kind: 'rename' }]);
    expect(titles()).toEqual(['Checkout fails']);
  });

  test('changes of several people at the same time are all kept', async () => {
    const changes = ['one', 'two', 'three'].map(
      (title) => () =>
        unitOfWork.run(tenantId, async () => {
          await clusterRules.readSequence(tenantId);
          await rename(title);
        })
    );
    await together(...changes, () => rules.follow());
    await rules.refresh();
    expect(titles().sort()).toEqual(['one', 'three', 'two']);
  });

  test('a change whose transaction rolls back is seen by nobody who looks afterwards, and the next one is taken', async () => {
    const failing = unitOfWork.run(tenantId, async () => {
      await rename('lost');
      // Also what the transaction itself looks for again.
      clock.advance(60_000);
      await rules.refresh();
      expect(titles()).toEqual(['lost']);
      throw new TypeError('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    await rules.refresh();
    expect(titles()).toEqual([]);
    await unitOfWork.run(tenantId, () => rename('kept'));
    expect(titles()).toEqual(['kept']);
    await rules.follow();
    expect(titles()).toEqual(['kept']);
  });

  test('a change computed while others made one is computed again, and its transaction goes on', async () => {
    const other = createTenantRules({ tenantId, rules: clusterRules, clock });
    const rule = { origin: 'user', kind: 'rename', body: { cluster, title: 'theirs', follows: null } } as const;
    // On a database of many connections, another replica commits between a change's reading and its writing.
    let interfere = async (): Promise<unknown> => other.changeUserRules({ actor: 'bob', added: [rule], undoneIds: [] });
    const interrupted: ClusterRules = {
      ...clusterRules,
      async readClusters(tenant, createdFromMs) {
        const now = interfere;
        interfere = () => Promise.resolve();
        await now();
        return clusterRules.readClusters(tenant, createdFromMs);
      },
    };
    const afterCommit = (action: () => void): void => unitOfWork.afterCommit(action);
    rules = createTenantRules({ tenantId, rules: interrupted, clock, afterCommit });
    await unitOfWork.run(tenantId, () => rename('ours'));
    expect(titles().sort()).toEqual(['ours', 'theirs']);
  });
});
