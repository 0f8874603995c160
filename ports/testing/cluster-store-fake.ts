import { unclusteredFingerprint } from '@loghunter/engine/fingerprints';
import { levelsBySeverity } from '@loghunter/engine/severity';
import type { Level } from '@loghunter/engine/severity';
import type {
  ClusterFilter,
  ClusterList,
  ClusterPage,
  ClusterRow,
  ClusterStore,
  CoverageRow,
  LabelValueCount,
  MinuteRange,
  WatchCoverageRow,
} from '../cluster-store.ts';
import { listCompanions, listLabelledClusters } from './companions-fake.ts';
import type { ClusterCount } from '../ledger.ts';
import { laterHalfOf, planTrend, trendScore } from '../plan-trend.ts';
import type { TrendPlan } from '../plan-trend.ts';
import { canonicalIdOf, figuresOf } from './ledger-fake-state.ts';
import type { FakeState, FakeStream, FakeTenant } from './ledger-fake-state.ts';
import { countSources, countStates, listSourceStreams } from './sources-fake.ts';

interface PlacedCount extends ClusterCount {
  readonly stream: FakeStream;
  readonly minuteMs: number;
}

/** The reads of `createFakeStores`: every figure is counted anew from the minutes. */
export function createFakeClusterStore(state: FakeState): ClusterStore {
  const tenantOf = (tenantId: string) => state.tenants.get(tenantId);
  const canonicalOf = (tenantId: string, clusterId: string): string => {
    const tenant = tenantOf(tenantId);
    return tenant === undefined ? clusterId : canonicalIdOf(tenant, clusterId);
  };
  return {
    listClusters: (tenantId, filter, page) => Promise.resolve(listClusters(tenantOf(tenantId), filter, page)),
    getCluster(tenantId, askedId, range, trendPoints) {
      const tenant = tenantOf(tenantId);
      const clusterId = canonicalOf(tenantId, askedId);
      const plan = planTrend(range, trendPoints);
      return Promise.resolve(tenant === undefined ? null : rowOf(tenant, clusterId, countsOf(tenant, range, []), plan));
    },
    readTrend: (tenantId, clusterId, range, stepMs) =>
      Promise.resolve(readTrend(tenantOf(tenantId), canonicalOf(tenantId, clusterId), range, stepMs)),
    listSamples: (tenantId, clusterId) =>
      Promise.resolve(
        [...(tenantOf(tenantId)?.samples ?? [])]
          .filter(([id]) => canonicalOf(tenantId, id) === canonicalOf(tenantId, clusterId))
          .flatMap(([, lines]) => lines)
          .map((line) => ({ atMs: Number(line.timestampNs / 1_000_000n), text: line.text }))
          .sort((a, b) => a.atMs - b.atMs)
      ),
    listStreams(tenantId, clusterId, range, limit) {
      const canonicalId = canonicalOf(tenantId, clusterId);
      const counts = countsOf(tenantOf(tenantId), range, []).filter((count) => count.clusterId === canonicalId);
      const streams = [...Map.groupBy(counts, (count) => count.stream)]
        .map(([stream, own]) => ({
          labels: stream.labels,
          lineCount: sum(own, (count) => count.lineCount),
          firstMs: Math.min(...own.map((count) => Number(count.firstNs / 1_000_000n))),
          lastMs: Math.max(...own.map((count) => Number(count.lastNs / 1_000_000n))),
        }))
        .filter((stream) => stream.lineCount > 0);
      return Promise.resolve(streams.sort((a, b) => b.lineCount - a.lineCount).slice(0, limit));
    },
    readEventCounts(tenantId, clusterIds, range, stepMs) {
      const plan = { startMs: range.fromMs, stepMs, pointCount: Math.ceil((range.toMs - range.fromMs) / stepMs) };
      const counts = Map.groupBy(countsOf(tenantOf(tenantId), range, []), ({ clusterId }) => clusterId);
      const known = clusterIds.filter((id) => (counts.get(id) ?? []).some(({ eventCount }) => eventCount > 0));
      return Promise.resolve(new Map(known.map((id) => [id, countSteps(counts.get(id) ?? [], plan)])));
    },
    listCompanions: (tenantId, clusterId, search) =>
      Promise.resolve(listCompanions(tenantOf(tenantId), canonicalOf(tenantId, clusterId), search)),
    listLabelledClusters: (tenantId, filter, page) =>
      Promise.resolve(listLabelledClusters(tenantOf(tenantId), filter, page)),
    countLabelValues: (tenantId, clusterId, range) =>
      Promise.resolve(countLabelValues(tenantOf(tenantId), canonicalOf(tenantId, clusterId), range)),
    listServices: (tenantId, namespaces) => Promise.resolve(listServices(tenantOf(tenantId), namespaces)),
    readCoverage: (tenantId, range) => Promise.resolve(readCoverage(tenantOf(tenantId), range)),
    readWatchCoverage: (tenantId, range) => Promise.resolve(readWatchCoverage(tenantOf(tenantId), range)),
    countSources: (tenantId, filter, steps) => Promise.resolve(countSources(tenantOf(tenantId), filter, steps)),
    countStates: (tenantId, filter) => Promise.resolve(countStates(tenantOf(tenantId), filter)),
    listSourceStreams: (tenantId, filter, limit) =>
      Promise.resolve(listSourceStreams(tenantOf(tenantId), filter, limit)),
  };
}

function listClusters(tenant: FakeTenant | undefined, filter: ClusterFilter, page: ClusterPage): ClusterList {
  if (tenant === undefined) {
    return { clusters: [], totalClusterCount: 0, totalEventCount: 0, totalLineCount: 0, nextKey: null };
  }
  const counts = countsOf(tenant, filter.range, filter.levels);
  const plan = planTrend(filter.range, page.trendPoints);
  const rows = [...new Set(counts.map((count) => count.clusterId))]
    .map((id) => rowOf(tenant, id, counts, plan))
    .filter((row) => row !== null)
    .filter((row) => row.eventCount > 0 || row.lineCount > 0)
    .filter((row) => isAnyOf(filter.services, row.service) && isAnyOf(filter.namespaces, row.namespace))
    .filter((row) => row.templateText.toLowerCase().includes(filter.text.toLowerCase()))
    .filter((row) => matchesWork(row, filter));
  const direction = page.order === 'asc' ? 1 : -1;
  const scores = trendScoresOf(counts, filter.range);
  const compare = (a: ClusterRow, b: ClusterRow) =>
    page.sort === 'trend' ? (scores.get(a.id) ?? 0) - (scores.get(b.id) ?? 0) : compareRows(page.sort, a, b);
  rows.sort((a, b) => direction * compare(a, b) || (a.id < b.id ? -1 : 1));
  // The key of the fake is an id: nothing is counted between the pages of a test.
  const first = rows.findIndex(({ id }) => id === page.afterKey?.at(-1)) + 1 + page.offset;
  const clusters = rows.slice(first, first + page.limit);
  const last = clusters.at(-1);
  return {
    clusters,
    nextKey: last !== undefined && first + clusters.length < rows.length ? [...keyOf(page.sort, last), last.id] : null,
    totalClusterCount: rows.length,
    totalEventCount: sum(rows, (row) => row.eventCount),
    totalLineCount: sum(rows, (row) => row.lineCount),
  };
}

function matchesWork({ current }: ClusterRow, filter: ClusterFilter): boolean {
  const { states = [], assigneeIds = [], freshAfterMs } = filter;
  const state = current?.work.state ?? 'new';
  const isFresh =
    (state === 'new' || state === 'regressed' || state === 'escalating') &&
    (current?.work.sinceMs ?? Infinity) > (freshAfterMs ?? 0);
  return (
    isAnyOf(states, state) &&
    isAnyOf(assigneeIds, current?.assignee?.id ?? null) &&
    (freshAfterMs === undefined || isFresh)
  );
}

const statesByNeed = ['resolved', 'ignored', 'ongoing', 'new', 'escalating', 'regressed'];

function needOf({ current }: ClusterRow): number {
  return statesByNeed.indexOf(current?.work.state ?? 'new');
}

function assigneeKeyOf({ current }: ClusterRow): string {
  return current?.assignee?.name.toLowerCase() ?? '\u{10FFFF}';
}

function rowOf(
  tenant: FakeTenant,
  clusterId: string,
  counts: readonly PlacedCount[],
  plan: TrendPlan
): ClusterRow | null {
  const identity = tenant.clusters.get(clusterId);
  const figures = figuresOf(tenant, clusterId);
  if (identity === undefined || figures === undefined) {
    return null;
  }
  const own = counts.filter((count) => count.clusterId === clusterId);
  return {
    id: identity.id,
    service: identity.service,
    namespace: identity.namespace,
    level: figures.level,
    template: identity.template,
    templateText: identity.templateText,
    firstSeenMs: Number(figures.firstNs / 1_000_000n),
    lastSeenMs: Number(figures.lastNs / 1_000_000n),
    eventCount: sum(own, (count) => count.eventCount),
    lineCount: sum(own, (count) => count.lineCount),
    trend: { startMs: plan.startMs, stepMs: plan.stepMs, counts: countSteps(own, plan) },
    current: tenant.workList.work.get(clusterId)?.current ?? null,
  };
}

function readTrend(tenant: FakeTenant | undefined, clusterId: string, range: MinuteRange, stepMs: number) {
  const plan = { startMs: range.fromMs, stepMs, pointCount: Math.ceil((range.toMs - range.fromMs) / stepMs) };
  const own = countsOf(tenant, range, []).filter((count) => count.clusterId === clusterId && count.eventCount > 0);
  return levelsBySeverity
    .map((level) => ({ level, counts: own.filter((count) => count.level === level) }))
    .filter((series) => series.counts.length > 0)
    .map((series) => ({ level: series.level, counts: countSteps(series.counts, plan) }));
}

function countLabelValues(
  tenant: FakeTenant | undefined,
  clusterId: string,
  range: MinuteRange
): readonly LabelValueCount[] {
  const streams = [...(tenant?.streams.values() ?? [])].map((stream) => {
    const minutes = [...stream.minutes.values()].filter((minute) => isInside(minute.minuteMs, range));
    const own = minutes
      .flatMap((minute) => minute.counts)
      .filter((count) => tenant !== undefined && canonicalIdOf(tenant, count.clusterId) === clusterId);
    return {
      labels: stream.labels,
      clusterLineCount: sum(own, (count) => count.lineCount),
      overallLineCount: sum(minutes, (minute) => minute.lineCount),
    };
  });
  const names = new Set(
    streams.filter((stream) => stream.clusterLineCount > 0).flatMap((stream) => Object.keys(stream.labels))
  );
  const values = streams.flatMap((stream) =>
    Object.entries(stream.labels).map(([name, value]) => ({ name, value, stream }))
  );
  return [...Map.groupBy(values, ({ name, value }) => JSON.stringify([name, value])).values()]
    .flatMap((group) =>
      group.slice(0, 1).map(({ name, value }) => ({
        name,
        value,
        clusterLineCount: sum(group, ({ stream }) => stream.clusterLineCount),
        overallLineCount: sum(group, ({ stream }) => stream.overallLineCount),
      }))
    )
    .filter((row) => names.has(row.name) && (row.clusterLineCount > 0 || row.overallLineCount > 0))
    .sort(
      (a, b) =>
        compareText(a.name, b.name) ||
        b.clusterLineCount - a.clusterLineCount ||
        b.overallLineCount - a.overallLineCount ||
        compareText(a.value, b.value)
    );
}

function listServices(tenant: FakeTenant | undefined, namespaces: readonly string[]) {
  const streams = [...(tenant?.streams.values() ?? [])].filter((stream) => isAnyOf(namespaces, stream.namespace));
  const pairs = new Map(
    streams.map(({ service, namespace }) => [JSON.stringify([service, namespace]), { service, namespace }])
  );
  return [...pairs.values()].sort((a, b) => compareText(a.service, b.service) || compareText(a.namespace, b.namespace));
}

function readCoverage(tenant: FakeTenant | undefined, range: MinuteRange): CoverageRow {
  const minutes = [...(tenant?.streams.values() ?? [])]
    .flatMap((stream) => [...stream.minutes.values()])
    .filter((minute) => isInside(minute.minuteMs, range));
  const unclusteredIds = new Set(
    [...(tenant?.clusters.values() ?? [])]
      .filter((cluster) => cluster.fingerprint === unclusteredFingerprint)
      .map((cluster) => cluster.id)
  );
  const watches = [...(tenant?.watches.values() ?? [])].map((entry) => entry.watch).filter((watch) => !watch.isRetired);
  return {
    lineCount: sum(minutes, (minute) => minute.lineCount),
    unreadLineCount: sum(minutes, (minute) => minute.unreadLineCount),
    unclusteredLineCount: sum(
      minutes.flatMap((minute) => minute.counts).filter((count) => unclusteredIds.has(count.clusterId)),
      (count) => count.lineCount
    ),
    readFromMs: leastOf(watches.map((watch) => watch.readFromMs)),
    readUpToMs: leastOf(watches.map((watch) => watch.readUpToMs)),
  };
}

function readWatchCoverage(tenant: FakeTenant | undefined, range: MinuteRange): readonly WatchCoverageRow[] {
  const unclusteredIds = new Set(
    [...(tenant?.clusters.values() ?? [])]
      .filter((cluster) => cluster.fingerprint === unclusteredFingerprint)
      .map((cluster) => cluster.id)
  );
  const streams = [...(tenant?.streams.values() ?? [])];
  return [...(tenant?.watches.entries() ?? [])]
    .flatMap(([id, { watch, lease }]): readonly WatchCoverageRow[] => {
      const minutes = streams
        .filter((stream) => stream.watchId === id)
        .flatMap((stream) =>
          [...stream.minutes.values()].map((minute) => ({ ...minute, late: stream.late.get(minute.minuteMs) ?? 0 }))
        )
        .filter((minute) => isInside(minute.minuteMs, range));
      const { name, source, oneIn, isRetired, readFromMs, readUpToMs } = watch;
      const counts = {
        lineCount: sum(minutes, (minute) => minute.lineCount),
        unreadLineCount: sum(minutes, (minute) => minute.unreadLineCount),
        lateLineCount: sum(minutes, (minute) => minute.late),
        unclusteredLineCount: sum(
          minutes.flatMap((minute) => minute.counts).filter((count) => unclusteredIds.has(count.clusterId)),
          (count) => count.lineCount
        ),
      };
      const heldBackBy = lease === undefined ? 'scanner' : lease.heldBackBy;
      return isRetired && minutes.length === 0
        ? []
        : [{ name, source, oneIn, isRetired, readFromMs, readUpToMs, heldBackBy, ...counts }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function countsOf(
  tenant: FakeTenant | undefined,
  range: MinuteRange,
  levels: readonly Level[]
): readonly PlacedCount[] {
  return [...(tenant?.streams.values() ?? [])].flatMap((stream) =>
    [...stream.minutes.values()]
      .filter((minute) => isInside(minute.minuteMs, range))
      .flatMap((minute) =>
        minute.counts.map((count) => ({
          ...count,
          clusterId: tenant === undefined ? count.clusterId : canonicalIdOf(tenant, count.clusterId),
          stream,
          minuteMs: minute.minuteMs,
        }))
      )
      .filter((count) => isAnyOf(levels, count.level))
  );
}

function countSteps(counts: readonly PlacedCount[], plan: TrendPlan): readonly number[] {
  const steps = Array.from({ length: plan.pointCount }, () => 0);
  for (const count of counts) {
    const step = Math.floor((count.minuteMs - plan.startMs) / plan.stepMs);
    steps[step] = (steps[step] ?? 0) + count.eventCount;
  }
  return steps;
}

function trendScoresOf(counts: readonly PlacedCount[], range: MinuteRange): ReadonlyMap<string, number> {
  const half = laterHalfOf(range);
  const byCluster = Map.groupBy(counts, ({ clusterId }) => clusterId);
  return new Map(
    [...byCluster].map(([id, own]) => {
      const later = own.filter(({ minuteMs }) => minuteMs >= half.fromMs);
      const eventsOf = (items: readonly PlacedCount[]) => sum(items, ({ eventCount }) => eventCount);
      return [id, trendScore(eventsOf(own), eventsOf(later), half)];
    })
  );
}

function compareRows(sort: Exclude<ClusterPage['sort'], 'trend'>, a: ClusterRow, b: ClusterRow): number {
  switch (sort) {
    case 'count':
      return a.eventCount - b.eventCount || a.lineCount - b.lineCount;
    case 'firstSeen':
      return a.firstSeenMs - b.firstSeenMs;
    case 'lastSeen':
      return a.lastSeenMs - b.lastSeenMs;
    case 'level':
      return levelsBySeverity.indexOf(b.level) - levelsBySeverity.indexOf(a.level);
    case 'service':
      return compareText(a.service, b.service) || compareText(a.namespace, b.namespace);
    case 'state':
      return needOf(a) - needOf(b);
    case 'assignee':
      return compareText(assigneeKeyOf(a), assigneeKeyOf(b));
  }
}

function keyOf(sort: ClusterPage['sort'], row: ClusterRow): readonly string[] {
  switch (sort) {
    case 'trend':
      return ['0'];
    case 'count':
      return [String(row.eventCount), String(row.lineCount)];
    case 'firstSeen':
      return [String(row.firstSeenMs * 1000)];
    case 'lastSeen':
      return [String(row.lastSeenMs * 1000)];
    case 'level':
      return [String(levelsBySeverity.indexOf(row.level))];
    case 'service':
      return [row.service, row.namespace];
    case 'state':
      return [String(needOf(row))];
    case 'assignee':
      return [assigneeKeyOf(row)];
  }
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function isInside(minuteMs: number, range: MinuteRange): boolean {
  return minuteMs >= range.fromMs && minuteMs < range.toMs;
}

function isAnyOf<T>(wanted: readonly T[], value: T): boolean {
  return wanted.length === 0 || wanted.includes(value);
}

function sum<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}

function leastOf(values: ReadonlyArray<number | null>): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.min(...known);
}
