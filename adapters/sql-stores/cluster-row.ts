import type { TemplatePart } from '@loghunter/engine/templates';
import type { ClusterRow, NamedCluster, TrendPlan } from '@loghunter/ports';
import { numberToLevel } from './levels.ts';
import { presentWork, type StoredWork } from './work-rows.ts';

/** Columns of error_clusters that say what a cluster is called. */
export interface StoredName extends Record<string, unknown> {
  readonly id: string;
  readonly service: string;
  readonly namespace: string;
  readonly level: number;
  readonly template: readonly TemplatePart[];
  readonly template_text: string;
}

/** What a cluster is called, as the port gives it. */
export function presentName(row: StoredName): NamedCluster {
  return {
    id: row.id,
    service: row.service,
    namespace: row.namespace,
    level: numberToLevel(row.level),
    template: row.template,
    templateText: row.template_text,
  };
}

/** A row of error_clusters with sums of a range, and its row of the work list. */
export interface StoredCluster extends StoredWork, StoredName {
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly event_count: number;
  readonly line_count: number;
}

/** The cluster as the port gives it; a cluster without a trend of its own had no events in the range. */
export function presentCluster(row: StoredCluster, plan: TrendPlan, counts: readonly number[] | undefined): ClusterRow {
  return {
    ...presentName(row),
    firstSeenMs: row.first_seen_at.getTime(),
    lastSeenMs: row.last_seen_at.getTime(),
    eventCount: row.event_count,
    lineCount: row.line_count,
    trend: {
      startMs: plan.startMs,
      stepMs: plan.stepMs,
      counts: counts ?? Array.from({ length: plan.pointCount }, () => 0),
    },
    current: presentWork(row),
  };
}
