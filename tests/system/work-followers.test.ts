// Two replicas follow one ledger on Postgres at the same time: each change of a state is made once, with its history, notice and live event.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectPostgres } from '@loghunter/adapters/postgres';
import {
  createClusterRules,
  createClusterStore,
  createLedger,
  createLiveStore,
  createNoticeStore,
  createUnitOfWork,
  createWorkListStore,
} from '@loghunter/adapters/sql-stores';
import { defaultServiceSettings } from '@loghunter/engine/records';
import type { SqlDatabase, WorkChange } from '@loghunter/ports';
import { createFakeLiveBus, createFakeLogStore, createManualClock } from '@loghunter/ports/testing';
import { createEventIdentifier } from '../../bff/events/identify-event.ts';
import { createTenantRules } from '../../bff/events/tenant-rules.ts';
import { createLiveFeed } from '../../bff/live/live-feed.ts';
import { createWorkFollower } from '../../bff/work-list/follow-work.ts';
import { clusterIdOf, clusterOf, countOf, minuteOf, openTenant } from '../../ports/testing/ledger-samples.ts';
import { hasPostgres, startPostgres, type RunningPostgres } from '../servers/postgres.ts';
import { migrate } from './sql-database.ts';

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 20, 10);
const clusterCount = 450;
const numbers = Array.from({ length: clusterCount }, (_, n) => n);

describe.skipIf(!hasPostgres())('two followers of one ledger', () => {
  let postgres: RunningPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
    await migrate(postgres.url);
  });
  afterAll(() => postgres.stop());

  test('make each change once, over many passes at the same time', async () => {
    const clock = createManualClock(startMs + 10 * minuteMs);
    const replicas = [openReplica(postgres.url, clock), openReplica(postgres.url, clock)];
    const [first] = replicas;
    if (first === undefined) {
      throw new TypeError('no replica');
    }
    const { tenant, watch } = await openTenant(first.stores);
    const write = (atMs: number) =>
      first.stores.ledger.write(tenant.id, {
        ...{ watchId: watch.id, samples: [], clusters: numbers.map((n) => clusterOf(n)) },
        minutes: [
          minuteOf(
            atMs,
            numbers.map((n) => countOf(n, atMs, 1))
          ),
        ],
      });
    const followers = replicas.map((replica) => replica.follow(tenant.id));
    const followTogether = () => Promise.all(Array.from({ length: 4 }, (_, n) => followers[n % 2]?.follow()));

    await write(startMs);
    await followTogether();
    const resolvedAtMs = clock.nowMs();
    const work = { state: 'resolved', sinceMs: resolvedAtMs, reopensAfterMs: resolvedAtMs, release: null } as const;
    await first.unitOfWork.run(tenant.id, async () => {
      const rows = await first.workList.lock(tenant.id, numbers.map(clusterIdOf), null);
      const changes = rows.flatMap(({ clusterId, current: before }): WorkChange[] =>
        before === null ? [] : [{ clusterId, before, after: { work, assignee: null }, reason: 'person' }]
      );
      expect(changes).toHaveLength(clusterCount);
      await first.workList.change(tenant.id, changes, { changeId: null, actor: null, atMs: resolvedAtMs });
    });
    clock.advance(5 * minuteMs);
    await write(clock.nowMs() - minuteMs);
    await followTogether();
    await followTogether();

    const count = (text: string) => countRows(first.database, tenant.id, text);
    expect(await count('state as key from cluster_work')).toEqual({ regressed: clusterCount });
    expect(await count('reason as key from cluster_history')).toEqual({
      ...{ 'first-line': clusterCount, person: clusterCount, 'new-lines': clusterCount },
    });
    const regressed = (await count('kind as key from notices'))['cluster-regressed'];
    expect(regressed).toBe(clusterCount);
    const told = await count("unnest(ids) as key from live_events where topic = 'cluster-work'");
    expect([Object.keys(told).length, new Set(Object.values(told))]).toEqual([clusterCount, new Set([2])]);
    await Promise.all(replicas.map(({ database }) => database.close()));
  }, 60_000);
});

function openReplica(url: string, clock: ReturnType<typeof createManualClock>) {
  const { database, unitOfWork } = createUnitOfWork(connectPostgres({ url, maxConnections: 4 }));
  const stores = {
    ledger: createLedger(database),
    clusterStore: createClusterStore(database),
    clusterRules: createClusterRules(database),
  };
  const workList = createWorkListStore(database);
  return {
    database,
    unitOfWork,
    stores,
    workList,
    follow(tenantId: string) {
      const rules = createTenantRules({ tenantId, rules: stores.clusterRules, clock });
      const services = defaultServiceSettings;
      return createWorkFollower({
        ...{ tenantId, workList, unitOfWork, clock, services, latenessMs: minuteMs, quietMs: null },
        ...{ clusters: stores.clusterStore, clusterRules: stores.clusterRules, notices: createNoticeStore(database) },
        identifier: createEventIdentifier({ tenantId, services, rules }),
        logs: createFakeLogStore(),
        live: createLiveFeed({
          ...{
            store: createLiveStore(database),
            bus: createFakeLiveBus(),
            unitOfWork,
            clock,
            observeFailure: () => undefined,
          },
        }),
      });
    },
  };
}

/** How many rows of a tenant there are for each key. */
async function countRows(database: SqlDatabase, tenantId: string, rows: string): Promise<Record<string, number>> {
  const found = await database.withTenant(tenantId, (session) =>
    session.query<{ key: string; count: number }>(
      `select key, count(*)::integer as count from (select ${rows}) counted group by key`,
      []
    )
  );
  return Object.fromEntries(found.map(({ key, count }) => [key, count]));
}
