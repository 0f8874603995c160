import type { ClusterFeature } from './clusters/cluster-feature.ts';
import { listClusterQueries } from './clusters/list-cluster-queries.ts';
import { listClusterReleases } from './clusters/list-cluster-releases.ts';
import { listRelatedClusters } from './clusters/list-related-clusters.ts';
import { getCoverage } from './coverage/get-coverage.ts';
import { exportAnomalies, exportAnomaliesCsv, type AnomalyExportFeature } from './exports/export-anomalies.ts';
import { exportClusters, exportClustersCsv } from './exports/export-clusters.ts';
import { exportLogs, exportLogsCsv } from './exports/export-logs.ts';
import { downloadExport, startExport, type ExportFileFeature } from './exports/export-routes.ts';
import { deleteExport, listExports } from './exports/kept-exports.ts';
import type { ForTenant } from './http/route-handlers.ts';
import { watchLive, type LiveFeature } from './live/watch-live.ts';
import { getOverview } from './overview/get-overview.ts';
import { listOverviewQueries } from './overview/list-overview-queries.ts';
import type { SearchFeature } from './search/search-feature.ts';
import { listTraceClusters } from './search/list-trace-clusters.ts';
import { searchLogs } from './search/search-logs.ts';
import { tailLogs, type TailFeature } from './tail/tail-logs.ts';

/** What looking at everything at once needs. */
export type InsightFeature = ClusterFeature &
  SearchFeature &
  LiveFeature &
  TailFeature &
  AnomalyExportFeature &
  ExportFileFeature;

/** What answers the overview, the search, the live stream, and what a cluster has to do with others. */
export function createInsightHandlers(forTenant: ForTenant<InsightFeature>) {
  return {
    listRelatedClusters: forTenant(listRelatedClusters),
    listTraceClusters: forTenant(listTraceClusters),
    listClusterReleases: forTenant(listClusterReleases),
    listClusterQueries: forTenant(listClusterQueries),
    getOverview: forTenant(getOverview),
    listOverviewQueries: forTenant(listOverviewQueries),
    searchLogs: forTenant(searchLogs),
    getCoverage: forTenant(getCoverage),
    tailLogs: forTenant(tailLogs),
    watchLive: forTenant(watchLive),
    exportClusters: forTenant(exportClusters),
    exportClustersCsv: forTenant(exportClustersCsv),
    exportLogs: forTenant(exportLogs),
    exportLogsCsv: forTenant(exportLogsCsv),
    exportAnomalies: forTenant(exportAnomalies),
    exportAnomaliesCsv: forTenant(exportAnomaliesCsv),
    startExport: forTenant(startExport),
    downloadExport: forTenant(downloadExport),
    listExports: forTenant(listExports),
    deleteExport: forTenant(deleteExport),
  };
}
