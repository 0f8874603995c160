import type { ListClustersResponse, RequestOf } from '@loghunter/contracts';
import type { ClusterFilter, ClusterPage, MinuteRange } from '@loghunter/ports';
import type { ClusterFeature } from './cluster-feature.ts';
import { presentCluster, presentCoverage } from './present-cluster.ts';
import { showCluster } from './show-cluster.ts';
import { presentRange, readTimeRange } from '../http/time-range.ts';

/** Points of a trend in a list: a point a minute for the usual hour, which touches 61 minutes. */
const listTrendPoints = 61;

/** Answers the list of clusters. */
export async function listClusters(
  feature: ClusterFeature,
  request: RequestOf<'listClusters'>
): Promise<ListClustersResponse> {
  const range = readTimeRange(request, feature.clock.nowMs());
  await feature.identifier.rules.refresh();
  const [list, coverage] = await Promise.all([
    feature.clusters.listClusters(feature.tenantId, toFilter(request, range), toPage(request, range)),
    feature.clusters.readCoverage(feature.tenantId, range),
  ]);
  const { userRules } = feature.identifier.rules;
  return {
    range: presentRange(range),
    clusters: list.clusters.map((row) =>
      presentCluster(showCluster(userRules, row), range, coverage, list.totalEventCount)
    ),
    totalClusterCount: list.totalClusterCount,
    totalEventCount: list.totalEventCount,
    totalLineCount: list.totalLineCount,
    coverage: presentCoverage(coverage),
  };
}

function toFilter(request: RequestOf<'listClusters'>, range: MinuteRange): ClusterFilter {
  return {
    range,
    services: request.service ?? [],
    namespaces: request.namespace ?? [],
    levels: request.level ?? [],
    text: request.text ?? '',
  };
}

function toPage(request: RequestOf<'listClusters'>, range: MinuteRange): ClusterPage {
  return {
    sort: request.sort ?? 'count',
    order: request.order ?? 'desc',
    limit: request.limit ?? 50,
    offset: request.offset ?? 0,
    trendPoints: trendPointsOf(range),
  };
}

/** Points of a short trend over a range: never more than it has minutes. */
export function trendPointsOf(range: MinuteRange): number {
  return Math.min(listTrendPoints, (range.toMs - range.fromMs) / 60_000);
}
