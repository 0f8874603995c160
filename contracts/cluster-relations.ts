import { z } from 'zod';
import { Level, LogQuery } from './clusters.ts';
import { TimeRange, Timestamp } from './time.ts';

/** What another cluster is called, and where it lives. */
const named = {
  id: z.uuid(),
  service: z.string(),
  namespace: z.string(),
  level: Level,
  templateText: z.string(),
  title: z.string().optional().describe('Given by a person; absent when nobody did'),
};

/** Query of what clusters are called: 60 at most, the clusters that a page names. */
export const ListClusterNamesRequest = z.object({
  id: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.uuid()).min(1).max(60)),
});
export type ListClusterNamesRequest = z.infer<typeof ListClusterNamesRequest>;

/** What clusters are called, by the ids that were asked for; ids of nothing are left out. */
export const ListClusterNamesResponse = z
  .object({
    clusters: z.array(
      z.object({
        id: z.uuid(),
        shownId: z.uuid().describe('The cluster that rules made it part of; its own id when none did'),
        templateText: named.templateText,
        title: named.title,
      })
    ),
  })
  .meta({ id: 'ListClusterNamesResponse' });
export type ListClusterNamesResponse = z.infer<typeof ListClusterNamesResponse>;

/** A cluster whose events come and go in the same minutes. */
export const RelatedCluster = z
  .object({
    ...named,
    correlation: z
      .number()
      .min(-1)
      .max(1)
      .describe("Pearson's correlation of ln(1 + events) by the minute: 1 when both rise and fall together"),
    sharedMinuteCount: z.number().int().nonnegative().describe('Minutes in which both have events'),
    minuteCount: z.number().int().nonnegative().describe('Minutes in which it has events'),
    eventCount: z.number().int().nonnegative().describe('Its events in the window'),
  })
  .meta({ id: 'RelatedCluster' });
export type RelatedCluster = z.infer<typeof RelatedCluster>;

/** Clusters that come and go with one, and what the comparison rests on. */
export const ListRelatedClustersResponse = z
  .object({
    window: TimeRange.describe('At most the six hours of the range up to the last event of the cluster'),
    readMinuteCount: z.number().int().nonnegative().describe('Minutes of the window that have been read'),
    minuteCount: z.number().int().nonnegative().describe('Minutes of the window in which the cluster has events'),
    comparedClusterCount: z
      .number()
      .int()
      .nonnegative()
      .describe('Clusters that were compared: those in its busiest minutes rather than in its quietest, at most 100'),
    isComplete: z.boolean().describe('False: streams beyond the 2,000 with most lines were not looked at'),
    clusters: z
      .array(RelatedCluster)
      .describe('At most 20, the closest first; only those whose correlation chance hardly makes'),
  })
  .meta({ id: 'ListRelatedClustersResponse' });
export type ListRelatedClustersResponse = z.infer<typeof ListRelatedClustersResponse>;

/** A cluster with lines of the same traces. */
export const TraceCluster = z
  .object({
    ...named,
    traceCount: z.number().int().positive().describe('Of the traces that were looked for, those with a line of it'),
    eventCount: z.number().int().positive().describe('Its events in these traces'),
    firstFound: Timestamp,
    lastFound: Timestamp,
  })
  .meta({ id: 'TraceCluster' });
export type TraceCluster = z.infer<typeof TraceCluster>;

/** Clusters with lines of the traces that a cluster's newest lines belong to. */
export const ListTraceClustersResponse = z
  .object({
    traceIds: z.array(z.string()).describe("Traces that were looked for: at most ten of the cluster's newest events"),
    readEventCount: z.number().int().nonnegative().describe('Events of the cluster that were read to find traces'),
    clusters: z.array(TraceCluster).describe('Those with most of the traces first'),
    lineCount: z.number().int().nonnegative().describe('Lines of these traces that were read'),
    isComplete: z.boolean().describe('False when there are more lines than were read'),
    query: LogQuery.nullable().describe('The lines of these traces; null when no line names a trace'),
  })
  .meta({ id: 'ListTraceClustersResponse' });
export type ListTraceClustersResponse = z.infer<typeof ListTraceClustersResponse>;

/** Lines of a release. */
export const ClusterRelease = z
  .object({
    release: z.string().describe('Empty: lines that name none'),
    lineCount: z.number().int().nonnegative(),
    firstSeen: Timestamp.describe('First line in the range'),
    lastSeen: Timestamp.describe('Last line in the range'),
  })
  .meta({ id: 'ClusterRelease' });
export type ClusterRelease = z.infer<typeof ClusterRelease>;

/** Releases that wrote lines of a cluster, by labels of its streams such as `release` and `version`. */
export const ListClusterReleasesResponse = z
  .object({
    range: TimeRange,
    releases: z.array(ClusterRelease).describe('In the range, the one seen last first; at most 50'),
    firstReleases: z.array(z.string()).describe('Releases of the first minute that the cluster was ever seen in'),
    lastReleases: z.array(z.string()).describe('Releases of the last one'),
  })
  .meta({ id: 'ListClusterReleasesResponse' });
export type ListClusterReleasesResponse = z.infer<typeof ListClusterReleasesResponse>;

/** A query that answers numbers: at the end of the range, or over it. */
export const FigureQuery = z
  .object({ ...LogQuery.shape, type: z.enum(['instant', 'range', 'lines']) })
  .meta({ id: 'FigureQuery' });
export type FigureQuery = z.infer<typeof FigureQuery>;

/** The LogQL behind each number of a cluster's page. LogQL counts lines, also those of a joined stack trace. */
export const ListClusterQueriesResponse = z
  .object({
    figures: z
      .object({
        lines: FigureQuery,
        trend: FigureQuery,
        share: FigureQuery,
        firstSeen: FigureQuery,
        lastSeen: FigureQuery,
      })
      .nullable()
      .describe('Null when nothing is known of the streams of the cluster'),
    labels: z.array(z.object({ name: z.string(), query: FigureQuery })).describe('Lines by the values of a label'),
  })
  .meta({ id: 'ListClusterQueriesResponse' });
export type ListClusterQueriesResponse = z.infer<typeof ListClusterQueriesResponse>;
