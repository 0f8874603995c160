import { z } from 'zod';
import { repeated, TimeRange, TimeRangeQuery, Timestamp } from './time.ts';
import { Work, WorkState } from './work-list.ts';

/** Severity of a line or cluster, most severe first (OpenTelemetry's short names, plus `unknown`). */
export const Level = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'unknown']).meta({ id: 'Level' });
export type Level = z.infer<typeof Level>;

/** A stretch of a template: constant text, or the place of a variable with its type, such as `number` or `ip`. */
export const TemplatePart = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('variable'), type: z.string() }),
  ])
  .meta({ id: 'TemplatePart' });
export type TemplatePart = z.infer<typeof TemplatePart>;

/** Counts at equal steps; `counts[i]` covers [start + i * stepMs, start + (i + 1) * stepMs). */
export const Trend = z
  .object({
    start: Timestamp,
    stepMs: z.number().int().positive(),
    counts: z.array(z.number().int().nonnegative()),
  })
  .meta({ id: 'Trend' });
export type Trend = z.infer<typeof Trend>;

/** A permanent group of like events. Its id stays the same over restarts, replicas and re-reads. */
export const Cluster = z
  .object({
    id: z.uuid(),
    service: z.string(),
    namespace: z.string().describe('Empty when the streams have no namespace label'),
    level: Level.describe('Most severe level seen so far'),
    template: z.array(TemplatePart),
    templateText: z.string().describe('The template on one line, variable places written <*>'),
    title: z.string().optional().describe('Given by a person; absent when nobody did'),
    firstSeen: Timestamp.describe('Time of the earliest event ever counted'),
    lastSeen: Timestamp.describe('Time of the latest event ever counted'),
    isNew: z
      .boolean()
      .describe('First seen inside the requested range, and not at the very start of what was ever read'),
    eventCount: z.number().int().nonnegative().describe('Events in the range; a joined stack trace is one event'),
    lineCount: z.number().int().nonnegative().describe('Log lines in the range'),
    share: z.number().min(0).max(1).describe('Events of this cluster by all events that match the request'),
    trend: Trend,
    work: Work,
    isUnseen: z
      .boolean()
      .describe('Became new, regressed or escalating since the caller last looked; never for who never looked'),
  })
  .meta({ id: 'Cluster' });
export type Cluster = z.infer<typeof Cluster>;

/** Key that a cluster list is sorted by. Ties are broken by id, so that pages never overlap. */
export const ClusterSort = z.enum(['count', 'firstSeen', 'lastSeen', 'level', 'service', 'state', 'assignee', 'trend']);
export type ClusterSort = z.infer<typeof ClusterSort>;

/** Query of the list of clusters. */
export const ListClustersRequest = TimeRangeQuery.extend({
  service: repeated(z.string().max(2048), 50).describe('Any of these services'),
  namespace: repeated(z.string().max(2048), 50).describe('Any of these namespaces'),
  level: repeated(Level, 7).describe('Any of these levels; counts then hold these levels only'),
  text: z.string().max(500).optional().describe('Part of the template, case ignored'),
  state: repeated(WorkState, 6).describe('In any of these states'),
  assignee: repeated(z.string().max(200), 50).describe(
    'Of any of these, by id; `none`: of nobody, `me`: of the caller'
  ),
  unseen: z.enum(['true']).optional().describe('Only clusters with `isUnseen`'),
  sort: ClusterSort.optional().describe(
    'Default: count. state: what needs work most comes first in descending order; assignee: by name, nobody last in ascending order; trend: what surely became more in the later half of the range comes first in descending order'
  ),
  order: z.enum(['asc', 'desc']).optional().describe('Default: desc'),
  limit: z.coerce.number().int().min(1).max(200).optional().describe('Page size. Default: 50'),
  offset: z.coerce.number().int().min(0).max(100_000).optional().describe('Clusters to skip. Default: 0'),
  cursor: z
    .string()
    .max(2000)
    .optional()
    .describe('`nextCursor` of the page before, with the same sort and order; instead of offset'),
});
export type ListClustersRequest = z.infer<typeof ListClustersRequest>;

/** How much of the range has been read and clustered. */
export const Coverage = z
  .object({
    lineCount: z.number().int().nonnegative().describe('Lines read and counted in the range, all clusters'),
    readUpTo: Timestamp.nullable().describe(
      'Everything before this has been read once; null when nothing has been read'
    ),
    readFrom: Timestamp.nullable().describe('Nothing before this has been read; null when nothing has been read'),
    unreadLineCount: z
      .number()
      .int()
      .nonnegative()
      .describe(
        'Lines known to exist in the range that could not be read, because more of them stand on one nanosecond than the log store gives at once'
      ),
    unclusteredLineCount: z
      .number()
      .int()
      .nonnegative()
      .describe('Lines that were counted without a cluster of their own, because the tenant has too many clusters'),
  })
  .meta({ id: 'Coverage' });
export type Coverage = z.infer<typeof Coverage>;

/** A page of clusters, the totals of all pages, and how much of the range they rest on. */
export const ListClustersResponse = z
  .object({
    range: TimeRange,
    clusters: z.array(Cluster),
    totalClusterCount: z.number().int().nonnegative().describe('Clusters that match, all pages'),
    totalEventCount: z.number().int().nonnegative().describe('Events that match, all pages'),
    totalLineCount: z.number().int().nonnegative().describe('Lines that match, all pages'),
    nextCursor: z
      .string()
      .nullable()
      .describe('Where the next page begins, whatever was counted meanwhile; null: this is the last'),
    coverage: Coverage,
  })
  .meta({ id: 'ListClustersResponse' });
export type ListClustersResponse = z.infer<typeof ListClustersResponse>;

/** Path parameter of everything about one cluster. */
export const ClusterParams = z.object({ id: z.uuid() });
export type ClusterParams = z.infer<typeof ClusterParams>;

/** Query of one cluster: the time range of its figures. */
export const GetClusterRequest = TimeRangeQuery;
/** Query of one cluster. */
export type GetClusterRequest = TimeRangeQuery;

/** A stored line of a cluster, secrets and personal data removed. */
export const Sample = z.object({ at: Timestamp, text: z.string() }).meta({ id: 'Sample' });
export type Sample = z.infer<typeof Sample>;

/** The LogQL that shows the lines behind a figure, with the range it was asked for. */
export const LogQuery = z
  .object({
    expression: z.string(),
    range: TimeRange,
    isExact: z
      .boolean()
      .describe('False when LogQL can only narrow down to the cluster: the lines may hold others too'),
  })
  .meta({ id: 'LogQuery' });
export type LogQuery = z.infer<typeof LogQuery>;

/** One cluster, its samples, and the LogQL behind it. */
export const GetClusterResponse = z
  .object({
    cluster: Cluster,
    samples: z.array(Sample).describe('First, last and a few between, oldest first'),
    query: LogQuery,
  })
  .meta({ id: 'GetClusterResponse' });
export type GetClusterResponse = z.infer<typeof GetClusterResponse>;

/** Query of a cluster's counts over time. */
export const GetClusterCountsRequest = TimeRangeQuery.extend({
  points: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('Wanted number of steps; the step is whole minutes. Default: 120'),
});
export type GetClusterCountsRequest = z.infer<typeof GetClusterCountsRequest>;

/** Counts of events over time, a series per level. */
export const GetClusterCountsResponse = z
  .object({
    range: TimeRange,
    stepMs: z.number().int().positive(),
    series: z
      .array(z.object({ level: Level, counts: z.array(z.number().int().nonnegative()) }))
      .describe('One per level that occurs, most severe first; counts of events'),
  })
  .meta({ id: 'GetClusterCountsResponse' });
export type GetClusterCountsResponse = z.infer<typeof GetClusterCountsResponse>;

/** Label values of a cluster's lines beside those of all lines, by lines. */
export const ListClusterLabelsResponse = z
  .object({
    range: TimeRange,
    labels: z
      .array(
        z.object({
          name: z.string(),
          values: z.array(
            z.object({
              value: z.string(),
              lineCount: z.number().int().nonnegative(),
              share: z.number().min(0).max(1).describe("Lines with this value by all of the cluster's lines"),
              overallShare: z.number().min(0).max(1).describe('The same for all lines of the range, any cluster'),
            })
          ),
        })
      )
      .describe('Labels whose values set the cluster apart come first'),
  })
  .meta({ id: 'ListClusterLabelsResponse' });
export type ListClusterLabelsResponse = z.infer<typeof ListClusterLabelsResponse>;

/** Query of a cluster's lines. */
export const ListClusterLinesRequest = TimeRangeQuery.extend({
  limit: z.coerce.number().int().min(1).max(500).optional().describe('Default: 50'),
});
export type ListClusterLinesRequest = z.infer<typeof ListClusterLinesRequest>;

/** A stretch of a line: [start, end) in UTF-16 units, kept in the template or masked as a variable. */
export const LineSpan = z
  .object({
    start: z.number().int().nonnegative(),
    end: z.number().int().nonnegative(),
    kind: z.enum(['kept', 'masked', 'peeled']).describe('peeled: header or field that takes no part in grouping'),
    type: z.string().describe('Type of a masked or peeled stretch, such as number, ip, timestamp; empty when kept'),
  })
  .meta({ id: 'LineSpan' });
export type LineSpan = z.infer<typeof LineSpan>;

/** One event of a cluster as the log store holds it, not redacted, with the reason why it belongs there. */
export const ClusterLine = z
  .object({
    timestampNs: z.string().regex(/^\d+$/).describe('Nanoseconds since 1970'),
    text: z.string().describe('The event; a joined stack trace holds several lines'),
    level: Level,
    labels: z.record(z.string(), z.string()),
    metadata: z.record(z.string(), z.string()).describe('Structured metadata'),
    spans: z.array(LineSpan).describe('Why the line is here: in order, without gaps or overlaps'),
  })
  .meta({ id: 'ClusterLine' });
export type ClusterLine = z.infer<typeof ClusterLine>;

/** Events of a cluster, and how much was read to find them. */
export const ListClusterLinesResponse = z
  .object({
    lines: z.array(ClusterLine).describe('Newest first'),
    scannedLineCount: z.number().int().nonnegative().describe('Lines read from the log store to find these'),
    isComplete: z.boolean().describe('False when the search stopped before the whole range was read'),
    query: LogQuery,
  })
  .meta({ id: 'ListClusterLinesResponse' });
export type ListClusterLinesResponse = z.infer<typeof ListClusterLinesResponse>;
