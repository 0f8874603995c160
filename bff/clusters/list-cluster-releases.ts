import type { ClusterRelease, ListClusterReleasesResponse, RequestOf } from '@loghunter/contracts';
import type { StreamFigures } from '@loghunter/ports';
import { presentRange, readTimeRange, toTimestamp } from '../http/time-range.ts';
import { releaseOf } from '../work-list/releases.ts';
import { requireCluster, type ClusterFeature } from './cluster-feature.ts';

const minuteMs = 60_000;
const maxStreams = 500;
const maxReleases = 50;

/** `GET /api/v1/clusters/{id}/releases` */
export async function listClusterReleases(
  feature: ClusterFeature,
  request: RequestOf<'listClusterReleases'>
): Promise<ListClusterReleasesResponse> {
  const { clusters, tenantId } = feature;
  const range = readTimeRange(request, feature.clock.nowMs());
  const cluster = await requireCluster(feature, request.id, range, 1);
  // Of the first and the last minute alone: reading all between would be as much as the cluster ever had.
  const inMinuteOf = (ms: number) => {
    const fromMs = Math.floor(ms / minuteMs) * minuteMs;
    return clusters.listStreams(tenantId, cluster.id, { fromMs, toMs: fromMs + minuteMs }, maxStreams);
  };
  const [inRange, first, last] = await Promise.all([
    clusters.listStreams(tenantId, cluster.id, range, maxStreams),
    inMinuteOf(cluster.firstSeenMs),
    inMinuteOf(cluster.lastSeenMs),
  ]);
  return {
    range: presentRange(range),
    releases: byRelease(inRange).slice(0, maxReleases),
    firstReleases: namesOf(first),
    lastReleases: namesOf(last),
  };
}

function byRelease(streams: readonly StreamFigures[]): ClusterRelease[] {
  return [...Map.groupBy(streams, ({ labels }) => releaseOf(labels))]
    .map(([release, own]) => ({
      release,
      lineCount: own.reduce((sum, { lineCount }) => sum + lineCount, 0),
      firstMs: Math.min(...own.map(({ firstMs }) => firstMs)),
      lastMs: Math.max(...own.map(({ lastMs }) => lastMs)),
    }))
    .sort((a, b) => b.lastMs - a.lastMs || b.lineCount - a.lineCount || (a.release < b.release ? -1 : 1))
    .map(({ firstMs, lastMs, ...rest }) => ({
      ...rest,
      ...{ firstSeen: toTimestamp(firstMs), lastSeen: toTimestamp(lastMs) },
    }));
}

function namesOf(streams: readonly StreamFigures[]): string[] {
  const names = new Set(streams.map(({ labels }) => releaseOf(labels)).filter((name) => name !== ''));
  return [...names].toSorted().slice(0, maxReleases);
}
