import type { Work } from '@loghunter/engine/work-list';
import { expect } from 'vitest';
import type { ClusterFilter, ClusterPage } from '../cluster-store.ts';
import type { Assignee, WorkChange, WorkListStore } from '../work-list-store.ts';
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
  type FreshTenant,
  type StoresUnderTest,
} from './ledger-samples.ts';

/** The stores of a database with its work list. */
export type WorkListUnderTest = StoresUnderTest & { readonly workList: WorkListStore };

const nowMs = hourStartMs + 30 * minuteMs;
const anna = { kind: 'grafana-user', id: 'user:1', name: 'Anna' };
const ongoing: Work = { state: 'ongoing', sinceMs: nowMs };
const team: Assignee = { kind: 'team', id: 'web', name: 'web' };
const nobody = { work: null, assignee: null };

function resolved(reopensAfterMs: number): Work {
  return { state: 'resolved', sinceMs: nowMs, reopensAfterMs, release: null };
}

/** Three clusters; cluster n has n + 1 events in minute n of the hour. */
async function writeThree(stores: StoresUnderTest): Promise<FreshTenant> {
  const fresh = await openTenant(stores);
  const minutes = [0, 1, 2].map((n) =>
    minuteOf(hourStartMs + n * minuteMs, [countOf(n, hourStartMs + n * minuteMs, n + 1)])
  );
  await writeMinutes(stores, fresh, minutes, 3);
  return fresh;
}

/** Lists clusters with their work. */
async function begin(
  stores: WorkListUnderTest,
  fresh: FreshTenant,
  works: Readonly<Record<number, Work>>
): Promise<void> {
  const changes = Object.entries(works).map(([n, work]): WorkChange => {
    const after = { work, assignee: null };
    return { clusterId: clusterIdOf(Number(n)), before: nobody, after, reason: 'first-line' };
  });
  await stores.workList.begin(fresh.tenant.id, changes, { changeId: null, actor: null, atMs: nowMs });
}

/** Has rules make the one cluster part of the other one. */
async function makePart(stores: WorkListUnderTest, { tenant }: FreshTenant, part: number, whole: number) {
  const known = await stores.clusterRules.readChanges(tenant.id, 0);
  await stores.clusterRules.change(tenant.id, {
    ...{ expectedSequence: known.at(-1)?.sequence ?? 0, actor: 'Anna', added: [], undoneIds: [] },
    clusters: [clusterOf(whole)],
    canonicalIds: [{ clusterId: clusterIdOf(part), canonicalId: clusterIdOf(whole) }],
  });
}

const day = { fromMs: hourStartMs - 12 * hourMs, toMs: hourStartMs + 12 * hourMs };
const anything: ClusterFilter = { range: day, services: [], namespaces: [], levels: [], text: '' };
const byCount: ClusterPage = { sort: 'count', order: 'desc', limit: 50, offset: 0, trendPoints: 24 };

async function numbersOf(
  stores: StoresUnderTest,
  fresh: FreshTenant,
  filter: Partial<ClusterFilter>,
  page: Partial<ClusterPage> = {}
): Promise<readonly number[]> {
  const wanted = [
    { ...anything, ...filter },
    { ...byCount, ...page },
  ] as const;
  const { clusters } = await stores.clusterStore.listClusters(fresh.tenant.id, ...wanted);
  return clusters.map(({ id }) => Number.parseInt(id.slice(-12), 16));
}

const due = { nowMs, quietBeforeMs: null, limit: 10 };

async function dueNumbers(stores: WorkListUnderTest, fresh: FreshTenant, wanted = {}): Promise<readonly number[]> {
  const rows = await stores.workList.lockDue(fresh.tenant.id, { ...due, ...wanted });
  return rows.map(({ clusterId }) => Number.parseInt(clusterId.slice(-12), 16));
}

/** What every work list does. */
export const workListCases: ReadonlyArray<ContractCase<WorkListUnderTest>> = [
  {
    title: 'clusters with events are unlisted until they are put on the list, once',
    async run(stores) {
      const fresh = await writeThree(stores);
      expect(await stores.workList.readBeganAt(fresh.tenant.id)).toBeNull();
      const unlisted = await stores.workList.findUnlisted(fresh.tenant.id, null, 10);
      expect(unlisted.map(({ clusterId, eventCount, current }) => [clusterId, eventCount, current])).toEqual([
        [clusterIdOf(0), 1, null],
        [clusterIdOf(1), 2, null],
        [clusterIdOf(2), 3, null],
      ]);
      await begin(stores, fresh, { 0: ongoing, 1: ongoing });
      const again = await stores.workList.begin(
        fresh.tenant.id,
        [0, 2].map((n) => ({
          ...{ clusterId: clusterIdOf(n), before: nobody, reason: 'first-line' },
          after: { work: resolved(0), assignee: null },
        })),
        { changeId: null, actor: null, atMs: nowMs }
      );
      expect(again).toEqual([clusterIdOf(2)]);
      expect(await stores.workList.readBeganAt(fresh.tenant.id)).toBe(nowMs);
      expect(await stores.workList.findUnlisted(fresh.tenant.id, null, 10)).toEqual([]);
      const locked = await stores.workList.lock(fresh.tenant.id, [clusterIdOf(0)], null);
      expect(locked).toMatchObject([{ current: { work: ongoing, assignee: null }, revision: 1 }]);
    },
  },
  {
    title:
      'an unlisted cluster is locked with the work it is to begin with, and left out without one; unknown ids are left out',
    async run(stores) {
      const fresh = await writeThree(stores);
      const ids = [clusterIdOf(1), '5d1c1f0a-8d1b-4b5e-9d3e-000000000001'];
      expect(await stores.workList.lock(fresh.tenant.id, ids, null)).toEqual([]);
      expect(await stores.workList.lock(fresh.tenant.id, ids, ongoing)).toMatchObject([
        {
          ...{ clusterId: clusterIdOf(1), service: 'service-1', namespace: 'namespace-1', eventCount: 2, revision: 1 },
          firstSeenMs: hourStartMs + minuteMs + 1000,
          lastSeenMs: hourStartMs + minuteMs + 1002,
          current: { work: ongoing, assignee: null },
        },
      ]);
    },
  },
  {
    title: 'a change is written with its history, and read back as what a person did at once',
    async run(stores) {
      const fresh = await writeThree(stores);
      await begin(stores, fresh, { 0: ongoing, 1: ongoing });
      const changeId = crypto.randomUUID();
      const after = { work: resolved(nowMs), assignee: team };
      const before = { work: ongoing, assignee: null };
      const changes = [0, 1].map((n): WorkChange => ({ clusterId: clusterIdOf(n), before, after, reason: 'person' }));
      await stores.workList.change(fresh.tenant.id, changes, { changeId, actor: anna, atMs: nowMs + 5 });
      const written = await stores.workList.readChange(fresh.tenant.id, changeId);
      expect(written).toMatchObject(
        changes.map((change) => ({ ...change, changeId, actor: anna, atMs: nowMs + 5, revision: 2, isUndone: false }))
      );
      const listed = await stores.workList.listChanges(fresh.tenant.id, clusterIdOf(0), 10);
      expect(listed.map(({ reason }) => reason)).toEqual(['person', 'first-line']);
      expect(await stores.workList.markUndone(fresh.tenant.id, changeId)).toBe(true);
      expect(await stores.workList.markUndone(fresh.tenant.id, changeId)).toBe(false);
      expect((await stores.workList.readChange(fresh.tenant.id, changeId)).map(({ isUndone }) => isUndone)).toEqual([
        true,
        true,
      ]);
      expect(await stores.workList.readChange(fresh.tenant.id, crypto.randomUUID())).toEqual([]);
    },
  },
  {
    title: 'a list is filtered and sorted by state and assignee, and shows the work',
    async run(stores) {
      const fresh = await writeThree(stores);
      await begin(stores, fresh, { 0: { state: 'regressed', sinceMs: nowMs }, 1: resolved(nowMs) });
      await stores.workList.change(
        fresh.tenant.id,
        [
          {
            ...{ clusterId: clusterIdOf(1), before: { work: resolved(nowMs), assignee: null }, reason: 'person' },
            after: { work: resolved(nowMs), assignee: team },
          },
        ],
        { changeId: null, actor: null, atMs: nowMs }
      );
      expect(await numbersOf(stores, fresh, { states: ['new'] })).toEqual([2]);
      expect(await numbersOf(stores, fresh, { states: ['regressed', 'resolved'] })).toEqual([1, 0]);
      expect(await numbersOf(stores, fresh, { assigneeIds: ['web'] })).toEqual([1]);
      expect(await numbersOf(stores, fresh, { assigneeIds: [null] })).toEqual([2, 0]);
      expect(await numbersOf(stores, fresh, { assigneeIds: ['no\0body'] })).toEqual([]);
      expect(await numbersOf(stores, fresh, { assigneeIds: [null, 'web'] })).toEqual([2, 1, 0]);
      expect(await numbersOf(stores, fresh, { freshAfterMs: nowMs - 1, states: ['regressed'] })).toEqual([0]);
      expect(await numbersOf(stores, fresh, { freshAfterMs: nowMs, states: ['regressed'] })).toEqual([]);
      expect(await numbersOf(stores, fresh, {}, { sort: 'state', order: 'desc' })).toEqual([0, 2, 1]);
      expect(await numbersOf(stores, fresh, {}, { sort: 'assignee', order: 'asc' })).toEqual([1, 0, 2]);
      const { clusters } = await stores.clusterStore.listClusters(fresh.tenant.id, anything, byCount);
      expect(clusters.map(({ current }) => current)).toEqual([
        null,
        { work: resolved(nowMs), assignee: team },
        { work: { state: 'regressed', sinceMs: nowMs }, assignee: null },
      ]);
      const one = await stores.clusterStore.getCluster(fresh.tenant.id, clusterIdOf(1), day, 1);
      expect(one?.current).toEqual({ work: resolved(nowMs), assignee: team });
    },
  },
  {
    title: 'pages by key meet every cluster once, sorted by anything in both orders',
    async run(stores) {
      const fresh = await writeThree(stores);
      await begin(stores, fresh, { 0: { state: 'regressed', sinceMs: nowMs }, 1: resolved(nowMs) });
      const sorts = ['count', 'firstSeen', 'lastSeen', 'level', 'service', 'state', 'assignee'] as const;
      for (const [sort, order] of sorts.flatMap((key) => [[key, 'asc'] as const, [key, 'desc'] as const])) {
        const whole = await numbersOf(stores, fresh, {}, { sort, order });
        const paged: number[] = [];
        let afterKey: readonly string[] | null = [];
        while (afterKey !== null) {
          const page: ClusterPage = { ...byCount, sort, order, limit: 1, ...(afterKey.length > 0 ? { afterKey } : {}) };
          const list = await stores.clusterStore.listClusters(fresh.tenant.id, anything, page);
          expect(list.totalClusterCount).toBe(3);
          paged.push(...list.clusters.map(({ id }) => Number.parseInt(id.slice(-12), 16)));
          afterKey = list.nextKey;
        }
        expect([sort, order, paged]).toEqual([sort, order, whole]);
      }
    },
  },
  {
    title:
      'a resolved cluster is due when a line is later than it says, an ignored one when its time or count is reached',
    async run(stores) {
      const fresh = await writeThree(stores);
      const lastSeenMs = hourStartMs + 1002 + minuteMs;
      await begin(stores, fresh, { 0: resolved(lastSeenMs), 1: resolved(lastSeenMs - 1), 2: resolved(lastSeenMs - 1) });
      expect(await dueNumbers(stores, fresh)).toEqual([1, 2]);
      const other = await writeThree(stores);
      await begin(stores, other, {
        0: { state: 'ignored', sinceMs: nowMs, until: { kind: 'time', atMs: nowMs + 1 } },
        1: { state: 'ignored', sinceMs: nowMs, until: { kind: 'count', eventCount: 2, startCount: 0 } },
        2: { state: 'ignored', sinceMs: nowMs, until: { kind: 'count', eventCount: 2, startCount: 2 } },
      });
      expect(await dueNumbers(stores, other)).toEqual([1]);
      expect(await dueNumbers(stores, other, { nowMs: nowMs + 1 })).toEqual([0, 1]);
      expect(await dueNumbers(stores, other, { nowMs: nowMs + 1, limit: 1 })).toHaveLength(1);
    },
  },
  {
    title: 'an open cluster is due when it was new for a week, and when it is quiet for as long as asked',
    async run(stores) {
      const fresh = await writeThree(stores);
      const weekMs = 7 * 24 * hourMs;
      await begin(stores, fresh, { 0: { state: 'new', sinceMs: nowMs - weekMs }, 1: ongoing, 2: resolved(nowMs) });
      expect(await dueNumbers(stores, fresh)).toEqual([0]);
      expect(await dueNumbers(stores, fresh, { quietBeforeMs: nowMs })).toEqual([0, 1]);
      expect(await dueNumbers(stores, fresh, { quietBeforeMs: nowMs - 1 })).toEqual([0]);
    },
  },
  {
    title: 'what is due is asked for from an id on, so that what stays due keeps nothing behind it waiting',
    async run(stores) {
      const fresh = await writeThree(stores);
      await begin(stores, fresh, { 0: resolved(0), 1: resolved(0), 2: resolved(0) });
      expect(await dueNumbers(stores, fresh, { limit: 2 })).toEqual([0, 1]);
      expect(await dueNumbers(stores, fresh, { limit: 2 })).toEqual([0, 1]);
      expect(await dueNumbers(stores, fresh, { limit: 2, afterId: clusterIdOf(1) })).toEqual([2]);
      expect(await dueNumbers(stores, fresh, { limit: 2, afterId: clusterIdOf(2) })).toEqual([]);
    },
  },
  {
    title: 'a cluster with a part that is not quiet is not due for it',
    async run(stores) {
      const fresh = await writeThree(stores);
      await begin(stores, fresh, { 0: { ...ongoing, sinceMs: 0 }, 2: { ...ongoing, sinceMs: 0 } });
      await makePart(stores, fresh, 1, 0);
      const ownLastMs = hourStartMs + 1001;
      expect(await dueNumbers(stores, fresh, { quietBeforeMs: ownLastMs })).toEqual([]);
      expect(await dueNumbers(stores, fresh, { quietBeforeMs: ownLastMs + minuteMs + 1 })).toEqual([0]);
    },
  },
  {
    title: 'the work of parts of a cluster is listed but for what another part has taken over',
    async run(stores) {
      const fresh = await writeThree(stores);
      const { workList } = stores;
      const tenantId = fresh.tenant.id;
      const ids = [0, 1, 2].map(clusterIdOf);
      await begin(stores, fresh, { 0: ongoing, 1: resolved(0) });
      expect(await workList.listMembers(tenantId, ids)).toEqual([]);
      await makePart(stores, fresh, 0, 1);
      await makePart(stores, fresh, 1, 2);
      await makePart(stores, fresh, 0, 2);
      const member = (n: number, work: Work) => ({
        ...{ clusterId: clusterIdOf(n), canonicalId: clusterIdOf(2), current: { work, assignee: null } },
      });
      const both = [member(0, ongoing), member(1, resolved(0))];
      expect(await workList.listMembers(tenantId, ids)).toEqual(both);
      expect(await workList.listMembers(tenantId, ids.slice(0, 2))).toEqual([]);
      expect(await workList.listMembers((await openTenant(stores)).tenant.id, ids)).toEqual([]);
      const other = await writeThree(stores);
      const before = { work: null, assignee: null, memberIds: [clusterIdOf(0)] };
      await begin(stores, other, { 0: ongoing });
      await workList.begin(
        other.tenant.id,
        [{ clusterId: clusterIdOf(1), before, after: { work: resolved(0), assignee: null }, reason: 'first-line' }],
        { changeId: null, actor: null, atMs: nowMs }
      );
      await makePart(stores, other, 0, 2);
      await makePart(stores, other, 1, 2);
      expect(await workList.listMembers(other.tenant.id, ids)).toEqual([member(1, resolved(0))]);
    },
  },
  {
    title: 'events since a moment are those of its minute and later ones, of parts too, while they are kept',
    async run(stores) {
      const fresh = await writeThree(stores);
      const later = hourStartMs + 26 * hourMs;
      await writeMinutes(stores, fresh, [minuteOf(later, [countOf(0, later, 7)])], 3);
      const since = (atMs: number) => stores.workList.countEventsSince(fresh.tenant.id, clusterIdOf(0), atMs);
      expect(await since(hourStartMs)).toBe(8);
      expect(await since(hourStartMs + 30_000)).toBe(8);
      expect(await since(hourStartMs + minuteMs)).toBe(7);
      await makePart(stores, fresh, 1, 0);
      expect(await since(hourStartMs + minuteMs)).toBe(9);
      expect(await since(later + minuteMs)).toBe(0);
      await stores.ledger.deleteCountsBefore(fresh.tenant.id, later);
      expect(await since(hourStartMs)).toBeNull();
      expect(await since(later)).toBe(7);
    },
  },
  {
    title: 'rates are those of the hour with more events, and of the week before it',
    async run(stores) {
      const fresh = await openTenant(stores);
      const count = (n: number, hoursBack: number, eventCount: number) => {
        const atMs = hourStartMs - hoursBack * hourMs;
        return minuteOf(atMs, [countOf(n, atMs, eventCount)]);
      };
      const minutes = [
        count(0, 0, 30),
        count(0, 1, 40),
        count(0, 2, 5),
        count(0, 100, 6),
        count(0, 170, 7),
        count(1, 3, 9),
      ];
      await writeMinutes(stores, fresh, minutes, 2);
      const busy = { clusterId: clusterIdOf(0), perHour: 40, eventCountBefore: 11 };
      expect(await stores.workList.findRates(fresh.tenant.id, nowMs, 20)).toEqual([busy]);
      await begin(stores, fresh, {
        1: { state: 'ignored', sinceMs: nowMs, until: { kind: 'rate', factor: 10, perHour: 1 } },
      });
      const quiet = { clusterId: clusterIdOf(1), perHour: 0, eventCountBefore: 9 };
      const rates = await stores.workList.findRates(fresh.tenant.id, nowMs, 20);
      expect(rates.toSorted((a, b) => b.perHour - a.perHour)).toEqual([busy, quiet]);
      expect(await stores.workList.readRates(fresh.tenant.id, [clusterIdOf(1)], nowMs)).toEqual([quiet]);
    },
  },
  {
    title: 'a cluster that rules made part of another one stands for the other one, with the figures of both',
    async run(stores) {
      const fresh = await writeThree(stores);
      await begin(stores, fresh, { 0: resolved(nowMs) });
      await stores.clusterRules.change(fresh.tenant.id, {
        ...{ expectedSequence: 0, actor: 'Anna', added: [], undoneIds: [], clusters: [clusterOf(0)] },
        canonicalIds: [{ clusterId: clusterIdOf(1), canonicalId: clusterIdOf(0) }],
      });
      const [row, ...rest] = await stores.workList.lock(fresh.tenant.id, [clusterIdOf(1)], null);
      expect(rest).toEqual([]);
      expect(row).toMatchObject({
        clusterId: clusterIdOf(0),
        eventCount: 3,
        lastSeenMs: hourStartMs + minuteMs + 1002,
      });
      expect(await dueNumbers(stores, fresh)).toEqual([]);
      const unlisted = await stores.workList.findUnlisted(fresh.tenant.id, null, 10);
      expect(unlisted.map(({ clusterId }) => clusterId)).toEqual([clusterIdOf(2)]);
      expect(await stores.workList.listChanges(fresh.tenant.id, clusterIdOf(1), 10)).toHaveLength(1);
    },
  },
  {
    title:
      'ignored clusters are found among many, also by the ids of clusters that are part of them; other tenants have none',
    async run(stores) {
      const fresh = await writeThree(stores);
      await stores.clusterRules.change(fresh.tenant.id, {
        ...{ expectedSequence: 0, actor: 'Anna', added: [], undoneIds: [], clusters: [clusterOf(0)] },
        canonicalIds: [{ clusterId: clusterIdOf(1), canonicalId: clusterIdOf(0) }],
      });
      await begin(stores, fresh, { 0: { state: 'ignored', sinceMs: nowMs, until: null }, 2: ongoing });
      const ids = [0, 1, 2, 3, 1].map(clusterIdOf);
      expect(await stores.workList.findIgnored(fresh.tenant.id, ids)).toEqual(new Set([0, 1].map(clusterIdOf)));
      expect(await stores.workList.findIgnored(fresh.tenant.id, [])).toEqual(new Set());
      const other = (await openTenant(stores)).tenant.id;
      expect(await stores.workList.findIgnored(other, ids)).toEqual(new Set());
    },
  },
  {
    title: 'comments are listed oldest first until they are taken back',
    async run(stores) {
      const { workList } = stores;
      const fresh = await writeThree(stores);
      const [tenantId, clusterId] = [fresh.tenant.id, clusterIdOf(0)];
      const first = await workList.addComment(tenantId, { clusterId, text: 'first', actor: anna, atMs: nowMs });
      const second = await workList.addComment(tenantId, { clusterId, text: 'second', actor: anna, atMs: nowMs + 1 });
      expect(await workList.listComments(tenantId, clusterId, 10)).toEqual([first, second]);
      expect(await workList.listComments(tenantId, clusterId, 1)).toEqual([second]);
      expect(await workList.hideComment(tenantId, first.id)).toBe(true);
      expect(await workList.hideComment(tenantId, first.id)).toBe(false);
      expect(await workList.getComment(tenantId, first.id)).toBeNull();
      expect(await workList.getComment(tenantId, second.id)).toMatchObject({ text: 'second', actor: anna });
      expect(await workList.listComments(tenantId, clusterIdOf(1), 10)).toEqual([]);
      expect(await workList.listCommentsBy(tenantId, anna)).toEqual([second]);
      expect(await workList.listCommentsBy(tenantId, { kind: anna.kind, id: 'somebody else' })).toEqual([]);
    },
  },
  {
    title: 'an owner rule is there once for a label and value, and again after it was ended; teams are those in use',
    async run(stores) {
      const { workList } = stores;
      const fresh = await writeThree(stores);
      const tenantId = fresh.tenant.id;
      const rule = { label: 'app', value: 'shop', assignee: team, createdBy: 'Anna' };
      const made = await workList.createOwnerRule(tenantId, rule);
      expect(made).toMatchObject(rule);
      await expect(workList.createOwnerRule(tenantId, rule)).rejects.toMatchObject({ kind: 'conflict' });
      expect((await workList.listOwnerRules(tenantId)).map(({ id }) => id)).toEqual([made.id]);
      expect(await workList.listTeams(tenantId)).toEqual(['web']);
      expect(await workList.hideOwnerRule(tenantId, made.id)).toBe(true);
      expect(await workList.hideOwnerRule(tenantId, made.id)).toBe(false);
      expect(await workList.listOwnerRules(tenantId)).toEqual([]);
      expect(await workList.listTeams(tenantId)).toEqual([]);
      await workList.createOwnerRule(tenantId, rule);
    },
  },
  {
    title: 'old history goes, a few entries at a time, but for the newest of each cluster; other tenants keep theirs',
    async run(stores) {
      const { workList } = stores;
      const fresh = await writeThree(stores);
      const tenantId = fresh.tenant.id;
      await begin(stores, fresh, { 0: ongoing, 1: ongoing });
      for (const atMs of [nowMs + 1, nowMs + 2]) {
        const after = { work: resolved(atMs), assignee: null };
        const change = {
          clusterId: clusterIdOf(0),
          before: { work: ongoing, assignee: null },
          after,
          reason: 'person' as const,
        };
        await workList.change(tenantId, [change], { changeId: null, actor: anna, atMs });
      }
      const timesOf = async (n: number) =>
        (await workList.listChanges(tenantId, clusterIdOf(n), 10)).map(({ atMs }) => atMs - nowMs);
      expect(await workList.deleteHistoryBefore((await openTenant(stores)).tenant.id, nowMs + hourMs, 10)).toBe(0);
      expect(await workList.deleteHistoryBefore(tenantId, nowMs, 10)).toBe(0);
      expect(await timesOf(0)).toEqual([2, 1, 0]);
      expect(await workList.deleteHistoryBefore(tenantId, nowMs + hourMs, 1)).toBe(1);
      expect(await workList.deleteHistoryBefore(tenantId, nowMs + hourMs, 10)).toBe(1);
      expect(await workList.deleteHistoryBefore(tenantId, nowMs + hourMs, 10)).toBe(0);
      expect([await timesOf(0), await timesOf(1)]).toEqual([[2], [0]]);
    },
  },
  {
    title: 'comments and owner rules that were taken back go when they are old; those that are shown stay',
    async run(stores) {
      const { workList } = stores;
      const fresh = await writeThree(stores);
      const [tenantId, clusterId] = [fresh.tenant.id, clusterIdOf(0)];
      const hidden = await workList.addComment(tenantId, { clusterId, text: 'hidden', actor: anna, atMs: nowMs });
      const shown = await workList.addComment(tenantId, { clusterId, text: 'shown', actor: anna, atMs: nowMs });
      const rule = { label: 'app', value: 'shop', assignee: team, createdBy: 'Anna' };
      await workList.hideComment(tenantId, hidden.id);
      await workList.hideOwnerRule(tenantId, (await workList.createOwnerRule(tenantId, rule)).id);
      expect(await workList.deleteHiddenBefore(tenantId, Date.now() - hourMs, 10)).toBe(0);
      expect(await workList.deleteHiddenBefore(tenantId, Date.now() + hourMs, 10)).toBe(2);
      expect(await workList.deleteHiddenBefore(tenantId, Date.now() + hourMs, 10)).toBe(0);
      expect(await workList.listComments(tenantId, clusterId, 10)).toEqual([shown]);
    },
  },
  {
    title: 'when somebody last looked never goes back, and is each caller their own',
    async run(stores) {
      const { workList } = stores;
      const tenantId = (await openTenant(stores)).tenant.id;
      expect(await workList.readSeen(tenantId, anna)).toBeNull();
      await workList.markSeen(tenantId, anna, nowMs);
      await workList.markSeen(tenantId, anna, nowMs - 1);
      expect(await workList.readSeen(tenantId, anna)).toBe(nowMs);
      expect(await workList.readSeen(tenantId, { ...anna, kind: 'api-key' })).toBeNull();
    },
  },
];
