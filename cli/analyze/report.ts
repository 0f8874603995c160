import { levelsBySeverity } from '@loghunter/engine/severity';
import type { ClusterFigures } from './tally.ts';
import type { AnalyzeOptions } from './analyze-options.ts';

/** Figures of the whole run. */
export interface AnalyzeTotals {
  readonly fileCount: number;
  readonly lineCount: number;
  readonly eventCount: number;
  /** Events that `--since` and `--level` left. */
  readonly keptEventCount: number;
  readonly cutLineCount: number;
  readonly newestMs: number | null;
  readonly durationMs: number;
}

/** What `--json` and `--yaml` print: a documented shape that scripts may rely on. */
export interface AnalyzeReport {
  readonly summary: {
    readonly files: number;
    readonly lines: number;
    readonly events: number;
    readonly matchingEvents: number;
    readonly clusters: number;
    readonly durationMs: number;
    readonly linesPerSecond: number;
  };
  readonly clusters: readonly AnalyzeCluster[];
}

/** One cluster of a report; times in ISO 8601, null when the lines hold none. */
export interface AnalyzeCluster {
  readonly template: string;
  readonly kind: 'template' | 'stack-trace';
  readonly level: string;
  readonly events: number;
  readonly lines: number;
  /** Part of all matching events, 0..1. */
  readonly share: number;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly levels: Readonly<Record<string, number>>;
  readonly sample: string;
}

// Clusters without a time come last in either order of time.
const never = Number.MAX_SAFE_INTEGER;

/** Sorts, limits and words the figures. */
export function buildReport(
  clusters: readonly ClusterFigures[],
  totals: AnalyzeTotals,
  options: Pick<AnalyzeOptions, 'sort' | 'limit'>
): AnalyzeReport {
  const sorted = [...clusters].sort((left, right) => compare(options.sort, left, right)).slice(0, options.limit);
  return {
    summary: {
      files: totals.fileCount,
      lines: totals.lineCount,
      events: totals.eventCount,
      matchingEvents: totals.keptEventCount,
      clusters: clusters.length,
      durationMs: Math.round(totals.durationMs),
      linesPerSecond: Math.round((totals.lineCount / Math.max(totals.durationMs, 1)) * 1000),
    },
    clusters: sorted.map((cluster) => presentCluster(cluster, totals.keptEventCount)),
  };
}

function compare(sort: AnalyzeOptions['sort'], left: ClusterFigures, right: ClusterFigures): number {
  const byCount = right.eventCount - left.eventCount || (left.template < right.template ? -1 : 1);
  switch (sort) {
    case 'count':
      return byCount;
    case 'level':
      return levelsBySeverity.indexOf(left.level) - levelsBySeverity.indexOf(right.level) || byCount;
    case 'first':
      return (left.firstMs ?? never) - (right.firstMs ?? never) || byCount;
    case 'last':
      return (right.lastMs ?? -never) - (left.lastMs ?? -never) || byCount;
  }
}

function presentCluster(cluster: ClusterFigures, totalEventCount: number): AnalyzeCluster {
  return {
    template: cluster.template,
    kind: cluster.kind,
    level: cluster.level,
    events: cluster.eventCount,
    lines: cluster.lineCount,
    share: totalEventCount === 0 ? 0 : Number((cluster.eventCount / totalEventCount).toFixed(6)),
    firstSeen: cluster.firstMs === null ? null : new Date(cluster.firstMs).toISOString(),
    lastSeen: cluster.lastMs === null ? null : new Date(cluster.lastMs).toISOString(),
    levels: Object.fromEntries(
      levelsBySeverity.flatMap((level) => {
        const eventCount = cluster.eventCountByLevel.get(level);
        return eventCount === undefined ? [] : [[level, eventCount]];
      })
    ),
    sample: cluster.sample,
  };
}
