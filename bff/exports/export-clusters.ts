import type { ExportedCluster, RequestOf } from '@loghunter/contracts';
import { readListRequest } from '../clusters/list-clusters.ts';
import type { ClusterFeature } from '../clusters/cluster-feature.ts';
import { showCluster, type ShownCluster } from '../clusters/show-cluster.ts';
import { toTimestamp } from '../http/time-range.ts';
import type { ExportCall } from './export-call.ts';
import { toCsv } from './to-csv.ts';

type Request = RequestOf<'exportClusters'>;

/** Clusters in one read of the database. */
const pageSize = 1000;
/** Columns of clusters, in their order. */
export const clusterColumns = [
  ...(['id', 'service', 'namespace', 'level', 'state', 'assignee', 'eventCount', 'lineCount'] as const),
  ...(['firstSeen', 'lastSeen', 'title', 'template'] as const),
];

/** `GET /api/v1/exports/clusters` */
export async function exportClusters(
  feature: ClusterFeature,
  request: Request,
  context: ExportCall
): Promise<AsyncIterable<ExportedCluster>> {
  const { filter, page } = await readListRequest(feature, request, context.principal.actor);
  return readAll(feature, filter, { ...page, limit: pageSize, offset: 0, trendPoints: 1 }, context);
}

/** `GET /api/v1/exports/clusters.csv` */
export async function exportClustersCsv(
  feature: ClusterFeature,
  request: Request,
  context: ExportCall
): Promise<AsyncIterable<string>> {
  return toCsv(await exportClusters(feature, request, context), clusterColumns);
}

type Parameters = Awaited<ReturnType<typeof readListRequest>>;

async function* readAll(
  { tenantId, clusters, identifier }: ClusterFeature,
  filter: Parameters['filter'],
  page: Parameters['page'],
  { signal, onProgress }: ExportCall
): AsyncGenerator<ExportedCluster> {
  let readCount = 0;
  let afterKey: readonly string[] | null = null;
  do {
    const list: Awaited<ReturnType<typeof clusters.listClusters>> = await clusters.listClusters(tenantId, filter, {
      ...page,
      ...(afterKey === null ? {} : { afterKey }),
    });
    const totalCount = list.totalClusterCount;
    onProgress?.({ fraction: Math.min(1, readCount / Math.max(1, totalCount)), totalCount });
    yield* list.clusters.map((row) => present(showCluster(identifier.rules.userRules, row)));
    readCount += list.clusters.length;
    afterKey = list.nextKey;
  } while (afterKey !== null && !signal.aborted);
}

function present(row: ShownCluster): ExportedCluster {
  const { id, service, namespace, level, eventCount, lineCount } = row;
  return {
    ...{ id, service, namespace, level, eventCount, lineCount },
    state: row.current?.work.state ?? 'new',
    assignee: row.current?.assignee?.name ?? '',
    firstSeen: toTimestamp(row.firstSeenMs),
    lastSeen: toTimestamp(row.lastSeenMs),
    title: row.title ?? '',
    template: row.templateText,
  };
}
