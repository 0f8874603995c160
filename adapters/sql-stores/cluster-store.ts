import type { ClusterStore, SqlDatabase, SqlSession } from '@loghunter/ports';
import { readMembers, type ClusterMembers } from './cluster-members.ts';
import { listSamples } from './cluster-samples.ts';
import { listCompanions } from './companions.ts';
import { listLabelledClusters } from './labelled-clusters.ts';
import { countLabelValues, listStreams } from './cluster-streams.ts';
import { readCoverage } from './coverage.ts';
import { getCluster } from './get-cluster.ts';
import { countStates, listClusters } from './list-clusters.ts';
import { listServices } from './services.ts';
import { countSources, listSourceStreams } from './sources.ts';
import { readClusterTrends, readLevelTrends } from './trends.ts';
import { readWatchCoverage } from './watch-coverage.ts';

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
        const plan = { startMs: range.fromMs, stepMs, pointCount };
        return ofMembers(session, tenantId, clusterId, ({ canonicalId }) =>
          readLevelTrends(session, tenantId, canonicalId, range, plan)
        );
      }),
    listSamples: (tenantId, clusterId) =>
      database.withTenant(tenantId, (session) =>
        ofMembers(session, tenantId, clusterId, ({ ids }) => listSamples(session, tenantId, ids))
      ),
    listStreams: (tenantId, clusterId, range, limit) =>
      database.withTenant(tenantId, (session) =>
        ofMembers(session, tenantId, clusterId, ({ ids }) => listStreams(session, tenantId, ids, range, limit))
      ),
    readEventCounts: (tenantId, clusterIds, range, stepMs) =>
      database.withTenant(tenantId, (session) => {
        const pointCount = Math.ceil((range.toMs - range.fromMs) / stepMs);
        const plan = { startMs: range.fromMs, stepMs, pointCount };
        return readClusterTrends(session, tenantId, clusterIds, range, plan, []);
      }),
    listCompanions: (tenantId, clusterId, search) =>
      database.withTenant(tenantId, async (session) => {
        const members = await readMembers(session, tenantId, clusterId);
        return members === null
          ? { clusters: [], isComplete: true }
          : listCompanions(session, tenantId, members.canonicalId, search);
      }),
    listLabelledClusters: (tenantId, filter, page) =>
      database.withTenant(tenantId, (session) => listLabelledClusters(session, tenantId, filter, page)),
    countLabelValues: (tenantId, clusterId, range) =>
      database.withTenant(tenantId, (session) =>
        ofMembers(session, tenantId, clusterId, ({ ids }) => countLabelValues(session, tenantId, ids, range))
      ),
    listServices: (tenantId, namespaces) =>
      database.withTenant(tenantId, (session) => listServices(session, tenantId, namespaces)),
    readCoverage: (tenantId, range) =>
      database.withTenant(tenantId, (session) => readCoverage(session, tenantId, range)),
    readWatchCoverage: (tenantId, range) =>
      database.withTenant(tenantId, (session) => readWatchCoverage(session, tenantId, range)),
    countSources: (tenantId, filter, steps) =>
      database.withTenant(tenantId, (session) => countSources(session, tenantId, filter, steps)),
    countStates: (tenantId, filter) =>
      database.withTenant(tenantId, (session) => countStates(session, tenantId, filter)),
    listSourceStreams: (tenantId, filter, limit) =>
      database.withTenant(tenantId, (session) => listSourceStreams(session, tenantId, filter, limit)),
  };
}

/** What `read` answers for the cluster that an id belongs to; nothing for an unknown id. */
async function ofMembers<T>(
  session: SqlSession,
  tenantId: string,
  clusterId: string,
  read: (members: ClusterMembers) => Promise<readonly T[]>
): Promise<readonly T[]> {
  const members = await readMembers(session, tenantId, clusterId);
  return members === null ? [] : read(members);
}
