import type { Companions, CompanionSearch, LabelFilter, LabelledClusters, NamedCluster } from '../cluster-store.ts';
import { canonicalIdOf, figuresOf, type FakeTenant } from './ledger-fake-state.ts';

function nameOf(tenant: FakeTenant, id: string): NamedCluster | null {
  const identity = tenant.clusters.get(id);
  const figures = figuresOf(tenant, id);
  if (identity === undefined || figures === undefined) {
    return null;
  }
  const { service, namespace, template, templateText } = identity;
  return { id, service, namespace, template, templateText, level: figures.level };
}

/** Canonical clusters with events in the same minutes. */
export function listCompanions(
  tenant: FakeTenant | undefined,
  ownId: string,
  { busyMs, quietMs, maxStreams, maxClusters }: CompanionSearch
): Companions {
  if (tenant === undefined || !tenant.clusters.has(ownId) || busyMs.length === 0) {
    return { clusters: [], isComplete: true };
  }
  const hours = new Set([...busyMs, ...quietMs].map((ms) => Math.floor(ms / 3_600_000)));
  const streams = [...tenant.streams.values()].filter((stream) =>
    [...stream.minutes.values()].some(({ minuteMs }) => hours.has(Math.floor(minuteMs / 3_600_000)))
  );
  const idsAt = (ms: number) =>
    new Set(
      streams
        .slice(0, maxStreams)
        .flatMap((stream) => [...stream.minutes.values()].filter(({ minuteMs }) => minuteMs === ms))
        .flatMap(({ counts }) => counts.filter(({ eventCount }) => eventCount > 0))
        .map(({ clusterId }) => canonicalIdOf(tenant, clusterId))
    );
  const [busy, quiet] = [busyMs.map(idsAt), quietMs.map(idsAt)];
  const shareOf = (id: string, sets: ReadonlyArray<ReadonlySet<string>>) =>
    sets.filter((ids) => ids.has(id)).length / Math.max(1, sets.length);
  const ranked = [...new Set(busy.flatMap((ids) => [...ids]))]
    .filter((id) => id !== ownId)
    .map((id) => ({ id, lead: shareOf(id, busy) - shareOf(id, quiet), share: shareOf(id, busy) }))
    .sort((a, b) => b.lead - a.lead || b.share - a.share || (a.id < b.id ? -1 : 1));
  return {
    clusters: ranked.slice(0, maxClusters).flatMap(({ id }) => nameOf(tenant, id) ?? []),
    isComplete: streams.length <= maxStreams,
  };
}

/** Clusters in the streams of a label's values. */
export function listLabelledClusters(
  tenant: FakeTenant | undefined,
  { range, services, namespaces, levels, label, values }: LabelFilter,
  { limit, stepCount }: { readonly limit: number; readonly stepCount: number }
): LabelledClusters {
  if (tenant === undefined) {
    return { clusters: [], totalClusterCount: 0, totalEventCount: 0 };
  }
  const isAnyOf = (wanted: readonly string[], value: string) => wanted.length === 0 || wanted.includes(value);
  const counts = [...tenant.streams.values()]
    .filter((stream) => values.includes(stream.labels[label] ?? '') && label in stream.labels)
    .filter((stream) => isAnyOf(services, stream.service) && isAnyOf(namespaces, stream.namespace))
    .flatMap((stream) => [...stream.minutes.values()])
    .filter(({ minuteMs }) => minuteMs >= range.fromMs && minuteMs < range.toMs)
    .flatMap(({ minuteMs, counts: own }) => own.map((count) => ({ ...count, minuteMs })))
    .filter(({ level, eventCount }) => isAnyOf(levels, level) && eventCount > 0);
  const stepMs = Math.max(1, (range.toMs - range.fromMs) / stepCount);
  const rows = [...Map.groupBy(counts, ({ clusterId }) => canonicalIdOf(tenant, clusterId))].flatMap(([id, own]) => {
    const name = nameOf(tenant, id);
    const steps = Array.from({ length: stepCount }, () => 0);
    for (const { minuteMs, eventCount } of own) {
      const step = Math.floor((minuteMs - range.fromMs) / stepMs);
      steps[step] = (steps[step] ?? 0) + eventCount;
    }
    const eventCount = own.reduce((total, count) => total + count.eventCount, 0);
    return name === null ? [] : [{ ...name, eventCount, counts: steps }];
  });
  rows.sort((a, b) => b.eventCount - a.eventCount || (a.id < b.id ? -1 : 1));
  return {
    clusters: rows.slice(0, limit),
    totalClusterCount: rows.length,
    totalEventCount: rows.reduce((total, row) => total + row.eventCount, 0),
  };
}
