import type { GetCoverageResponse, RequestOf, WatchCoverage } from '@loghunter/contracts';
import type { Clock, ClusterStore, WatchCoverageRow } from '@loghunter/ports';
import { presentRange, readTimeRange, toTimestamp } from '../http/time-range.ts';

/** Reading a little behind is the normal state: new lines arrive all the time. */
const normalDelayMs = 2 * 60_000;

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
  const nowMs = clock.nowMs();
  const range = readTimeRange(request, nowMs);
  const rows = await clusters.readWatchCoverage(tenantId, range);
  // A range may end in the future ("today"): nothing can have been read there.
  const watches = rows.map((row) => presentWatch(row, Math.min(range.toMs, nowMs)));
  const inUse = rows.filter(({ isRetired }) => !isRetired);
  const sum = (read: (watch: WatchCoverage) => number) => watches.reduce((total, watch) => total + read(watch), 0);
  return {
    range: presentRange(range),
    seenLineCount: sum((watch) => watch.seenLineCount),
    clusteredLineCount: sum((watch) => watch.clusteredLineCount),
    unclusteredLineCount: sum((watch) => watch.unclusteredLineCount),
    unreadLineCount: sum((watch) => watch.unreadLineCount),
    lateLineCount: sum((watch) => watch.lateLineCount),
    estimatedLineCount: sum((watch) => watch.estimatedLineCount),
    readFrom: presentEarliest(inUse.map(({ readFromMs }) => readFromMs)),
    readUpTo: presentEarliest(inUse.map(({ readUpToMs }) => readUpToMs)),
    watches,
  };
}

function presentEarliest(moments: ReadonlyArray<number | null>): string | null {
  const known = moments.filter((ms) => ms !== null);
  return known.length === 0 ? null : toTimestamp(Math.min(...known));
}

function presentWatch(row: WatchCoverageRow, wantedEndMs: number): WatchCoverage {
  const { name, source, oneIn, isRetired, unclusteredLineCount, unreadLineCount, lateLineCount } = row;
  const clusteredLineCount = row.lineCount - unclusteredLineCount;
  const isBehind = !isRetired && (row.readUpToMs === null || wantedEndMs - row.readUpToMs > normalDelayMs);
  return {
    ...{ name, source, oneIn, isRetired, isBehind },
    heldBackBy: isBehind ? row.heldBackBy : null,
    reads: oneIn === 1 ? 'all' : oneIn === 0 ? 'volume' : 'part',
    seenLineCount: row.lineCount + unreadLineCount,
    ...{ clusteredLineCount, unclusteredLineCount, unreadLineCount, lateLineCount },
    estimatedLineCount: oneIn > 1 ? clusteredLineCount : 0,
    readFrom: row.readFromMs === null ? null : toTimestamp(row.readFromMs),
    readUpTo: row.readUpToMs === null ? null : toTimestamp(row.readUpToMs),
  };
}
