import type { GetClusterCountsResponse, RequestOf } from '@loghunter/contracts';
import { levelsBySeverity } from '@loghunter/engine/severity';
import { requireCluster, type ClusterFeature } from './cluster-feature.ts';
import { presentRange, readTimeRange } from '../http/time-range.ts';

const minuteMs = 60_000;
const defaultPoints = 120;

/** Answers a cluster's counts over time, by level. */
export async function getClusterCounts(
  feature: ClusterFeature,
  request: RequestOf<'getClusterCounts'>
): Promise<GetClusterCountsResponse> {
  const range = readTimeRange(request, feature.clock.nowMs());
  const minutes = (range.toMs - range.fromMs) / minuteMs;
  const stepMs = Math.ceil(minutes / (request.points ?? defaultPoints)) * minuteMs;
  await requireCluster(feature, request.id, range, 1);
  const series = await feature.clusters.readTrend(feature.tenantId, request.id, range, stepMs);
  return {
    range: presentRange(range),
    stepMs,
    series: levelsBySeverity.flatMap((level) =>
      series.filter((entry) => entry.level === level).map((entry) => ({ level, counts: [...entry.counts] }))
    ),
  };
}
