import type { GetCoverageResponse, RequestOf, WatchCoverage } from '@loghunter/contracts';
import type { Clock, ClusterStore, WatchCoverageRow } from '@loghunter/ports';
import { presentRange, readTimeRange, toTimestamp } from '../http/time-range.ts';

/** What telling the coverage needs. */
export interface CoverageFeature {
  readonly tenantId: string;
  readonly clusters: ClusterStore;
  readonly clock: Clock;
}

/** `GET /api/v1/coverage` */
export async function getCoverage(
  { tenantId, clusters, clock }: CoverageFeature,
  request: RequestOf<'getCoverage'>
): Promise<GetCoverageResponse> {
  const range = readTimeRange(request, clock.nowMs());
  const watches = (await clusters.readWatchCoverage(tenantId, range)).map(presentWatch);
  const sum = (read: (watch: WatchCoverage) => number) => watches.reduce((total, watch) => total + read(watch), 0);
  return {
    range: presentRange(range),
    seenLineCount: sum((watch) => watch.seenLineCount),
    clusteredLineCount: sum((watch) => watch.clusteredLineCount),
    unclusteredLineCount: sum((watch) => watch.unclusteredLineCount),
    unreadLineCount: sum((watch) => watch.unreadLineCount),
    lateLineCount: sum((watch) => watch.lateLineCount),
    estimatedLineCount: sum((watch) => watch.estimatedLineCount),
    watches,
  };
}

function presentWatch(row: WatchCoverageRow): WatchCoverage {
  const { name, source, oneIn, isRetired, unclusteredLineCount, unreadLineCount, lateLineCount } = row;
  const clusteredLineCount = row.lineCount - unclusteredLineCount;
  return {
    ...{ name, source, oneIn, isRetired },
    reads: oneIn === 1 ? 'all' : oneIn === 0 ? 'volume' : 'part',
    seenLineCount: row.lineCount + unreadLineCount,
    ...{ clusteredLineCount, unclusteredLineCount, unreadLineCount, lateLineCount },
    estimatedLineCount: oneIn > 1 ? clusteredLineCount : 0,
    readFrom: row.readFromMs === null ? null : toTimestamp(row.readFromMs),
    readUpTo: row.readUpToMs === null ? null : toTimestamp(row.readUpToMs),
  };
}
