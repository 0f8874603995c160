import { unclusteredFingerprint } from '@loghunter/engine/fingerprints';
import { expect } from 'vitest';
import type { ClusterFilter, ClusterPage } from '../cluster-store.ts';
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
const anything: ClusterFilter = { range: day, services: [], namespaces: [], levels: [], text: '' };
const firstPage: ClusterPage = { sort: 'count', order: 'desc', limit: 50, offset: 0, trendPoints: 24 };

/** Ten clusters; cluster n has n + 1 events in minute n of the hour, and its level by n. */
async function writeTen(stores: StoresUnderTest): Promise<FreshTenant> {
  const fresh = await openTenant(stores);
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'unknown'] as const;
  const minutes = Array.from({ length: 10 }, (_, n) => {
    const atMs = hourStartMs + n * minuteMs;
    return minuteOf(atMs, [countOf(n, atMs, n + 1, { level: levels[n % 7] ?? 'unknown' })]);
  });
  await writeMinutes(stores, fresh, minutes);
  return fresh;
}

async function listNumbers(
  stores: StoresUnderTest,
  fresh: FreshTenant,
  filter: Partial<ClusterFilter>,
  page: Partial<ClusterPage> = {}
) {
  const list = await stores.clusterStore.listClusters(
    fresh.tenant.id,
    { ...anything, ...filter },
    { ...firstPage, ...page }
  );
  return list.clusters.map((cluster) => Number.parseInt(cluster.id.slice(-12), 16));
}

/** What every cluster store answers. */
export const clusterStoreCases: ReadonlyArray<ContractCase<StoresUnderTest>> = [
  {
    title: 'a list is sorted by each key in both orders',
    async run(stores) {
      const fresh = await writeTen(stores);
      const expected: ReadonlyArray<readonly [ClusterPage['sort'], readonly number[]]> = [
        ['count', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
        ['firstSeen', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
        ['lastSeen', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
        ['level', [6, 5, 4, 3, 2, 9, 1, 8, 0, 7]],
        ['service', [0, 6, 3, 9, 4, 1, 7, 2, 8, 5]],
        // All are in the later half of the day: the more events, the surer.
        ['trend', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
      ];
      for (const [sort, ascending] of expected) {
        expect(await listNumbers(stores, fresh, {}, { sort, order: 'asc' })).toEqual(ascending);
      }
      expect(await listNumbers(stores, fresh, {}, { sort: 'level', order: 'desc' })).toEqual([
        0, 7, 1, 8, 2, 9, 3, 4, 5, 6,
      ]);
      expect(await listNumbers(stores, fresh, {}, { sort: 'count', order: 'desc' })).toEqual([
        9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
      ]);
    },
  },
  {
    title: 'a list goes by trend from what fell to what rose, page by page, over minutes and over sums by the hour',
    async run(stores) {
      const fresh = await openTenant(stores);
      const early = hourStartMs - 2 * hourMs;
      const late = hourStartMs + 2 * hourMs;
      await writeMinutes(stores, fresh, [
        minuteOf(early, [countOf(1, early, 40), countOf(2, early, 6), countOf(3, early, 10)]),
        minuteOf(late, [countOf(1, late, 10), countOf(2, late, 6), countOf(3, late, 40), countOf(4, late, 1)]),
      ]);
      for (const wings of [2 * hourMs + minuteMs, 12 * hourMs]) {
        const range = { fromMs: hourStartMs - wings, toMs: hourStartMs + wings };
        expect(await listNumbers(stores, fresh, { range }, { sort: 'trend', order: 'asc' })).toEqual([1, 2, 4, 3]);
        const filter = { ...anything, range };
        const page = { ...firstPage, sort: 'trend', order: 'desc', limit: 3 } as const;
        const first = await stores.clusterStore.listClusters(fresh.tenant.id, filter, page);
        const next = { sort: 'trend', order: 'desc', afterKey: first.nextKey ?? [] } as const;
        expect(await listNumbers(stores, fresh, { range }, next)).toEqual([1]);
      }
    },
  },
  {
    title: 'pages do not overlap and totals are those of all pages',
    async run(stores) {
      const fresh = await writeTen(stores);
      const pages = [];
      for (const offset of [0, 4, 8, 12]) {
        const list = await stores.clusterStore.listClusters(fresh.tenant.id, anything, {
          ...firstPage,
          limit: 4,
          offset,
        });
        expect(list).toMatchObject({ totalClusterCount: 10, totalEventCount: 55, totalLineCount: 55 });
        pages.push(list.clusters.map((cluster) => cluster.eventCount));
      }
      expect(pages).toEqual([[10, 9, 8, 7], [6, 5, 4, 3], [2, 1], []]);
    },
  },
  {
    title: 'equal counts are in order of id',
    async run(stores) {
      const fresh = await openTenant(stores);
      await writeMinutes(stores, fresh, [
        minuteOf(
          hourStartMs,
          [5, 2, 9, 1].map((n) => countOf(n, hourStartMs, 3))
        ),
      ]);
      expect(await listNumbers(stores, fresh, {})).toEqual([1, 2, 5, 9]);
      expect(await listNumbers(stores, fresh, {}, { order: 'asc' })).toEqual([1, 2, 5, 9]);
    },
  },
  {
    title: 'services and namespaces narrow the list',
    async run(stores) {
      const fresh = await writeTen(stores);
      expect(await listNumbers(stores, fresh, { services: ['service-1'] })).toEqual([7, 4, 1]);
      expect(
        await listNumbers(stores, fresh, { services: ['service-1', 'service-2'], namespaces: ['namespace-0'] })
      ).toEqual([8, 4, 2]);
      expect(await listNumbers(stores, fresh, { services: ['nobody'] })).toEqual([]);
    },
  },
  {
    title: 'with levels only events of these levels are counted',
    async run(stores) {
      const fresh = await openTenant(stores);
      const counts = [
        countOf(1, hourStartMs, 5, { level: 'fatal' }),
        countOf(1, hourStartMs, 7, { level: 'info' }),
        countOf(2, hourStartMs, 1, { level: 'fatal' }),
      ];
      await writeMinutes(stores, fresh, [minuteOf(hourStartMs, counts)]);
      const list = await stores.clusterStore.listClusters(
        fresh.tenant.id,
        { ...anything, levels: ['info', 'warn'] },
        firstPage
      );
      expect(list).toMatchObject({ totalClusterCount: 1, totalEventCount: 7 });
      expect(list.clusters[0]).toMatchObject({ id: clusterIdOf(1), level: 'fatal', eventCount: 7 });
      expect(list.clusters[0]?.trend.counts.reduce((total, count) => total + count, 0)).toBe(7);
    },
  },
  {
    title: 'text is found in templates in any case, wildcards are plain characters',
    async run(stores) {
      const fresh = await openTenant(stores);
      const texts = ['Pool at 100% of ÄRGER_1', 'pool at 100 of x', 'path C:\\temp', ''];
      const clusters = texts.map((templateText, n) => clusterOf(n, { templateText }));
      const minutes = [
        minuteOf(
          hourStartMs,
          clusters.map((_, n) => countOf(n, hourStartMs, n + 1))
        ),
      ];
      await stores.ledger.write(fresh.tenant.id, { watchId: fresh.watch.id, minutes, clusters, samples: [] });
      expect(await listNumbers(stores, fresh, { text: 'POOL AT' })).toEqual([1, 0]);
      expect(await listNumbers(stores, fresh, { text: '100%' })).toEqual([0]);
      expect(await listNumbers(stores, fresh, { text: 'r_1' })).toEqual([0]);
      expect(await listNumbers(stores, fresh, { text: 'ärger' })).toEqual([0]);
      expect(await listNumbers(stores, fresh, { text: 'c:\\' })).toEqual([2]);
      expect(await listNumbers(stores, fresh, { text: '%' })).toEqual([0]);
      expect(await listNumbers(stores, fresh, { text: "'" })).toEqual([]);
    },
  },
  {
    title: 'a range that cuts hours counts exactly its minutes',
    async run(stores) {
      const fresh = await openTenant(stores);
      const minutes = Array.from({ length: 240 }, (_, step) => hourStartMs + step * minuteMs).map((atMs) =>
        minuteOf(atMs, [countOf(1, atMs, 1)])
      );
      await writeMinutes(stores, fresh, minutes);
      for (const [from, to] of [
        [0, 240],
        [1, 240],
        [0, 239],
        [59, 61],
        [30, 40],
        [61, 179],
        [60, 180],
      ] as const) {
        const range = { fromMs: hourStartMs + from * minuteMs, toMs: hourStartMs + to * minuteMs };
        const list = await stores.clusterStore.listClusters(fresh.tenant.id, { ...anything, range }, firstPage);
        const cluster = await stores.clusterStore.getCluster(fresh.tenant.id, clusterIdOf(1), range, 7);
        const coverage = await stores.clusterStore.readCoverage(fresh.tenant.id, range);
        expect([list.totalEventCount, cluster?.eventCount, coverage.lineCount]).toEqual([
          to - from,
          to - from,
          to - from,
        ]);
        expect(cluster?.trend.counts.reduce((total, count) => total + count, 0)).toBe(to - from);
      }
    },
  },
  {
    title: 'a trend has an event in the step of its minute',
    async run(stores) {
      const fresh = await openTenant(stores);
      const atMs = hourStartMs + 95 * minuteMs;
      await writeMinutes(stores, fresh, [
        minuteOf(atMs, [countOf(1, atMs, 4), countOf(1, atMs, 2, { level: 'info' })]),
      ]);
      const range = { fromMs: hourStartMs, toMs: hourStartMs + 4 * hourMs };
      const cluster = await stores.clusterStore.getCluster(fresh.tenant.id, clusterIdOf(1), range, 4);
      expect(cluster?.trend).toEqual({ startMs: hourStartMs, stepMs: hourMs, counts: [0, 6, 0, 0] });
      const trend = await stores.clusterStore.readTrend(
        fresh.tenant.id,
        clusterIdOf(1),
        { ...range, fromMs: hourStartMs + 5 * minuteMs },
        50 * minuteMs
      );
      expect(trend).toEqual([
        { level: 'error', counts: [0, 4, 0, 0, 0] },
        { level: 'info', counts: [0, 2, 0, 0, 0] },
      ]);
    },
  },
  {
    title: 'steps that cut hours count exactly their minutes',
    async run(stores) {
      const fresh = await openTenant(stores);
      const minutes = Array.from({ length: 600 }, (_, step) => hourStartMs + step * minuteMs).map((atMs) =>
        minuteOf(atMs, [countOf(1, atMs, 1)])
      );
      await writeMinutes(stores, fresh, minutes);
      const range = { fromMs: hourStartMs + 20 * minuteMs, toMs: hourStartMs + 590 * minuteMs };
      const [series] = await stores.clusterStore.readTrend(fresh.tenant.id, clusterIdOf(1), range, 150 * minuteMs);
      expect(series).toEqual({ level: 'error', counts: [150, 150, 150, 120] });
    },
  },
  {
    title: 'a cluster without counts in the range has zeros',
    async run(stores) {
      const fresh = await writeTen(stores);
      const range = { fromMs: hourStartMs + 2 * hourMs, toMs: hourStartMs + 4 * hourMs };
      const cluster = await stores.clusterStore.getCluster(fresh.tenant.id, clusterIdOf(3), range, 2);
      expect(cluster).toMatchObject({
        eventCount: 0,
        lineCount: 0,
        trend: { counts: [0, 0] },
        firstSeenMs: hourStartMs + 3 * minuteMs + 1000,
      });
      expect(await stores.clusterStore.readTrend(fresh.tenant.id, clusterIdOf(3), range, hourMs)).toEqual([]);
    },
  },
  {
    title: 'an unknown cluster and one of another tenant look the same',
    async run(stores) {
      const [one, two] = [await writeTen(stores), await openTenant(stores)];
      for (const [tenantId, id] of [
        [one.tenant.id, crypto.randomUUID()],
        [two.tenant.id, clusterIdOf(1)],
      ] as const) {
        expect(await stores.clusterStore.getCluster(tenantId, id, day, 1)).toBeNull();
        expect(await stores.clusterStore.listSamples(tenantId, id)).toEqual([]);
        expect(await stores.clusterStore.readTrend(tenantId, id, day, hourMs)).toEqual([]);
        expect(await stores.clusterStore.listStreams(tenantId, id, day, 10)).toEqual([]);
        expect(await stores.clusterStore.countLabelValues(tenantId, id, day)).toEqual([]);
      }
      expect(await listNumbers(stores, two, {})).toEqual([]);
    },
  },
  {
    title: 'streams of a cluster come with most lines first',
    async run(stores) {
      const fresh = await openTenant(stores);
      await writeMinutes(stores, fresh, [
        minuteOf(hourStartMs, [countOf(1, hourStartMs, 2)], { pod: 'a' }),
        minuteOf(hourStartMs, [countOf(1, hourStartMs, 5), countOf(2, hourStartMs, 50)], { pod: 'b' }),
        minuteOf(hourStartMs, [countOf(2, hourStartMs, 50)], { pod: 'c' }),
      ]);
      const list = (limit: number) => stores.clusterStore.listStreams(fresh.tenant.id, clusterIdOf(1), day, limit);
      expect(await list(10)).toEqual([
        { labels: { app: 'shop', pod: 'b' }, lineCount: 5, firstMs: hourStartMs + 1000, lastMs: hourStartMs + 1005 },
        { labels: { app: 'shop', pod: 'a' }, lineCount: 2, firstMs: hourStartMs + 1000, lastMs: hourStartMs + 1002 },
      ]);
      expect(await list(1)).toHaveLength(1);
    },
  },
  {
    title: 'label values are counted for the cluster and for everything',
    async run(stores) {
      const fresh = await openTenant(stores);
      await writeMinutes(stores, fresh, [
        minuteOf(hourStartMs, [countOf(1, hourStartMs, 2)], { pod: 'a', lineCount: 10 }),
        minuteOf(hourStartMs, [countOf(1, hourStartMs, 5)], { pod: 'b', lineCount: 20 }),
        {
          ...minuteOf(hourStartMs, [countOf(2, hourStartMs, 3)], { lineCount: 40 }),
          labels: { app: 'cart', zone: 'z' },
        },
      ]);
      expect(await stores.clusterStore.countLabelValues(fresh.tenant.id, clusterIdOf(1), day)).toEqual([
        { name: 'app', value: 'shop', clusterLineCount: 7, overallLineCount: 30 },
        { name: 'app', value: 'cart', clusterLineCount: 0, overallLineCount: 40 },
        { name: 'pod', value: 'b', clusterLineCount: 5, overallLineCount: 20 },
        { name: 'pod', value: 'a', clusterLineCount: 2, overallLineCount: 10 },
      ]);
    },
  },
  {
    title: 'companions are clusters of the same minutes, those that are there only then first',
    async run(stores) {
      const fresh = await openTenant(stores);
      const at = (n: number) => hourStartMs + n * minuteMs;
      // Cluster 0 and 1 in minutes 2 and 3, cluster 2 always, cluster 3 in another minute.
      const minutes = Array.from({ length: 6 }, (_, n) =>
        minuteOf(at(n), [
          ...(n === 2 || n === 3 ? [countOf(0, at(n), 5), countOf(1, at(n), 1)] : []),
          countOf(2, at(n), 3),
          ...(n === 5 ? [countOf(3, at(n), 9)] : []),
        ])
      );
      await writeMinutes(stores, fresh, minutes);
      const search = { busyMs: [at(2), at(3)], quietMs: [at(0), at(1)], maxStreams: 10, maxClusters: 10 };
      const { clusterStore } = stores;
      const found = await clusterStore.listCompanions(fresh.tenant.id, clusterIdOf(0), search);
      expect(found.clusters.map(({ id }) => id)).toEqual([clusterIdOf(1), clusterIdOf(2)]);
      expect(found.clusters[0]).toMatchObject({ templateText: 'failed <*> of 1', level: 'error' });
      expect(found.isComplete).toBe(true);
      const range = { fromMs: at(0), toMs: at(6) };
      const counts = await clusterStore.readEventCounts(fresh.tenant.id, [0, 1, 9].map(clusterIdOf), range, minuteMs);
      expect(new Map(counts)).toEqual(
        new Map([
          [clusterIdOf(0), [0, 0, 5, 5, 0, 0]],
          [clusterIdOf(1), [0, 0, 1, 1, 0, 0]],
        ])
      );
      const unknown = await clusterStore.listCompanions(fresh.tenant.id, clusterIdOf(99), search);
      expect(unknown.clusters).toEqual([]);
    },
  },
  {
    title: "clusters by a label's values are counted in the streams that have them, and in no others",
    async run(stores) {
      const fresh = await openTenant(stores);
      const at = (n: number) => hourStartMs + n * minuteMs;
      await writeMinutes(stores, fresh, [
        minuteOf(at(0), [countOf(0, at(0), 2), countOf(1, at(0), 7)], { pod: 'a' }),
        minuteOf(at(3), [countOf(0, at(3), 4)], { pod: 'a' }),
        minuteOf(at(0), [countOf(0, at(0), 30)], { pod: 'b' }),
      ]);
      const range = { fromMs: at(0), toMs: at(4) };
      const filter = { range, services: [], namespaces: [], levels: [], label: 'pod', values: ['a', 'c'] };
      const page = { limit: 1, stepCount: 2 };
      const list = await stores.clusterStore.listLabelledClusters(fresh.tenant.id, filter, page);
      expect(list).toMatchObject({ totalClusterCount: 2, totalEventCount: 13 });
      expect(list.clusters.map(({ id, eventCount, counts }) => [id, eventCount, counts])).toEqual([
        [clusterIdOf(1), 7, [7, 0]],
      ]);
      const none = { ...filter, label: "x' or true --" };
      expect((await stores.clusterStore.listLabelledClusters(fresh.tenant.id, none, page)).clusters).toEqual([]);
    },
  },
  {
    title: 'services are those of streams, narrowed by namespace',
    async run(stores) {
      const fresh = await openTenant(stores);
      const stream = (service: string, namespace: string) => ({
        ...minuteOf(hourStartMs, []),
        labels: { service, namespace },
        service,
        namespace,
      });
      await writeMinutes(stores, fresh, [stream('b', 'two'), stream('a', 'two'), stream('a', 'one'), stream('Z', '')]);
      expect(await stores.clusterStore.listServices(fresh.tenant.id, [])).toEqual([
        { service: 'Z', namespace: '' },
        { service: 'a', namespace: 'one' },
        { service: 'a', namespace: 'two' },
        { service: 'b', namespace: 'two' },
      ]);
      expect(await stores.clusterStore.listServices(fresh.tenant.id, ['', 'one'])).toHaveLength(2);
    },
  },
  {
    title: 'coverage states the lines without a cluster of their own, and only those',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      const atMs = hourStartMs + 30 * minuteMs;
      await stores.ledger.write(tenant.id, {
        watchId: watch.id,
        minutes: [0, hourMs].map((step) =>
          minuteOf(atMs + step, [countOf(0, atMs + step, 3), countOf(1, atMs + step, 5)])
        ),
        clusters: [clusterOf(0, { fingerprint: unclusteredFingerprint }), clusterOf(1)],
        samples: [],
      });
      const range = { fromMs: hourStartMs, toMs: hourStartMs + 2 * hourMs };
      const readCoverage = (toMs: number) => stores.clusterStore.readCoverage(tenant.id, { ...range, toMs });
      expect(await readCoverage(range.toMs)).toMatchObject({ lineCount: 16, unclusteredLineCount: 6 });
      expect(await readCoverage(range.toMs - 15 * minuteMs)).toMatchObject({ lineCount: 16, unclusteredLineCount: 6 });
      expect(await readCoverage(atMs)).toMatchObject({ lineCount: 0, unclusteredLineCount: 0 });
    },
  },
  {
    title: 'coverage of a watch tells lines that came after their minute was complete, and takes back what goes',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      const write = (lineCount: number, isClosed: boolean, { atMs = hourStartMs, isReread = false } = {}) =>
        stores.ledger.write(tenant.id, {
          ...{ watchId: watch.id, clusters: [], samples: [], isReread },
          minutes: [minuteOf(atMs, [], { lineCount, isClosed })],
        });
      const late = async (range = day) =>
        (await stores.clusterStore.readWatchCoverage(tenant.id, range)).map((row) => [
          row.lineCount,
          row.lateLineCount,
        ]);
      await write(5, false);
      await write(8, true);
      expect(await late()).toEqual([[8, 0]]);
      await write(10, true);
      expect(await late()).toEqual([[10, 2]]);
      await write(9, true);
      expect(await late()).toEqual([[9, 1]]);
      expect(await late({ fromMs: hourStartMs, toMs: hourStartMs + minuteMs })).toEqual([[9, 1]]);
      expect(await late({ fromMs: hourStartMs + hourMs, toMs: hourStartMs + 2 * hourMs })).toEqual([[0, 0]]);
      const [row] = await stores.clusterStore.readWatchCoverage(tenant.id, day);
      expect(row).toMatchObject({ name: watch.name, source: '', oneIn: 1, isRetired: false, unclusteredLineCount: 0 });
      const heldBackBy = async () =>
        (await stores.clusterStore.readWatchCoverage(tenant.id, day)).map((each) => each.heldBackBy);
      expect(await heldBackBy()).toEqual(['scanner']);
      await stores.ledger.leaseWatch(tenant.id, watch.id, 'one', 60_000, { heldBackBy: 'budget' });
      expect(await heldBackBy()).toEqual(['budget']);
      await stores.ledger.leaseWatch(tenant.id, watch.id, 'other', 60_000, { heldBackBy: 'source' });
      await stores.ledger.leaseWatch(tenant.id, watch.id, 'one', 60_000);
      expect(await heldBackBy()).toEqual([null]);
      await stores.ledger.releaseWatch(tenant.id, watch.id, 'one');
      expect(await heldBackBy()).toEqual(['scanner']);
      // A stream that had nothing in a minute that was read.
      await write(4, true, { atMs: hourStartMs + 5 * minuteMs, isReread: true });
      await write(3, true, { atMs: hourStartMs + 6 * minuteMs });
      expect(await late()).toEqual([[16, 5]]);
    },
  },
  {
    title: 'coverage sums what was read and what could not be',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      expect(await stores.clusterStore.readCoverage(tenant.id, day)).toEqual({
        lineCount: 0,
        unreadLineCount: 0,
        unclusteredLineCount: 0,
        readFromMs: null,
        readUpToMs: null,
      });
      const progress = { readFromMs: hourStartMs, readUpToMs: hourStartMs + 2 * hourMs };
      await stores.ledger.write(tenant.id, {
        watchId: watch.id,
        minutes: [0, 30, 90].map((step) =>
          minuteOf(hourStartMs + step * minuteMs, [], { lineCount: 100, unreadLineCount: 7 })
        ),
        clusters: [],
        samples: [],
        progress,
      });
      expect(
        await stores.clusterStore.readCoverage(tenant.id, {
          fromMs: hourStartMs + minuteMs,
          toMs: hourStartMs + 3 * hourMs,
        })
      ).toEqual({
        lineCount: 200,
        unreadLineCount: 14,
        unclusteredLineCount: 0,
        ...progress,
      });
    },
  },
  {
    title: 'counts by source, level and step are those of the minutes, at any step',
    async run(stores) {
      const fresh = await writeTen(stores);
      const range = { fromMs: hourStartMs - hourMs, toMs: hourStartMs + 5 * minuteMs };
      const filter = { range, services: ['service-1'], namespaces: [] };
      const counts = await stores.clusterStore.countSources(fresh.tenant.id, filter, {
        startMs: range.fromMs,
        stepMs: hourMs,
      });
      const own = { service: 'service-1', step: 1 };
      expect(counts.toSorted((a, b) => a.eventCount - b.eventCount)).toEqual([
        { ...own, namespace: 'namespace-1', level: 'error', eventCount: 2, lineCount: 2 },
        { ...own, namespace: 'namespace-0', level: 'debug', eventCount: 5, lineCount: 5 },
      ]);
      const all = { range: day, services: [], namespaces: [] };
      for (const stepMs of [minuteMs, 7 * minuteMs, 5 * hourMs, 24 * hourMs]) {
        const steps = { startMs: day.fromMs - minuteMs, stepMs };
        const every = await stores.clusterStore.countSources(fresh.tenant.id, all, steps);
        expect(every.every(({ step }) => step >= 0)).toBe(true);
        expect(every.reduce((total, { eventCount }) => total + eventCount, 0)).toBe(55);
      }
      expect(await stores.clusterStore.countStates(fresh.tenant.id, filter)).toEqual([
        { state: 'new', clusterCount: 2 },
      ]);
    },
  },
  {
    title: 'streams of sources are those with lines in the range',
    async run(stores) {
      const fresh = await writeTen(stores);
      const filter = { range: day, services: [], namespaces: [] };
      const { clusterStore } = stores;
      expect(await clusterStore.listSourceStreams(fresh.tenant.id, filter, 5)).toEqual([{ app: 'shop', pod: 'a' }]);
      const other = { ...filter, services: ['none'] };
      expect(await clusterStore.listSourceStreams(fresh.tenant.id, other, 5)).toEqual([]);
      const before = { ...filter, range: { fromMs: day.fromMs, toMs: hourStartMs } };
      expect(await clusterStore.listSourceStreams(fresh.tenant.id, before, 5)).toEqual([]);
    },
  },
];
