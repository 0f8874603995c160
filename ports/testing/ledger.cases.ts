import { expect } from 'vitest';
import { isPortError } from '../errors.ts';
import type { ContractCase } from './contract-case.ts';
import {
  clusterIdOf,
  clusterOf,
  countOf,
  hourMs,
  hourStartMs,
  minuteMs,
  minuteOf,
  openTenant,
  writeMinutes,
} from './ledger-samples.ts';
import type { FreshTenant, StoresUnderTest } from './ledger-samples.ts';

const day = { fromMs: hourStartMs - 12 * hourMs, toMs: hourStartMs + 12 * hourMs };

const dayStartMs = hourStartMs - 10 * hourMs;

function readCluster(stores: StoresUnderTest, { tenant }: FreshTenant, n: number) {
  return stores.clusterStore.getCluster(tenant.id, clusterIdOf(n), day, 1);
}

async function kindOfFailure(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'none',
    (error: unknown) => (isPortError(error) ? error.kind : `not a PortError: ${String(error)}`)
  );
}

/** What every ledger does; the cluster store beside it shows the figures. */
export const ledgerCases: ReadonlyArray<ContractCase<StoresUnderTest>> = [
  {
    title: 'a tenant is created once and takes a new lokiOrgId',
    async run({ ledger }) {
      const name = `tenant ${crypto.randomUUID()}`;
      const first = await ledger.ensureTenant(name, null);
      const second = await ledger.ensureTenant(name, 'org-7');
      expect(second).toEqual({ id: first.id, name, lokiOrgId: 'org-7', settings: {} });
      expect((await ledger.listTenants()).filter((tenant) => tenant.name === name)).toEqual([second]);
    },
  },
  {
    title: 'a watch keeps its id and marks when its selectors change',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      const progress = { readFromMs: hourStartMs, readUpToMs: hourStartMs + hourMs };
      await stores.ledger.write(tenant.id, { watchId: watch.id, minutes: [], clusters: [], samples: [], progress });
      const changed = { name: 'all', selectors: ['{app="a"}', '{app!="a", b="\\"}'], discoveredLabelNames: ['app'] };
      const expected = { id: watch.id, ...changed, ...progress, oneIn: 1, source: '', isRetired: false };
      expect(await stores.ledger.ensureWatch(tenant.id, changed)).toEqual(expected);
      expect(await stores.ledger.listWatches(tenant.id)).toEqual([expected]);
      const withoutSelectors = { name: 'all', selectors: [], discoveredLabelNames: [] };
      expect(await stores.ledger.ensureWatch(tenant.id, withoutSelectors)).toEqual(expected);
    },
  },
  {
    title: 'one holder at a time has the lease of a watch',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      const lease = (holder: string, ttlMs: number) => stores.ledger.leaseWatch(tenant.id, watch.id, holder, ttlMs);
      expect(await lease('one', 60_000)).toBe(true);
      expect(await lease('two', 60_000)).toBe(false);
      expect(await lease('one', 60_000)).toBe(true);
      await stores.ledger.releaseWatch(tenant.id, watch.id, 'two');
      expect(await lease('two', 60_000)).toBe(false);
      await stores.ledger.releaseWatch(tenant.id, watch.id, 'one');
      expect(await lease('two', 1)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(await lease('one', 60_000)).toBe(true);
    },
  },
  {
    title: 'holders share the watches, and give back what is beyond their share when another one comes',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      const names = ['b', 'c', 'd'];
      const others = await Promise.all(
        names.map((name) =>
          stores.ledger.ensureWatch(tenant.id, { name, selectors: ['{a="b"}'], discoveredLabelNames: [] })
        )
      );
      const ids = [watch.id, ...others.map(({ id }) => id)];
      const leaseAll = async (holder: string) => {
        const leased: boolean[] = [];
        for (const id of ids) {
          leased.push(await stores.ledger.leaseWatch(tenant.id, id, holder, 60_000, { isShared: true }));
        }
        return leased.filter(Boolean).length;
      };
      expect(await leaseAll('one')).toBe(4);
      expect(await leaseAll('two')).toBe(0);
      expect(await leaseAll('one')).toBe(2);
      expect(await leaseAll('two')).toBe(2);
      expect([await leaseAll('one'), await leaseAll('two')]).toEqual([2, 2]);
      for (const id of ids) {
        await stores.ledger.releaseWatch(tenant.id, id, 'one');
      }
      expect(await leaseAll('two')).toBe(4);
    },
  },
  {
    title: 'a holder that lost the lease writes nothing and changes no watch',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      const { ledger } = stores;
      const write = (leaseHolder: string, upToMs: number) =>
        ledger.write(tenant.id, {
          watchId: watch.id,
          minutes: [minuteOf(hourStartMs, [countOf(1, hourStartMs, leaseHolder === 'slow' ? 5 : 8)])],
          clusters: [clusterOf(1)],
          samples: [],
          progress: { readFromMs: hourStartMs, readUpToMs: upToMs },
          leaseHolder,
        });
      expect(await ledger.leaseWatch(tenant.id, watch.id, 'slow', 1)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 30));
      // Nobody took the lease that has ended: nobody else can have written.
      await write('slow', hourStartMs + minuteMs);
      expect(await ledger.leaseWatch(tenant.id, watch.id, 'quick', 60_000)).toBe(true);
      await write('quick', hourStartMs + hourMs);
      expect(await kindOfFailure(write('slow', hourStartMs + 2 * minuteMs))).toBe('conflict');
      const change = { name: 'all', selectors: ['{app="x"}'], discoveredLabelNames: [] };
      expect(await kindOfFailure(ledger.ensureWatch(tenant.id, change, 'slow'))).toBe('conflict');
      await ledger.releaseWatch(tenant.id, watch.id, 'quick');
      expect(await kindOfFailure(write('slow', hourStartMs + 2 * minuteMs))).toBe('conflict');
      expect(await readCluster(stores, { tenant, watch }, 1)).toMatchObject({ eventCount: 8 });
      expect(await ledger.listWatches(tenant.id)).toMatchObject([
        { selectors: watch.selectors, readUpToMs: hourStartMs + hourMs },
      ]);
    },
  },
  {
    title: 'marks never move back',
    async run({ ledger, ...stores }) {
      const { tenant, watch } = await openTenant({ ledger, ...stores });
      const progressTo = (readFromMs: number, readUpToMs: number) =>
        ledger.write(tenant.id, {
          watchId: watch.id,
          minutes: [],
          clusters: [],
          samples: [],
          progress: { readFromMs, readUpToMs },
        });
      await progressTo(hourStartMs, hourStartMs + hourMs);
      await progressTo(hourStartMs + minuteMs, hourStartMs + 2 * minuteMs);
      expect(await ledger.listWatches(tenant.id)).toMatchObject([
        { readFromMs: hourStartMs, readUpToMs: hourStartMs + hourMs },
      ]);
    },
  },
  {
    title: 'a retired watch holds nothing back and gives its streams away',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      const { ledger } = stores;
      const progress = { readFromMs: hourStartMs, readUpToMs: hourStartMs + minuteMs };
      const minutes = [minuteOf(hourStartMs, [countOf(1, hourStartMs, 5)])];
      const clusters = [clusterOf(1)];
      await ledger.leaseWatch(tenant.id, watch.id, 'old', 60_000);
      await ledger.write(tenant.id, { watchId: watch.id, minutes, clusters, samples: [], progress });
      const wanted = { name: 'new', selectors: ['{app="shop"}'], discoveredLabelNames: [] };
      const next = await ledger.ensureWatch(tenant.id, wanted);
      const write = {
        watchId: next.id,
        clusters,
        samples: [],
        minutes: [minuteOf(hourStartMs, [countOf(1, hourStartMs, 7)])],
      };
      expect((await ledger.write(tenant.id, write)).foreignStreams).toHaveLength(1);
      expect(await ledger.retireOtherWatches(tenant.id, ['new'])).toEqual(['all']);
      expect(await ledger.retireOtherWatches(tenant.id, ['new'])).toEqual([]);
      expect(await ledger.leaseWatch(tenant.id, watch.id, 'old', 60_000)).toBe(false);
      const late = { watchId: watch.id, minutes, clusters, samples: [], leaseHolder: 'old' };
      expect(await kindOfFailure(ledger.write(tenant.id, late))).toBe('conflict');
      const laterProgress = { readFromMs: hourStartMs, readUpToMs: hourStartMs + hourMs };
      expect((await ledger.write(tenant.id, { ...write, progress: laterProgress })).foreignStreams).toEqual([]);
      expect(await readCluster(stores, { tenant, watch }, 1)).toMatchObject({ eventCount: 7 });
      expect(await ledger.readMinutes(tenant.id, watch.id, day.fromMs, day.toMs)).toEqual([]);
      expect(await stores.clusterStore.readCoverage(tenant.id, day)).toMatchObject(laterProgress);
      const names = (await ledger.listWatches(tenant.id)).map(({ name, isRetired }) => [name, isRetired]);
      expect(names).toEqual([
        ['all', true],
        ['new', false],
      ]);
      expect((await ledger.ensureWatch(tenant.id, { ...wanted, name: 'all' })).isRetired).toBe(false);
    },
  },
  {
    title: 'a minute whose clusters do not add up to its lines is found',
    async run(stores) {
      const fresh = await openTenant(stores);
      const range = { fromMs: dayStartMs, toMs: dayStartMs + 24 * hourMs };
      await writeMinutes(stores, fresh, [
        minuteOf(hourStartMs, [countOf(1, hourStartMs, 5)]),
        minuteOf(hourStartMs + minuteMs, [countOf(1, hourStartMs + minuteMs, 5)], { lineCount: 9 }),
      ]);
      expect(await stores.ledger.checkSums(fresh.tenant.id, range)).toEqual({
        unbalancedMinutes: [
          { labels: { app: 'shop', pod: 'a' }, minuteMs: hourStartMs + minuteMs, lineCount: 9, clusterLineCount: 5 },
        ],
        wrongSums: [],
      });
      expect(await stores.ledger.checkTotals(fresh.tenant.id)).toEqual([]);
    },
  },
  {
    title: 'writing the same again changes nothing',
    async run(stores) {
      const fresh = await openTenant(stores);
      const minutes = [
        minuteOf(hourStartMs, [countOf(1, hourStartMs, 5), countOf(2, hourStartMs, 7, { level: 'warn' })]),
      ];
      await writeMinutes(stores, fresh, minutes);
      const before = [await readCluster(stores, fresh, 1), await readCluster(stores, fresh, 2)];
      await writeMinutes(stores, fresh, minutes);
      expect([await readCluster(stores, fresh, 1), await readCluster(stores, fresh, 2)]).toEqual(before);
      expect(before[0]).toMatchObject({ eventCount: 5, lineCount: 5, level: 'error' });
    },
  },
  {
    title: 'a minute that is read again replaces what was stored of it',
    async run(stores) {
      const fresh = await openTenant(stores);
      await writeMinutes(stores, fresh, [
        minuteOf(hourStartMs, [countOf(1, hourStartMs, 5), countOf(2, hourStartMs, 7)]),
      ]);
      await writeMinutes(stores, fresh, [minuteOf(hourStartMs, [countOf(2, hourStartMs, 9, { lineCount: 20 })])]);
      expect(await readCluster(stores, fresh, 2)).toMatchObject({ eventCount: 9, lineCount: 20 });
      expect((await stores.clusterStore.readCoverage(fresh.tenant.id, day)).lineCount).toBe(20);
    },
  },
  {
    title: 'a cluster whose every event was taken back is gone',
    async run(stores) {
      const fresh = await openTenant(stores);
      await writeMinutes(stores, fresh, [minuteOf(hourStartMs, [countOf(1, hourStartMs, 5)])]);
      await writeMinutes(stores, fresh, [minuteOf(hourStartMs, [])]);
      expect(await readCluster(stores, fresh, 1)).toBeNull();
      await writeMinutes(stores, fresh, [
        minuteOf(hourStartMs + minuteMs, [countOf(1, hourStartMs + minuteMs, 2, { level: 'info' })]),
      ]);
      expect(await readCluster(stores, fresh, 1)).toMatchObject({
        eventCount: 2,
        level: 'info',
        firstSeenMs: hourStartMs + minuteMs + 1000,
      });
    },
  },
  {
    title: 'streams and minutes of a cluster add up',
    async run(stores) {
      const fresh = await openTenant(stores);
      await writeMinutes(stores, fresh, [
        minuteOf(hourStartMs, [countOf(1, hourStartMs, 5)], { pod: 'a' }),
        minuteOf(hourStartMs, [countOf(1, hourStartMs, 6)], { pod: 'b' }),
        minuteOf(hourStartMs + hourMs, [countOf(1, hourStartMs + hourMs, 7, { level: 'fatal' })], { pod: 'b' }),
      ]);
      expect(await readCluster(stores, fresh, 1)).toMatchObject({
        eventCount: 18,
        level: 'fatal',
        firstSeenMs: hourStartMs + 1000,
        lastSeenMs: hourStartMs + hourMs + 1007,
      });
    },
  },
  {
    title: 'the last of two writes of a minute in one call counts',
    async run(stores) {
      const fresh = await openTenant(stores);
      await writeMinutes(stores, fresh, [
        minuteOf(hourStartMs, [countOf(1, hourStartMs, 5)]),
        minuteOf(hourStartMs, [countOf(1, hourStartMs, 3)]),
      ]);
      expect(await readCluster(stores, fresh, 1)).toMatchObject({ eventCount: 3 });
    },
  },
  {
    title: 'first and last seen draw back when the minute that held them is replaced',
    async run(stores) {
      const fresh = await openTenant(stores);
      const times = [hourStartMs, hourStartMs + minuteMs, hourStartMs + 2 * minuteMs];
      await writeMinutes(
        stores,
        fresh,
        times.map((atMs) => minuteOf(atMs, [countOf(1, atMs, 1)]))
      );
      await writeMinutes(stores, fresh, [minuteOf(hourStartMs, []), minuteOf(hourStartMs + 2 * minuteMs, [])]);
      expect(await readCluster(stores, fresh, 1)).toMatchObject({
        firstSeenMs: hourStartMs + minuteMs + 1000,
        lastSeenMs: hourStartMs + minuteMs + 1001,
      });
    },
  },
  {
    title: 'the level falls when the severe minute is replaced',
    async run(stores) {
      const fresh = await openTenant(stores);
      await writeMinutes(stores, fresh, [
        minuteOf(hourStartMs, [countOf(1, hourStartMs, 1, { level: 'fatal' })]),
        minuteOf(hourStartMs + minuteMs, [countOf(1, hourStartMs + minuteMs, 1, { level: 'debug' })]),
      ]);
      await writeMinutes(stores, fresh, [minuteOf(hourStartMs, [countOf(1, hourStartMs, 1, { level: 'unknown' })])]);
      expect(await readCluster(stores, fresh, 1)).toMatchObject({ level: 'debug' });
    },
  },
  {
    title: 'a stream of another watch is left out and told',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      const other = await stores.ledger.ensureWatch(tenant.id, {
        name: 'other',
        selectors: ['{}'],
        discoveredLabelNames: [],
      });
      await writeMinutes(stores, { tenant, watch }, [minuteOf(hourStartMs, [countOf(1, hourStartMs, 5)])]);
      const answer = await stores.ledger.write(tenant.id, {
        watchId: other.id,
        minutes: [
          minuteOf(hourStartMs, [countOf(2, hourStartMs, 9)]),
          minuteOf(hourStartMs, [countOf(1, hourStartMs, 2)], { pod: 'b' }),
        ],
        clusters: [clusterOf(1), clusterOf(2)],
        samples: [],
      });
      expect(answer.foreignStreams).toEqual([{ app: 'shop', pod: 'a' }]);
      expect(await readCluster(stores, { tenant, watch }, 1)).toMatchObject({ eventCount: 7 });
      expect(await readCluster(stores, { tenant, watch }, 2)).toBeNull();
    },
  },
  {
    title: 'a write that is refused leaves nothing behind',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      const write = {
        watchId: watch.id,
        minutes: [minuteOf(hourStartMs, [countOf(1, hourStartMs, 5), countOf(2, hourStartMs, 5)])],
        clusters: [clusterOf(1)],
        samples: [],
        progress: { readFromMs: hourStartMs, readUpToMs: hourStartMs + minuteMs },
      };
      expect(await kindOfFailure(stores.ledger.write(tenant.id, write))).toBe('rejected');
      expect(await stores.ledger.listWatches(tenant.id)).toEqual([watch]);
      expect(await stores.ledger.readMinutes(tenant.id, watch.id, day.fromMs, day.toMs)).toEqual([]);
    },
  },
  {
    title: 'a write for an unknown watch is refused',
    async run(stores) {
      const { tenant } = await openTenant(stores);
      const write = { watchId: crypto.randomUUID(), minutes: [], clusters: [], samples: [] };
      expect(await kindOfFailure(stores.ledger.write(tenant.id, write))).toBe('not-found');
    },
  },
  {
    title: 'stored minutes are those of the watch, from included and to excluded',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      const minutes = [0, 1, 2, 3].map((step) =>
        minuteOf(hourStartMs + step * minuteMs, [], { lineCount: 10 + step, unreadLineCount: step, isClosed: step < 2 })
      );
      await writeMinutes(stores, { tenant, watch }, minutes);
      const stored = await stores.ledger.readMinutes(
        tenant.id,
        watch.id,
        hourStartMs + minuteMs,
        hourStartMs + 3 * minuteMs
      );
      expect(stored).toEqual([
        {
          labels: { app: 'shop', pod: 'a' },
          minuteMs: hourStartMs + minuteMs,
          lineCount: 11,
          unreadLineCount: 1,
          isClosed: true,
        },
        {
          labels: { app: 'shop', pod: 'a' },
          minuteMs: hourStartMs + 2 * minuteMs,
          lineCount: 12,
          unreadLineCount: 2,
          isClosed: false,
        },
      ]);
      expect(await stores.ledger.readMinutes(tenant.id, crypto.randomUUID(), day.fromMs, day.toMs)).toEqual([]);
    },
  },
  {
    title: 'deleting old counts keeps totals and never counts a minute twice',
    async run(stores) {
      const fresh = await openTenant(stores);
      const old = minuteOf(dayStartMs - minuteMs, [countOf(1, dayStartMs - minuteMs, 5, { level: 'fatal' })]);
      const older = minuteOf(dayStartMs - 50 * hourMs, [countOf(1, dayStartMs - 50 * hourMs, 7)]);
      const recent = minuteOf(dayStartMs, [countOf(1, dayStartMs, 3)]);
      await writeMinutes(stores, fresh, [older, old, recent]);
      expect(await stores.ledger.deleteCountsBefore(fresh.tenant.id, dayStartMs + 10 * hourMs)).toBeGreaterThan(0);
      await writeMinutes(stores, fresh, [older, old, recent]);
      expect(await readCluster(stores, fresh, 1)).toMatchObject({
        eventCount: 3,
        level: 'fatal',
        firstSeenMs: dayStartMs - 50 * hourMs + 1000,
      });
      expect(await stores.ledger.deleteCountsBefore(fresh.tenant.id, dayStartMs)).toBe(0);
      expect(await stores.ledger.checkTotals(fresh.tenant.id)).toEqual([]);
      await stores.ledger.rebuildTotals(fresh.tenant.id);
      expect(await readCluster(stores, fresh, 1)).toMatchObject({ eventCount: 3, level: 'fatal' });
    },
  },
  {
    title: 'counts that nobody keeps go by whole weeks, those that others keep by the day',
    async run(stores) {
      const { ledger } = stores;
      const mondayMs = Date.UTC(2020, 2, 2);
      const dayMs = 24 * hourMs;
      const daysFrom = (...days: readonly number[]) => days.map((day) => mondayMs + day * dayMs);
      const minutes = daysFrom(-3, 1, 3, 8, 9).map((ms) => minuteOf(ms, [countOf(1, ms, 5)]));
      const fresh = await openTenant(stores);
      await writeMinutes(stores, fresh, minutes);
      const readDays = async () =>
        (await ledger.readMinutes(fresh.tenant.id, fresh.watch.id, mondayMs - 7 * dayMs, mondayMs + 14 * dayMs)).map(
          (minute) => (minute.minuteMs - mondayMs) / dayMs
        );
      const expectKept = async (days: readonly number[]) => {
        expect(await readDays()).toEqual(days);
        await writeMinutes(stores, fresh, minutes);
        expect(await readDays()).toEqual(days);
        expect(await ledger.checkTotals(fresh.tenant.id)).toEqual([]);
        expect(
          await ledger.checkSums(fresh.tenant.id, { fromMs: mondayMs - 7 * dayMs, toMs: mondayMs + 14 * dayMs })
        ).toEqual({ unbalancedMinutes: [], wrongSums: [] });
        const range = { fromMs: mondayMs, toMs: mondayMs + 14 * dayMs };
        const cluster = await stores.clusterStore.getCluster(fresh.tenant.id, clusterIdOf(1), range, 1);
        expect(cluster?.eventCount).toBe(5 * days.filter((day) => day >= 0).length);
      };
      const [cutMs = 0, laterMs = 0, nextWeekMs = 0] = daysFrom(2.5, 8.5, 15);
      await ledger.deleteCountsBefore(fresh.tenant.id, cutMs, cutMs);
      await expectKept([1, 3, 8, 9]);
      // Another tenant keeps this week, so that nothing waits for it.
      await ledger.deleteCountsBefore(fresh.tenant.id, laterMs + dayMs, cutMs);
      await expectKept([9]);
      await ledger.deleteCountsBefore(fresh.tenant.id, nextWeekMs, nextWeekMs);
      await expectKept([]);
    },
  },
  {
    title: 'samples hold the first, the last and at most six between',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      const sampleAt = (step: number) => ({
        clusterId: clusterIdOf(1),
        timestampNs: BigInt(hourStartMs + step * minuteMs) * 1_000_000n,
        text: `line ${step}`,
      });
      const write = (steps: readonly number[]) =>
        stores.ledger.write(tenant.id, {
          watchId: watch.id,
          minutes: [minuteOf(hourStartMs, [countOf(1, hourStartMs, 5)])],
          clusters: [clusterOf(1)],
          samples: steps.map(sampleAt),
        });
      await write([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
      await write([5, 21, 40]);
      const samples = await stores.clusterStore.listSamples(tenant.id, clusterIdOf(1));
      expect(samples.length).toBeGreaterThanOrEqual(4);
      expect(samples.length).toBeLessThanOrEqual(8);
      expect(samples[0]).toEqual({ atMs: hourStartMs + 5 * minuteMs, text: 'line 5' });
      expect(samples.at(-1)).toEqual({ atMs: hourStartMs + 40 * minuteMs, text: 'line 40' });
      await write([5, 21, 40]);
      expect(await stores.clusterStore.listSamples(tenant.id, clusterIdOf(1))).toEqual(samples);
    },
  },
  {
    title: 'any text is kept, and never taken for SQL',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      const text = `'; drop table tenants; -- {"a",NULL} \\ \n\t "quoted" $1 é 漢 🙂 {}`;
      const identity = clusterOf(1, {
        service: text,
        namespace: text,
        templateText: text,
        template: [{ kind: 'text', text }],
      });
      await stores.ledger.write(tenant.id, {
        watchId: watch.id,
        minutes: [
          {
            ...minuteOf(hourStartMs, [countOf(1, hourStartMs, 1)]),
            labels: { [text]: text },
            service: text,
            namespace: text,
          },
        ],
        clusters: [identity],
        samples: [{ clusterId: identity.id, timestampNs: 1n, text }],
      });
      expect(await readCluster(stores, { tenant, watch }, 1)).toMatchObject({
        service: text,
        templateText: text,
        template: [{ kind: 'text', text }],
      });
      expect(await stores.clusterStore.listServices(tenant.id, [text])).toEqual([{ service: text, namespace: text }]);
      expect(await stores.clusterStore.listSamples(tenant.id, identity.id)).toEqual([{ atMs: 0, text }]);
      const [stored] = await stores.ledger.readMinutes(tenant.id, watch.id, day.fromMs, day.toMs);
      expect(stored?.labels).toEqual({ [text]: text });
    },
  },
  {
    title: 'the same stream and cluster of two tenants are counted apart',
    async run(stores) {
      const [one, two] = [await openTenant(stores), await openTenant(stores)];
      await writeMinutes(stores, one, [minuteOf(hourStartMs, [countOf(1, hourStartMs, 5)])]);
      await writeMinutes(stores, two, [minuteOf(hourStartMs, [countOf(1, hourStartMs, 2)])]);
      expect(await readCluster(stores, one, 1)).toMatchObject({ eventCount: 5 });
      expect(await readCluster(stores, two, 1)).toMatchObject({ eventCount: 2 });
      expect(await stores.ledger.readMinutes(two.tenant.id, one.watch.id, day.fromMs, day.toMs)).toEqual([]);
      expect(await stores.ledger.leaseWatch(two.tenant.id, one.watch.id, 'thief', 1000)).toBe(false);
      const theft = stores.ledger.write(two.tenant.id, {
        watchId: one.watch.id,
        minutes: [],
        clusters: [],
        samples: [],
      });
      expect(await kindOfFailure(theft)).toBe('not-found');
    },
  },
];
