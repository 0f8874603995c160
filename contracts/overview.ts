import { z } from 'zod';
import { FigureQuery } from './cluster-relations.ts';
import { Cluster, Coverage, Level } from './clusters.ts';
import { repeated, TimeRange, TimeRangeQuery } from './time.ts';
import { WorkState } from './work-list.ts';

/** Query of the overview. */
export const GetOverviewRequest = TimeRangeQuery.extend({
  service: repeated(z.string().max(2048), 50).describe('Any of these services'),
  namespace: repeated(z.string().max(2048), 50).describe('Any of these namespaces'),
  points: z.coerce
    .number()
    .int()
    .min(1)
    .max(500)
    .optional()
    .describe('Wanted number of steps; they are made round, which may give one more. Default: 60'),
});
export type GetOverviewRequest = z.infer<typeof GetOverviewRequest>;

/** Query of the LogQL behind the overview. */
export const ListOverviewQueriesRequest = GetOverviewRequest.omit({ points: true });
export type ListOverviewQueriesRequest = z.infer<typeof ListOverviewQueriesRequest>;

/**
 * The LogQL behind each number of the overview. LogQL counts lines, also those of a joined stack trace, and knows of levels what Loki
 * guesses (`detected_level`): its numbers may be others.
 */
export const ListOverviewQueriesResponse = z
  .object({
    figures: z
      .object({
        events: FigureQuery,
        errorRate: FigureQuery,
        trend: FigureQuery.describe('By level'),
        sources: FigureQuery.describe('Lines of each service'),
        sourceErrors: FigureQuery.describe('Error lines of each service'),
      })
      .nullable()
      .describe('Null when nothing is known of the streams'),
  })
  .meta({ id: 'ListOverviewQueriesResponse' });
export type ListOverviewQueriesResponse = z.infer<typeof ListOverviewQueriesResponse>;

/** Counts of a range. */
export const OverviewTotals = z
  .object({
    eventCount: z.number().int().nonnegative(),
    errorCount: z.number().int().nonnegative().describe('Events of level error or fatal'),
    lineCount: z.number().int().nonnegative(),
  })
  .meta({ id: 'OverviewTotals' });
export type OverviewTotals = z.infer<typeof OverviewTotals>;

/** What a source wrote. */
export const OverviewSource = z
  .object({
    service: z.string(),
    namespace: z.string(),
    totals: OverviewTotals,
    counts: z.array(z.number().int().nonnegative()).describe('Events by step'),
    errorCounts: z.array(z.number().int().nonnegative()).describe('Events of level error or fatal by step'),
  })
  .meta({ id: 'OverviewSource' });
export type OverviewSource = z.infer<typeof OverviewSource>;

/** What happened in a range, from what has been counted: the log store is not asked. */
export const GetOverviewResponse = z
  .object({
    range: TimeRange,
    start: z.iso
      .datetime()
      .describe(
        'Start of the first step, a multiple of the step; it may lie before the range, what is counted does not'
      ),
    stepMs: z.number().int().positive(),
    totals: OverviewTotals,
    totalsBefore: OverviewTotals.describe('Of the range of the same length before'),
    levels: z
      .array(z.object({ level: Level, counts: z.array(z.number().int().nonnegative()) }))
      .describe('Events by step, one series per level that occurs, most severe first'),
    sources: z.array(OverviewSource).describe('The 50 with most events first'),
    sourceCount: z.number().int().nonnegative().describe('All sources'),
    newestClusters: z.array(Cluster).describe('The ten that were first seen last, newest first'),
    states: z
      .array(z.object({ state: WorkState, clusterCount: z.number().int().nonnegative() }))
      .describe('Clusters of the range by state, what needs work most first'),
    coverage: Coverage,
  })
  .meta({ id: 'GetOverviewResponse' });
export type GetOverviewResponse = z.infer<typeof GetOverviewResponse>;
