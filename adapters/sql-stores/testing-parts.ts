// What the parts of the tables of counts have to keep, on every SQL database.
import { clusterIdOf, countOf, minuteOf, openTenant, writeMinutes } from '@loghunter/ports/testing';
import type { StoresUnderTest } from '@loghunter/ports/testing';
import type { SqlDatabase } from '@loghunter/ports';
import { expect } from 'vitest';
import { createPartMaker, startOfWeek, weekMs } from './count-parts.ts';

interface PartCase {
  readonly title: string;
  run(stores: StoresUnderTest & { readonly database: SqlDatabase }): Promise<void>;
}

const dayMs = 86_400_000;

interface Part extends Record<string, unknown> {
  readonly name: string;
  readonly is_bound: boolean;
  readonly options: readonly string[] | null;
  readonly index_count: number;
}

/** The parts that begin at a Monday, by name. */
function readParts(database: SqlDatabase, mondayMs: number): Promise<readonly Part[]> {
  const day = new Date(mondayMs).toISOString().slice(0, 10).replaceAll('-', '');
  return database.withInstallation((session) =>
    session.query<Part>(
      `select relname as name, relrowsecurity and relforcerowsecurity and exists (select from pg_policy where polrelid = pg_class.oid) as is_bound,
         reloptions as options, (select count(*) from pg_index where indrelid = pg_class.oid)::integer as index_count
       from pg_class where relispartition and relkind = 'r' and relname like $1 order by 1`,
      [`%\\_${day}`]
    )
  );
}

async function countAt(stores: StoresUnderTest, timeMs: number) {
  const fresh = await openTenant(stores);
  await writeMinutes(stores, fresh, [minuteOf(timeMs, [countOf(1, timeMs, 5)])]);
  return fresh.tenant.id;
}

async function callAs(database: SqlDatabase, text: string): Promise<unknown> {
  return database.withInstallation((session) => session.query(text)).catch((error: unknown) => error);
}

/** How often the part of counts that begins at a Monday has been looked into. */
async function countScans(database: SqlDatabase, mondayMs: number): Promise<number> {
  const name = `cluster_minutes_${new Date(mondayMs).toISOString().slice(0, 10).replaceAll('-', '')}`;
  // What a transaction has read is told within a second otherwise.
  await database.withInstallation((session) => session.query('select pg_stat_force_next_flush()'));
  const [row] = await database.withInstallation((session) =>
    session.query<{ count: number }>(
      'select (seq_scan + idx_scan)::bigint as count from pg_stat_user_tables where relname = $1',
      [name]
    )
  );
  return row?.count ?? 0;
}

/** Each case has weeks of its own, long ago, because the parts are everybody's. */
export const partCases: readonly PartCase[] = [
  {
    title: 'a week that is written for the first time has parts like every other one',
    async run(stores) {
      const mondayMs = Date.UTC(2015, 5, 1);
      expect(await readParts(stores.database, mondayMs)).toEqual([]);
      const tenantId = await countAt(stores, mondayMs + 7 * dayMs - 60_000);
      expect(await readParts(stores.database, mondayMs)).toEqual([
        { name: 'cluster_hours_20150601', is_bound: true, options: ['fillfactor=80'], index_count: 2 },
        { name: 'cluster_minutes_20150601', is_bound: true, options: null, index_count: 2 },
        { name: 'stream_minutes_20150601', is_bound: true, options: null, index_count: 1 },
      ]);
      const failure = stores.database.withTenant(tenantId, (session) =>
        session.query('select 1 as one from cluster_minutes_20150601')
      );
      await expect(failure).rejects.toMatchObject({ kind: 'rejected' });
    },
  },
  {
    title: 'a week goes when the last tenant has deleted its counts, and with it nothing that is counted',
    async run(stores) {
      const mondayMs = Date.UTC(2014, 5, 2);
      const [one, two] = [await countAt(stores, mondayMs), await countAt(stores, mondayMs + dayMs)];
      const later = await countAt(stores, mondayMs + 7 * dayMs);
      const cutMs = mondayMs + 7 * dayMs;
      await stores.ledger.deleteCountsBefore(one, cutMs, cutMs);
      expect(await readParts(stores.database, mondayMs)).toHaveLength(3);
      await stores.ledger.deleteCountsBefore(two, cutMs, cutMs);
      expect(await readParts(stores.database, mondayMs)).toEqual([]);
      expect(await readParts(stores.database, mondayMs + 7 * dayMs)).toHaveLength(3);
      for (const tenantId of [one, two, later]) {
        expect(await stores.ledger.checkTotals(tenantId)).toEqual([]);
        const range = { fromMs: mondayMs, toMs: mondayMs + 14 * dayMs };
        expect(await stores.ledger.checkSums(tenantId, range)).toEqual({ unbalancedMinutes: [], wrongSums: [] });
        const cluster = await stores.clusterStore.getCluster(tenantId, clusterIdOf(1), range, 1);
        expect(cluster?.eventCount).toBe(tenantId === later ? 5 : 0);
      }
    },
  },
  {
    title: 'the next week has its parts before anybody writes in it',
    async run(stores) {
      await stores.ledger.deleteCountsBefore(await countAt(stores, Date.UTC(2012, 5, 4)), Date.UTC(2012, 5, 5));
      expect(await readParts(stores.database, startOfWeek(Date.now()) + weekMs)).toHaveLength(3);
    },
  },
  {
    title: 'a week that was dropped is made again for a tenant that still counts in it',
    async run(stores) {
      const mondayMs = Date.UTC(2013, 5, 3);
      const cutMs = mondayMs + 7 * dayMs;
      await stores.ledger.deleteCountsBefore(await countAt(stores, mondayMs), cutMs, cutMs);
      expect(await readParts(stores.database, mondayMs)).toEqual([]);
      await countAt(stores, mondayMs);
      expect(await readParts(stores.database, mondayMs)).toHaveLength(3);
    },
  },
  {
    title: 'clusters with events in the same minutes are looked for in the weeks of these minutes alone',
    async run(stores) {
      const [mondayMs, otherMs] = [Date.UTC(2008, 5, 2), Date.UTC(2008, 5, 9)];
      const fresh = await openTenant(stores);
      const minutes = [mondayMs, otherMs].map((ms) => minuteOf(ms, [countOf(1, ms, 5), countOf(2, ms, 5)]));
      await writeMinutes(stores, fresh, minutes);
      const before = await countScans(stores.database, otherMs);
      const { clusters } = await stores.clusterStore.listCompanions(fresh.tenant.id, clusterIdOf(1), {
        ...{ busyMs: [mondayMs], quietMs: [mondayMs + 60_000], maxStreams: 5, maxClusters: 5 },
      });
      expect(clusters.map(({ id }) => id)).toEqual([clusterIdOf(2)]);
      expect(await countScans(stores.database, mondayMs)).toBeGreaterThan(0);
      expect(await countScans(stores.database, otherMs)).toBe(before);
    },
  },
  {
    title: 'a week that this process made while it ran is made again when it is over and was dropped',
    async run({ database }) {
      const mondayMs = Date.UTC(2011, 5, 6);
      let nowMs = mondayMs + dayMs;
      const makeParts = createPartMaker(database, () => nowMs);
      await makeParts([mondayMs]);
      await callAs(database, `select drop_count_parts('2011-06-13Z')`);
      expect(await readParts(database, mondayMs)).toEqual([]);
      nowMs = mondayMs + 90 * dayMs;
      await makeParts([mondayMs]);
      expect(await readParts(database, mondayMs)).toHaveLength(3);
    },
  },
  {
    title: 'the role of the server makes weeks only, and drops none that is counted or runs',
    async run(stores) {
      const { database } = stores;
      const mondayMs = Date.UTC(2012, 5, 4);
      await countAt(stores, mondayMs);
      const thisWeek = await database.withInstallation((session) =>
        session.query<{ start_at: Date }>(
          `select date_bin('7 days', now(), '1970-01-05Z') as start_at, make_count_parts(array[date_bin('7 days', now(), '1970-01-05Z')])`
        )
      );
      await callAs(database, `select drop_count_parts('infinity')`);
      expect(await readParts(database, mondayMs)).toHaveLength(3);
      expect(await readParts(database, thisWeek[0]?.start_at.getTime() ?? 0)).toHaveLength(3);
      for (const week of ['2012-06-05', '1969-12-29', '2100-01-04', 'infinity']) {
        const failure = await callAs(database, `select make_count_parts(array['${week}Z'::timestamptz])`);
        expect(failure, week).toMatchObject({ kind: 'rejected' });
      }
      expect(await callAs(database, `select count_parts()`)).toMatchObject({ kind: 'rejected' });
      expect(await callAs(database, 'drop table cluster_minutes_20120604')).toMatchObject({ kind: 'rejected' });
    },
  },
];
