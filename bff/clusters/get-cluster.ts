import type { GetClusterResponse, RequestOf } from '@loghunter/contracts';
import type { ClusterFilter, MinuteRange } from '@loghunter/ports';
import type { CallContext } from '../http/route-handlers.ts';
import { requireCluster, type ClusterFeature } from './cluster-feature.ts';
import { buildClusterQuery, presentQuery } from './cluster-query.ts';
import { trendPointsOf } from './list-clusters.ts';
import { presentCluster } from './present-cluster.ts';
import { readTimeRange, toTimestamp } from '../http/time-range.ts';

/** Answers one cluster with its samples and the query behind it. */
export async function getCluster(
  feature: ClusterFeature,
  request: RequestOf<'getCluster'>,
  { principal }: CallContext
): Promise<GetClusterResponse> {
  const { tenantId, clusters, workList } = feature;
  const range = readTimeRange(request, feature.clock.nowMs());
  const row = await requireCluster(feature, request.id, range, trendPointsOf(range));
  const [coverage, samples, totalEventCount, query, seenAtMs] = await Promise.all([
    clusters.readCoverage(tenantId, range),
    clusters.listSamples(tenantId, row.id),
    countEvents(feature, range),
    buildClusterQuery(feature, row, range),
    workList.readSeen(tenantId, principal.actor),
  ]);
  return {
    cluster: presentCluster(row, { range, coverage, totalEventCount, seenAtMs }),
    samples: samples.map((sample) => ({ at: toTimestamp(sample.atMs), text: sample.text })),
    query: presentQuery(query, range),
  };
}

async function countEvents(feature: ClusterFeature, range: MinuteRange): Promise<number> {
  const any: ClusterFilter = { range, services: [], namespaces: [], levels: [], text: '' };
  const page = { sort: 'count', order: 'desc', limit: 1, offset: 0, trendPoints: 1 } as const;
  return (await feature.clusters.listClusters(feature.tenantId, any, page)).totalEventCount;
}
