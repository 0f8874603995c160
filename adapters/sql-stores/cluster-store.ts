import type { ClusterStore, SqlDatabase } from '@loghunter/ports';
import { listSamples } from './cluster-samples.ts';
import { countLabelValues, listStreams } from './cluster-streams.ts';
import { readCoverage } from './coverage.ts';
import { getCluster } from './get-cluster.ts';
import { listClusters } from './list-clusters.ts';
import { listServices } from './services.ts';
import { readLevelTrends } from './trends.ts';

/** The clusters in a SQL database, for screens; every method is one transaction. */
export function createClusterStore(database: SqlDatabase): ClusterStore {
  return {
    listClusters: (tenantId, filter, page) =>
      database.withTenant(tenantId, (session) => listClusters(session, tenantId, filter, page)),
    getCluster: (tenantId, clusterId, range, trendPoints) =>
      database.withTenant(tenantId, (session) => getCluster(session, tenantId, clusterId, range, trendPoints)),
    readTrend: (tenantId, clusterId, range, stepMs) =>
      database.withTenant(tenantId, (session) => {
        const pointCount = Math.ceil((range.toMs - range.fromMs) / stepMs);
        return readLevelTrends(session, tenantId, clusterId, range, { startMs: range.fromMs, stepMs, pointCount });
      }),
    listSamples: (tenantId, clusterId) =>
      database.withTenant(tenantId, (session) => listSamples(session, tenantId, clusterId)),
    listStreams: (tenantId, clusterId, range, limit) =>
      database.withTenant(tenantId, (session) => listStreams(session, tenantId, clusterId, range, limit)),
    countLabelValues: (tenantId, clusterId, range) =>
      database.withTenant(tenantId, (session) => countLabelValues(session, tenantId, clusterId, range)),
    listServices: (tenantId, namespaces) =>
      database.withTenant(tenantId, (session) => listServices(session, tenantId, namespaces)),
    readCoverage: (tenantId, range) =>
      database.withTenant(tenantId, (session) => readCoverage(session, tenantId, range)),
  };
}
