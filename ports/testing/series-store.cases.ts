import { expect } from 'vitest';
import type { SeriesStore } from '../series-store.ts';
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
  type StoresUnderTest,
} from './ledger-samples.ts';

/** Series over the rows of a ledger. */
export interface SeriesUnderTest extends StoresUnderTest {
  readonly series: SeriesStore;
}

const range = { fromMs: hourStartMs, toMs: hourStartMs + hourMs };
const owner = { service: 'shop', namespace: 'eu' };

/** Two pods of a service in two minutes, and another service; a line that could not be read. */
async function write(opened: SeriesUnderTest): Promise<string> {
  const { tenant, watch } = await openTenant(opened);
  const next = hourStartMs + minuteMs;
  await opened.ledger.write(tenant.id, {
    watchId: watch.id,
    minutes: [
      minuteOf(hourStartMs, [countOf(1, hourStartMs, 4), countOf(2, hourStartMs, 6, { level: 'info' })], {
        ...{ ...owner, pod: 'a', lineCount: 12 },
      }),
      minuteOf(hourStartMs, [countOf(1, hourStartMs, 3, { level: 'fatal' })], { ...owner, pod: 'b', lineCount: 3 }),
      minuteOf(next, [countOf(1, next, 1)], { ...owner, pod: 'a', lineCount: 1, unreadLineCount: 5 }),
      minuteOf(next, [countOf(3, next, 9, { level: 'warn' })], {
        service: 'mail',
        namespace: '',
        pod: 'c',
        lineCount: 9,
      }),
    ],
    clusters: [1, 2, 3].map((n) => clusterOf(n)),
    samples: [],
    progress: { readFromMs: hourStartMs, readUpToMs: range.toMs },
  });
  return tenant.id;
}

/** What every {@link SeriesStore} does. */
export const seriesCases: ReadonlyArray<ContractCase<SeriesUnderTest>> = [
  {
    title: 'lines and errors of services add up by minute over their streams, with what is known to be missing',
    async run(opened) {
      const tenantId = await write(opened);
      const minutes = await opened.series.readServiceMinutes(tenantId, range);
      expect(minutes).toEqual([
        { ...owner, minuteMs: hourStartMs, lineCount: 15, unreadLineCount: 0, skippedLineCount: 0, errorCount: 7 },
        {
          service: 'mail',
          namespace: '',
          minuteMs: hourStartMs + minuteMs,
          lineCount: 9,
          unreadLineCount: 0,
          skippedLineCount: 0,
          errorCount: 0,
        },
        {
          ...owner,
          minuteMs: hourStartMs + minuteMs,
          lineCount: 1,
          unreadLineCount: 5,
          skippedLineCount: 0,
          errorCount: 1,
        },
      ]);
      const own = await opened.series.readMinutesOf(tenantId, owner, { ...range, toMs: hourStartMs + minuteMs });
      expect(own).toEqual(minutes.slice(0, 1));
      const other = (await openTenant(opened)).tenant.id;
      expect(await opened.series.readServiceMinutes(other, range)).toEqual([]);
    },
  },
  {
    title: 'lines that a watch chose not to read are told from those that were lost',
    async run(opened) {
      const { tenant, watch } = await openTenant(opened);
      const part = await opened.ledger.ensureWatch(tenant.id, {
        ...{ name: 'part', selectors: ['{app="part"}'], discoveredLabelNames: [], oneIn: 10 },
      });
      const minutes = [
        { watchId: watch.id, pod: 'a', lineCount: 4, unreadLineCount: 2 },
        { watchId: part.id, pod: 'b', lineCount: 50, unreadLineCount: 0 },
        { watchId: part.id, pod: 'c', lineCount: 0, unreadLineCount: 7 },
      ];
      for (const { watchId, ...minute } of minutes) {
        await opened.ledger.write(tenant.id, {
          ...{ watchId, clusters: [], samples: [] },
          minutes: [minuteOf(hourStartMs, [], { ...owner, ...minute })],
        });
      }
      const only = minuteOf(hourStartMs, [], {
        service: 'mail',
        namespace: '',
        pod: 'd',
        lineCount: 0,
        unreadLineCount: 3,
      });
      await opened.ledger.write(tenant.id, { watchId: part.id, minutes: [only], clusters: [], samples: [] });
      const mail = { service: 'mail', namespace: '', lineCount: 0, unreadLineCount: 0, skippedLineCount: 3 };
      const shop = { ...owner, lineCount: 54, unreadLineCount: 2, skippedLineCount: 7 };
      expect(await opened.series.readServiceMinutes(tenant.id, range)).toEqual([
        { ...mail, minuteMs: hourStartMs, errorCount: 0 },
        { ...shop, minuteMs: hourStartMs, errorCount: 0 },
      ]);
      expect(await opened.series.readMinutesOf(tenant.id, owner, range)).toMatchObject([shop]);
      const cutMs = hourStartMs + minuteMs;
      const later = minuteOf(cutMs, [], { ...owner, pod: 'a', lineCount: 4 });
      const progress = { readFromMs: cutMs, readUpToMs: cutMs + minuteMs };
      await opened.ledger.write(tenant.id, {
        watchId: watch.id,
        minutes: [later],
        clusters: [],
        samples: [],
        progress,
      });
      await opened.ledger.retireOtherWatches(tenant.id, [watch.name]);
      expect(await opened.series.readMinutesOfWatchesInUse(tenant.id, range)).toMatchObject([
        { ...owner, minuteMs: cutMs, lineCount: 4 },
      ]);
      expect(await opened.series.listServicesOf(tenant.id, watch.id)).toEqual([owner]);
      expect(await opened.series.listServicesOf(tenant.id, part.id)).toEqual([
        { service: 'mail', namespace: '' },
        owner,
      ]);
    },
  },
  {
    title:
      'events of clusters add up by minute, with their most severe level, their streams and when they were seen first',
    async run(opened) {
      const tenantId = await write(opened);
      const minutes = await opened.series.readClusterMinutes(tenantId, range);
      const [first] = minutes;
      expect(first).toMatchObject({ clusterId: clusterIdOf(1), eventCount: 7, level: 'fatal', streamCount: 2 });
      expect(first?.firstSeenMs).toBe(hourStartMs + 1000);
      expect(
        minutes.map(({ clusterId, minuteMs: ms, eventCount }) => [clusterId, (ms - hourStartMs) / minuteMs, eventCount])
      ).toEqual([
        [clusterIdOf(1), 0, 7],
        [clusterIdOf(2), 0, 6],
        [clusterIdOf(1), 1, 1],
        [clusterIdOf(3), 1, 9],
      ]);
      expect(await opened.series.readMinutesOfCluster(tenantId, clusterIdOf(1), range)).toEqual([
        { minuteMs: hourStartMs, eventCount: 7 },
        { minuteMs: hourStartMs + minuteMs, eventCount: 1 },
      ]);
      const totals = await opened.series.readClusterTotals(tenantId, owner, range);
      expect(totals.map(({ clusterId, eventCount, templateText }) => [clusterId, eventCount, templateText])).toEqual([
        [clusterIdOf(1), 8, 'failed <*> of 1'],
        [clusterIdOf(2), 6, 'failed <*> of 2'],
      ]);
    },
  },
  {
    title: 'a cluster that rules made part of another counts as that one',
    async run(opened) {
      const tenantId = await write(opened);
      const { tenant, watch } = await openTenant(opened);
      expect(tenant.id).not.toBe(tenantId);
      const whole = clusterOf(1);
      await opened.ledger.write(tenant.id, {
        watchId: watch.id,
        minutes: [minuteOf(hourStartMs, [countOf(1, hourStartMs, 2), countOf(4, hourStartMs, 3)], owner)],
        clusters: [whole, clusterOf(4, { canonicalId: whole.id })],
        samples: [],
        progress: { readFromMs: hourStartMs, readUpToMs: range.toMs },
      });
      const minutes = await opened.series.readClusterMinutes(tenant.id, range);
      expect(minutes.map(({ clusterId, eventCount }) => [clusterId, eventCount])).toEqual([[whole.id, 5]]);
    },
  },
  {
    title: 'streams of a service are listed, and minutes that were written since',
    async run(opened) {
      const tenantId = await write(opened);
      const streams = await opened.series.listStreamsOf(tenantId, owner, 10);
      expect(streams.map(({ pod }) => pod).toSorted()).toEqual(['a', 'b']);
      expect(await opened.series.listStreamsOf(tenantId, owner, 1)).toHaveLength(1);
      const changed = await opened.series.listChangedMinutes(tenantId, range, null);
      expect(changed.minutes).toEqual([hourStartMs, hourStartMs + minuteMs]);
      const later = await opened.series.listChangedMinutes(tenantId, range, changed.nowMs + hourMs);
      expect(later.minutes).toEqual([]);
    },
  },
];
