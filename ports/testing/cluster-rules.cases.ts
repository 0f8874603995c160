import { expect } from 'vitest';
import type { ClusterRuleChange } from '../cluster-rules.ts';
import type { ClusterFilter, ClusterPage } from '../cluster-store.ts';
import type { ContractCase } from './contract-case.ts';
import {
  clusterIdOf,
  clusterOf,
  countOf,
  hourMs,
  hourStartMs,
  minuteOf,
  openTenant,
  writeMinutes,
} from './ledger-samples.ts';
import type { StoresUnderTest } from './ledger-samples.ts';

const range = { fromMs: hourStartMs, toMs: hourStartMs + 2 * hourMs };
const anything: ClusterFilter = { range, services: [], namespaces: [], levels: [], text: '' };
const firstPage: ClusterPage = { sort: 'count', order: 'desc', limit: 50, offset: 0, trendPoints: 2 };
const nothing: ClusterRuleChange = {
  expectedSequence: 0,
  actor: 'test',
  added: [],
  undoneIds: [],
  clusters: [],
  canonicalIds: [],
};

function opening(word: string) {
  return { origin: 'learned', kind: 'open', body: { context: '', pattern: `${word} <?>` } } as const;
}

/** Clusters 0, 1, 2 with 1, 2, 3 events, in an hour each; 1 and 2 are made part of 0. */
async function writeMerged(stores: StoresUnderTest) {
  const fresh = await openTenant(stores);
  const minutes = [0, 1, 2].map((n) => {
    const atMs = hourStartMs + (n % 2) * hourMs;
    const level = n === 2 ? 'fatal' : 'warn';
    return minuteOf(atMs, [countOf(n, atMs, n + 1, { level })], { pod: `pod-${n}` });
  });
  await writeMinutes(stores, fresh, minutes);
  const canonicalId = clusterIdOf(0);
  await stores.clusterRules.change(fresh.tenant.id, {
    ...nothing,
    added: [opening('merged')],
    canonicalIds: [1, 2].map((n) => ({ clusterId: clusterIdOf(n), canonicalId })),
  });
  return fresh;
}

/** What every store of rules does. */
export const clusterRulesCases: ReadonlyArray<ContractCase<StoresUnderTest>> = [
  {
    title: 'rules are read in order of change, once for equal content, and an undone one is a change',
    async run({ clusterRules, ...stores }) {
      const { tenant } = await openTenant({ clusterRules, ...stores });
      expect(await clusterRules.readSequence(tenant.id)).toBe(0);
      const first = await clusterRules.change(tenant.id, {
        ...nothing,
        added: [opening('a'), opening('b'), opening('a')],
      });
      expect(first.map(({ body, undone, createdBy }) => [body.pattern, undone, createdBy])).toEqual([
        ['a <?>', null, 'test'],
        ['b <?>', null, 'test'],
      ]);
      const sequence = first.at(-1)?.sequence ?? 0;
      const undoneIds = first.slice(0, 1).map(({ id }) => id);
      const second = await clusterRules.change(tenant.id, {
        ...{ ...nothing, expectedSequence: sequence, undoneIds, actor: 'someone' },
        added: [opening('b'), opening('c')],
      });
      expect(second.map(({ body, undone }) => [body.pattern, undone?.by])).toEqual([
        ['a <?>', 'someone'],
        ['c <?>', undefined],
      ]);
      expect(await clusterRules.readChanges(tenant.id, sequence)).toEqual(second);
      expect((await clusterRules.readChanges(tenant.id, 0)).map(({ body }) => body.pattern)).toEqual([
        'b <?>',
        'a <?>',
        'c <?>',
      ]);
      const listed = await clusterRules.listRules(tenant.id, { includeUndone: false, limit: 1, offset: 1 });
      expect(listed.rules.map(({ body }) => body.pattern)).toEqual(['b <?>']);
      expect(listed.totalCount).toBe(2);
      expect(await clusterRules.getRule(tenant.id, undoneIds[0] ?? '')).toEqual(second[0]);
      // What was undone may be made again.
      const again = await clusterRules.change(tenant.id, {
        ...{ ...nothing, expectedSequence: second.at(-1)?.sequence ?? 0 },
        added: [opening('a')],
      });
      expect(again).toHaveLength(1);
    },
  },
  {
    title: 'a change that was computed from older rules is refused and changes nothing',
    async run({ clusterRules, ...stores }) {
      const { tenant } = await openTenant({ clusterRules, ...stores });
      await clusterRules.change(tenant.id, { ...nothing, added: [opening('a')] });
      await expect(clusterRules.change(tenant.id, { ...nothing, added: [opening('b')] })).rejects.toMatchObject({
        kind: 'conflict',
      });
      expect(await clusterRules.readChanges(tenant.id, 0)).toHaveLength(1);
    },
  },
  {
    title: 'clusters that became one are listed as one, with all that was counted, and split again',
    async run(stores) {
      const { tenant } = await writeMerged(stores);
      const list = await stores.clusterStore.listClusters(tenant.id, anything, firstPage);
      expect(list).toMatchObject({ totalClusterCount: 1, totalEventCount: 6, totalLineCount: 6 });
      expect(list.clusters).toMatchObject([
        { id: clusterIdOf(0), service: 'service-0', eventCount: 6, level: 'fatal', trend: { counts: [4, 2] } },
      ]);
      const [merged] = list.clusters;
      expect(merged?.firstSeenMs).toBe(hourStartMs + 1000);
      expect(merged?.lastSeenMs).toBe(hourStartMs + hourMs + 1002);
      expect(
        await stores.clusterStore.listClusters(tenant.id, { ...anything, services: ['service-1'] }, firstPage)
      ).toMatchObject({ totalClusterCount: 0 });
      const canonicalIds = [1, 2].map((n) => ({ clusterId: clusterIdOf(n), canonicalId: null }));
      const expectedSequence = await stores.clusterRules.readSequence(tenant.id);
      await stores.clusterRules.change(tenant.id, { ...nothing, expectedSequence, canonicalIds });
      const split = await stores.clusterStore.listClusters(tenant.id, anything, firstPage);
      expect(split.clusters.map(({ id, eventCount }) => [id, eventCount])).toEqual(
        [2, 1, 0].map((n) => [clusterIdOf(n), n + 1])
      );
    },
  },
  {
    title: 'an old id answers as the cluster that it became part of',
    async run(stores) {
      const { tenant } = await writeMerged(stores);
      const { clusterStore } = stores;
      const asked = clusterIdOf(2);
      expect(await clusterStore.getCluster(tenant.id, asked, range, 2)).toEqual(
        await clusterStore.getCluster(tenant.id, clusterIdOf(0), range, 2)
      );
      expect(await clusterStore.getCluster(tenant.id, asked, range, 2)).toMatchObject({
        id: clusterIdOf(0),
        eventCount: 6,
        trend: { counts: [4, 2] },
      });
      expect(await clusterStore.readTrend(tenant.id, asked, range, hourMs)).toEqual([
        { level: 'fatal', counts: [3, 0] },
        { level: 'warn', counts: [1, 2] },
      ]);
      expect(await clusterStore.listStreams(tenant.id, asked, range, 10)).toHaveLength(3);
      const pods = (await clusterStore.countLabelValues(tenant.id, asked, range)).filter(({ name }) => name === 'pod');
      expect(pods.map(({ value, clusterLineCount }) => [value, clusterLineCount])).toEqual([
        ['pod-2', 3],
        ['pod-1', 2],
        ['pod-0', 1],
      ]);
    },
  },
  {
    title: 'samples of clusters of an older version are read, not those of a newer one or of part of another cluster',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      await stores.ledger.write(tenant.id, {
        watchId: watch.id,
        minutes: [
          minuteOf(
            hourStartMs,
            [0, 1, 2].map((n) => countOf(n, hourStartMs, 1))
          ),
        ],
        clusters: [clusterOf(0), clusterOf(1, { algorithmVersion: 2 }), clusterOf(2, { canonicalId: clusterIdOf(0) })],
        samples: [0, 1, 2, 0].map((n, index) => ({
          clusterId: clusterIdOf(n),
          timestampNs: BigInt(hourStartMs + index * 60_000) * 1_000_000n,
          text: `sample ${index}`,
        })),
      });
      expect(await stores.clusterRules.readSamplesBefore(tenant.id, 1)).toEqual(new Map());
      expect(await stores.clusterRules.readSamplesBefore(tenant.id, 2)).toEqual(
        new Map([[clusterIdOf(0), ['sample 0', 'sample 3']]])
      );
    },
  },
  {
    title: 'a change makes the cluster that others become, with the samples of all',
    async run(stores) {
      const { tenant, watch } = await openTenant(stores);
      await stores.ledger.write(tenant.id, {
        watchId: watch.id,
        minutes: [minuteOf(hourStartMs, [countOf(0, hourStartMs, 1), countOf(1, hourStartMs, 1)])],
        clusters: [clusterOf(0, { signature: 'zero' }), clusterOf(1)],
        samples: [0, 1].map((n) => ({
          clusterId: clusterIdOf(n),
          timestampNs: BigInt(hourStartMs + n) * 1_000_000n,
          text: `sample ${n}`,
        })),
      });
      await stores.clusterRules.change(tenant.id, {
        ...nothing,
        clusters: [clusterOf(9, { templateText: 'general', signature: 'nine' })],
        canonicalIds: [0, 1].map((n) => ({ clusterId: clusterIdOf(n), canonicalId: clusterIdOf(9) })),
      });
      const list = await stores.clusterStore.listClusters(tenant.id, anything, firstPage);
      expect(list.clusters).toMatchObject([{ id: clusterIdOf(9), templateText: 'general', eventCount: 2 }]);
      const samples = await stores.clusterStore.listSamples(tenant.id, clusterIdOf(9));
      expect(samples.map(({ text }) => text).slice(0, 1)).toEqual(['sample 0']);
      const stored = await stores.clusterRules.readClusters(tenant.id, null);
      expect(stored.map(({ id, signature, canonicalId }) => [id, signature, canonicalId])).toEqual([
        [clusterIdOf(0), 'zero', clusterIdOf(9)],
        [clusterIdOf(1), '', clusterIdOf(9)],
        [clusterIdOf(9), 'nine', null],
      ]);
      const samplesBefore = (version: number) => stores.clusterRules.readSamplesBefore(tenant.id, version);
      expect(await samplesBefore(2)).toEqual(new Map());
      expect(await stores.clusterRules.readClustersById(tenant.id, [clusterIdOf(9)])).toEqual(stored.slice(2));
    },
  },
];
