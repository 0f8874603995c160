import type { ListRelatedClustersResponse, RequestOf } from '@loghunter/contracts';
import { chooseTellingMinutes, correlateCounts, isTellingCorrelation } from '@loghunter/engine/comparison';
import type { MinuteRange, NamedCluster } from '@loghunter/ports';
import { presentRange, readTimeRange } from '../http/time-range.ts';
import { requireCluster, type ClusterFeature } from './cluster-feature.ts';
import { trendPointsOf } from './list-clusters.ts';
import { nameCluster } from './show-cluster.ts';

const minuteMs = 60_000;
/** Minutes compared at most: long enough for a shape, short enough to be read at once for a hundred clusters. */
const windowMinutes = 360;
/** Busy and quiet minutes in which others are looked for, of each; times the streams, this is what the database looks up. */
const tellingMinutes = 20;
const maxStreams = 2000;
const maxCompared = 100;
const maxAnswered = 20;

/** `GET /api/v1/clusters/{id}/related`: whose events come and go in the same minutes. */
export async function listRelatedClusters(
  feature: ClusterFeature,
  request: RequestOf<'listRelatedClusters'>
): Promise<ListRelatedClustersResponse> {
  const { clusters, tenantId } = feature;
  const range = readTimeRange(request, feature.clock.nowMs());
  const cluster = await requireCluster(feature, request.id, range, trendPointsOf(range));
  const window = await readWindow(feature, range, cluster.trend);
  const own = (await clusters.readEventCounts(tenantId, [cluster.id], window, minuteMs)).get(cluster.id) ?? [];
  const { busy, quiet } = chooseTellingMinutes(own, tellingMinutes);
  const timeOf = (place: number) => window.fromMs + place * minuteMs;
  const companions = await clusters.listCompanions(tenantId, cluster.id, {
    ...{ busyMs: busy.map(timeOf), quietMs: quiet.map(timeOf), maxStreams, maxClusters: maxCompared },
  });
  const ids = companions.clusters.map(({ id }) => id);
  const counts = await clusters.readEventCounts(tenantId, ids, window, minuteMs);
  return {
    window: presentRange(window),
    readMinuteCount: (window.toMs - window.fromMs) / minuteMs,
    minuteCount: own.filter((count) => count > 0).length,
    comparedClusterCount: companions.clusters.length,
    isComplete: companions.isComplete,
    clusters: companions.clusters
      .map((other) => compare(feature, other, own, counts.get(other.id) ?? []))
      .filter(({ correlation }) => isTellingCorrelation(correlation, own.length))
      .sort((a, b) => b.correlation - a.correlation || (a.id < b.id ? -1 : 1))
      .slice(0, maxAnswered),
  };
}

/** The part of the range that is compared: it ends with the cluster's last events, and holds only what has been read. */
async function readWindow(
  { clusters, tenantId }: ClusterFeature,
  range: MinuteRange,
  { startMs, stepMs, counts }: { readonly startMs: number; readonly stepMs: number; readonly counts: readonly number[] }
): Promise<MinuteRange> {
  const { readFromMs, readUpToMs } = await clusters.readCoverage(tenantId, range);
  const lastStep = counts.findLastIndex((count) => count > 0);
  const lastMs = lastStep === -1 ? range.toMs : startMs + (lastStep + 1) * stepMs;
  // Where the cluster went on to the end, quiet minutes after it say as much as those before.
  const readToMs = Math.min(range.toMs, Math.floor((readUpToMs ?? range.fromMs) / minuteMs) * minuteMs);
  const toMs = Math.min(readToMs, Math.max(lastMs, range.fromMs + windowMinutes * minuteMs));
  const firstReadMs = Math.ceil((readFromMs ?? range.fromMs) / minuteMs) * minuteMs;
  const fromMs = Math.max(range.fromMs, firstReadMs, toMs - windowMinutes * minuteMs);
  return fromMs < toMs ? { fromMs, toMs } : { fromMs: range.fromMs, toMs: range.fromMs };
}

function compare(
  feature: ClusterFeature,
  other: NamedCluster,
  own: readonly number[],
  counts: readonly number[]
): ListRelatedClustersResponse['clusters'][number] {
  const minutes = counts.map((count, place) => ({ count, isShared: count > 0 && (own[place] ?? 0) > 0 }));
  return {
    ...nameCluster(feature.identifier.rules.userRules, other),
    correlation: correlateCounts(own, counts),
    sharedMinuteCount: minutes.filter(({ isShared }) => isShared).length,
    minuteCount: minutes.filter(({ count }) => count > 0).length,
    eventCount: counts.reduce((sum, count) => sum + count, 0),
  };
}
