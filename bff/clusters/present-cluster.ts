import type { Cluster, Coverage, Trend } from '@loghunter/contracts';
import type { ClusterRow, CoverageRow, MinuteRange, Trend as TrendRow } from '@loghunter/ports';
import type { ShownCluster } from './show-cluster.ts';
import { toTimestamp } from '../http/time-range.ts';
import { presentWork } from '../work-list/present-work.ts';

const minuteMs = 60_000;
// The first minutes after reading began make every cluster look new: 5 % of what was read, within 10 minutes and an hour.
const shortestStartMs = 10 * minuteMs;
const longestStartMs = 60 * minuteMs;
const startRatio = 0.05;

/** What a cluster is shown against. */
export interface ClusterView {
  readonly range: MinuteRange;
  readonly coverage: CoverageRow;
  /** What its share is taken of. */
  readonly totalEventCount: number;
  /** When the caller last looked at the work list; null: never. */
  readonly seenAtMs: number | null;
}

/** A cluster as answers write it. */
export function presentCluster(
  row: ShownCluster,
  { range, coverage, totalEventCount, seenAtMs }: ClusterView
): Cluster {
  const current = row.current ?? { work: { state: 'new', sinceMs: row.firstSeenMs }, assignee: null };
  return {
    id: row.id,
    service: row.service,
    namespace: row.namespace,
    level: row.level,
    template: row.template.map((part) => ({ ...part })),
    templateText: row.templateText,
    ...(row.title === null ? {} : { title: row.title }),
    firstSeen: toTimestamp(row.firstSeenMs),
    lastSeen: toTimestamp(row.lastSeenMs),
    isNew: isNew(row, range, coverage),
    eventCount: row.eventCount,
    lineCount: row.lineCount,
    share: totalEventCount === 0 ? 0 : Math.min(1, row.eventCount / totalEventCount),
    trend: presentTrend(row.trend),
    work: presentWork(current),
    isUnseen: seenAtMs !== null && isFresh(current.work.state) && current.work.sinceMs > seenAtMs,
  };
}

function isFresh(state: string): boolean {
  return state === 'new' || state === 'regressed' || state === 'escalating';
}

function isNew(row: ClusterRow, range: MinuteRange, coverage: CoverageRow): boolean {
  return row.firstSeenMs >= range.fromMs && row.firstSeenMs < range.toMs && row.firstSeenMs >= newAfterMs(coverage);
}

/** From when on clusters are new rather than there when reading began; never when nothing was read. */
export function newAfterMs({ readFromMs, readUpToMs }: CoverageRow): number {
  if (readFromMs === null) {
    return Number.POSITIVE_INFINITY;
  }
  const readMs = Math.max(0, (readUpToMs ?? readFromMs) - readFromMs);
  return readFromMs + Math.min(longestStartMs, Math.max(shortestStartMs, readMs * startRatio));
}

function presentTrend(trend: TrendRow): Trend {
  return { start: toTimestamp(trend.startMs), stepMs: trend.stepMs, counts: [...trend.counts] };
}

/** What was read of a range, as answers write it. */
export function presentCoverage(coverage: CoverageRow): Coverage {
  return {
    lineCount: coverage.lineCount,
    unreadLineCount: coverage.unreadLineCount,
    unclusteredLineCount: coverage.unclusteredLineCount,
    readFrom: coverage.readFromMs === null ? null : toTimestamp(coverage.readFromMs),
    readUpTo: coverage.readUpToMs === null ? null : toTimestamp(coverage.readUpToMs),
  };
}
