import type { ClusterFeature } from './clusters/cluster-feature.ts';
import { exportAnomalies, exportAnomaliesCsv, type AnomalyExportFeature } from './exports/export-anomalies.ts';
import { exportClusters, exportClustersCsv } from './exports/export-clusters.ts';
import { exportLogs, exportLogsCsv } from './exports/export-logs.ts';
import type { ForTenant } from './http/route-handlers.ts';
import { watchLive, type LiveFeature } from './live/watch-live.ts';
import { getOverview } from './overview/get-overview.ts';
import type { SearchFeature } from './search/search-feature.ts';
import { searchLogs } from './search/search-logs.ts';

/** What looking at everything at once needs. */
export type InsightFeature = ClusterFeature & SearchFeature & LiveFeature & AnomalyExportFeature;

/** What answers the overview, the search and the live stream. */
export function createInsightHandlers(forTenant: ForTenant<InsightFeature>) {
  return {
    getOverview: forTenant(getOverview),
    searchLogs: forTenant(searchLogs),
    watchLive: forTenant(watchLive),
    exportClusters: forTenant(exportClusters),
    exportClustersCsv: forTenant(exportClustersCsv),
    exportLogs: forTenant(exportLogs),
    exportLogsCsv: forTenant(exportLogsCsv),
    exportAnomalies: forTenant(exportAnomalies),
    exportAnomaliesCsv: forTenant(exportAnomaliesCsv),
  };
}
