import type { Labels } from '@loghunter/engine/records';
import type { WorkState } from '@loghunter/engine/work-list';
import type { CountSteps, SourceCount, SourceFilter } from '../cluster-store.ts';
import { canonicalIdOf, type FakeStream, type FakeTenant } from './ledger-fake-state.ts';

function isAnyOf(wanted: readonly string[], value: string): boolean {
  return wanted.length === 0 || wanted.includes(value);
}

function isWanted(filter: SourceFilter, { service, namespace }: { service: string; namespace: string }): boolean {
  return isAnyOf(filter.services, service) && isAnyOf(filter.namespaces, namespace);
}

function minutesOf(stream: FakeStream, { range }: SourceFilter) {
  return [...stream.minutes.values()].filter(({ minuteMs }) => minuteMs >= range.fromMs && minuteMs < range.toMs);
}

/** Counts of clusters' own services in the minutes of a range. */
function countsOf(tenant: FakeTenant | undefined, filter: SourceFilter) {
  return [...(tenant?.streams.values() ?? [])]
    .flatMap((stream) => minutesOf(stream, filter))
    .flatMap((minute) =>
      minute.counts.map((count) => ({
        ...count,
        minuteMs: minute.minuteMs,
        service: tenant?.clusters.get(count.clusterId)?.service ?? '',
        namespace: tenant?.clusters.get(count.clusterId)?.namespace ?? '',
      }))
    )
    .filter((count) => isWanted(filter, count) && (count.eventCount > 0 || count.lineCount > 0));
}

/** Counts by source, level and step. */
export function countSources(
  tenant: FakeTenant | undefined,
  filter: SourceFilter,
  { startMs, stepMs }: CountSteps
): readonly SourceCount[] {
  const sums = new Map<string, SourceCount>();
  for (const { service, namespace, level, minuteMs, eventCount, lineCount } of countsOf(tenant, filter)) {
    const step = Math.floor((minuteMs - startMs) / stepMs);
    const key = JSON.stringify([service, namespace, level, step]);
    const sum = sums.get(key);
    sums.set(key, {
      ...{ service, namespace, level, step },
      eventCount: (sum?.eventCount ?? 0) + eventCount,
      lineCount: (sum?.lineCount ?? 0) + lineCount,
    });
  }
  return [...sums.values()];
}

/** Clusters of the range by state. */
export function countStates(
  tenant: FakeTenant | undefined,
  filter: SourceFilter
): ReadonlyArray<{ readonly state: WorkState; readonly clusterCount: number }> {
  if (tenant === undefined) {
    return [];
  }
  const ids = new Set(countsOf(tenant, filter).map(({ clusterId }) => canonicalIdOf(tenant, clusterId)));
  const states = [...ids].map((id): WorkState => tenant.workList.work.get(id)?.current.work.state ?? 'new');
  return [...Map.groupBy(states, (state) => state)].map(([state, group]) => ({ state, clusterCount: group.length }));
}

/** Label sets of streams that have lines in the range, most lines first. */
export function listSourceStreams(
  tenant: FakeTenant | undefined,
  filter: SourceFilter,
  limit: number
): readonly Labels[] {
  return [...(tenant?.streams.values() ?? [])]
    .filter((stream) => isWanted(filter, stream))
    .map((stream) => ({
      labels: stream.labels,
      lineCount: minutesOf(stream, filter).reduce((total, minute) => total + minute.lineCount, 0),
    }))
    .filter(({ lineCount }) => lineCount > 0)
    .sort((a, b) => b.lineCount - a.lineCount)
    .slice(0, limit)
    .map(({ labels }) => labels);
}
