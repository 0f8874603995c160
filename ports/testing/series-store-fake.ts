import { levelsBySeverity } from '@loghunter/engine/severity';
import type { MinuteRange } from '../cluster-store.ts';
import type { ClusterMinute, ClusterTotal, SeriesStore, ServiceMinute } from '../series-store.ts';
import { canonicalIdOf, figuresOf, type FakeState, type FakeStream, type FakeTenant } from './ledger-fake-state.ts';

interface ServiceRef {
  readonly service: string;
  readonly namespace: string;
}

/** Counts of the fake ledger as series. It knows not when minutes were written: all of them count as changed just now. */
export function createFakeSeriesStore(state: FakeState, nowMs: () => number): SeriesStore {
  const streamsOf = (tenantId: string, of?: ServiceRef) =>
    [...(state.tenants.get(tenantId)?.streams.values() ?? [])].filter(
      ({ service, namespace }) => of === undefined || (service === of.service && namespace === of.namespace)
    );
  /** Whether a stream's watch is not read whole. */
  const isPart =
    (tenantId: string) =>
    ({ watchId }: FakeStream) =>
      state.tenants.get(tenantId)?.watches.get(watchId)?.watch.oneIn !== 1;
  return {
    readServiceMinutes: async (tenantId, range) => serviceMinutes(isPart(tenantId), streamsOf(tenantId), range),
    async readMinutesOfWatchesInUse(tenantId, range) {
      const watches = state.tenants.get(tenantId)?.watches;
      const inUse = [...(watches?.values() ?? [])].filter(({ watch }) => !watch.isRetired);
      const minutes = inUse.flatMap(({ watch }) =>
        streamsOf(tenantId)
          .filter(({ watchId }) => watchId === watch.id)
          .map((stream): FakeStream => ({
            ...stream,
            minutes: new Map(
              [...stream.minutes].filter(([, minute]) => minute.minuteMs >= (watch.readFromMs ?? Infinity))
            ),
          }))
      );
      return serviceMinutes(isPart(tenantId), minutes, range);
    },
    readMinutesOf: async (tenantId, of, range) => serviceMinutes(isPart(tenantId), streamsOf(tenantId, of), range),
    readClusterMinutes: async (tenantId, range) => clusterMinutes(state.tenants.get(tenantId), range),
    async readMinutesOfCluster(tenantId, clusterId, range) {
      const minutes = clusterMinutes(state.tenants.get(tenantId), range);
      return minutes
        .filter((minute) => minute.clusterId === clusterId)
        .map(({ minuteMs, eventCount }) => ({ minuteMs, eventCount }));
    },
    async readClusterTotals(tenantId, of, range) {
      const tenant = state.tenants.get(tenantId);
      return tenant === undefined ? [] : clusterTotals(tenant, streamsOf(tenantId, of), range);
    },
    async listServicesOf(tenantId, watchId) {
      const own = streamsOf(tenantId).filter((stream) => stream.watchId === watchId);
      const byKey = new Map(own.map(({ service, namespace }) => [`${service} ${namespace}`, { service, namespace }]));
      return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, of]) => of);
    },
    listStreamsOf: async (tenantId, of, limit) =>
      streamsOf(tenantId, of)
        .slice(0, limit)
        .map(({ labels }) => labels),
    async listChangedMinutes(tenantId, range, sinceMs) {
      const minutes = new Set(streamsOf(tenantId).flatMap((stream) => minutesIn(stream, range).map((m) => m.minuteMs)));
      const isAfterAll = sinceMs !== null && sinceMs > nowMs();
      return { minutes: isAfterAll ? [] : [...minutes].toSorted((a, b) => a - b), nowMs: nowMs() };
    },
  };
}

function minutesIn(stream: FakeStream, { fromMs, toMs }: MinuteRange) {
  return [...stream.minutes.values()].filter(({ minuteMs }) => minuteMs >= fromMs && minuteMs < toMs);
}

function serviceMinutes(
  isPart: (stream: FakeStream) => boolean,
  streams: readonly FakeStream[],
  range: MinuteRange
): readonly ServiceMinute[] {
  const sums = new Map<string, ServiceMinute>();
  for (const stream of streams) {
    const { service, namespace } = stream;
    for (const { minuteMs, lineCount, unreadLineCount, counts } of minutesIn(stream, range)) {
      const key = JSON.stringify([minuteMs, service, namespace]);
      const before = sums.get(key);
      const errors = counts.filter(({ level }) => level === 'error' || level === 'fatal');
      sums.set(key, {
        ...{ service, namespace, minuteMs, lineCount: lineCount + (before?.lineCount ?? 0) },
        unreadLineCount: (isPart(stream) ? 0 : unreadLineCount) + (before?.unreadLineCount ?? 0),
        skippedLineCount: (isPart(stream) ? unreadLineCount : 0) + (before?.skippedLineCount ?? 0),
        errorCount: errors.reduce((sum, { eventCount }) => sum + eventCount, before?.errorCount ?? 0),
      });
    }
  }
  return [...sums.values()]
    .filter(({ lineCount, unreadLineCount, skippedLineCount }) => lineCount + unreadLineCount + skippedLineCount > 0)
    .toSorted((a, b) => a.minuteMs - b.minuteMs || (a.service < b.service ? -1 : 1));
}

function clusterMinutes(tenant: FakeTenant | undefined, range: MinuteRange): readonly ClusterMinute[] {
  const sums = new Map<string, ClusterMinute & { readonly streams: Set<FakeStream> }>();
  for (const stream of tenant?.streams.values() ?? []) {
    for (const { minuteMs, counts } of minutesIn(stream, range)) {
      for (const count of counts.filter(({ eventCount }) => eventCount > 0)) {
        const clusterId = tenant === undefined ? '' : canonicalIdOf(tenant, count.clusterId);
        const key = JSON.stringify([minuteMs, clusterId]);
        const before = sums.get(key);
        const streams = (before?.streams ?? new Set<FakeStream>()).add(stream);
        const levels = before === undefined ? [count.level] : [count.level, before.level];
        sums.set(key, {
          ...{ clusterId, minuteMs, streams, streamCount: streams.size },
          service: tenant?.clusters.get(clusterId)?.service ?? '',
          namespace: tenant?.clusters.get(clusterId)?.namespace ?? '',
          eventCount: count.eventCount + (before?.eventCount ?? 0),
          level: levels.toSorted((a, b) => levelsBySeverity.indexOf(a) - levelsBySeverity.indexOf(b))[0] ?? 'unknown',
          firstSeenMs: firstSeenMs(tenant, clusterId) ?? minuteMs,
        });
      }
    }
  }
  return [...sums.values()]
    .map(({ streams: _, ...minute }) => minute)
    .toSorted((a, b) => a.minuteMs - b.minuteMs || (a.clusterId < b.clusterId ? -1 : 1));
}

function firstSeenMs(tenant: FakeTenant | undefined, clusterId: string): number | undefined {
  const firstNs = tenant === undefined ? undefined : figuresOf(tenant, clusterId)?.firstNs;
  return firstNs === undefined ? undefined : Number(firstNs / 1_000_000n);
}

function clusterTotals(
  tenant: FakeTenant,
  streams: readonly FakeStream[],
  range: MinuteRange
): readonly ClusterTotal[] {
  const counts = new Map<string, number>();
  for (const { clusterId, eventCount } of streams.flatMap((stream) =>
    minutesIn(stream, range).flatMap((minute) => minute.counts)
  )) {
    const id = canonicalIdOf(tenant, clusterId);
    counts.set(id, (counts.get(id) ?? 0) + eventCount);
  }
  return [...counts]
    .filter(([, eventCount]) => eventCount > 0)
    .map(([clusterId, eventCount]) => ({
      ...{ clusterId, eventCount, templateText: tenant.clusters.get(clusterId)?.templateText ?? '' },
      level: figuresOf(tenant, clusterId)?.level ?? ('unknown' as const),
      firstSeenMs: firstSeenMs(tenant, clusterId) ?? 0,
    }))
    .toSorted((a, b) => b.eventCount - a.eventCount || (a.clusterId < b.clusterId ? -1 : 1));
}
