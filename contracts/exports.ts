import { z } from 'zod';
import { ListIncidentsRequest } from './anomalies.ts';
import { Level, ListClustersRequest } from './clusters.ts';
import { repeated, TimeRangeQuery, Timestamp } from './time.ts';
import { WorkState } from './work-list.ts';

/** Query of an export of clusters: the list's filters. */
export const ExportClustersRequest = ListClustersRequest.omit({ limit: true, offset: true, cursor: true });
export type ExportClustersRequest = z.infer<typeof ExportClustersRequest>;

/** Query of an export of lines. */
export const ExportLogsRequest = TimeRangeQuery.extend({
  service: repeated(z.string().max(2048), 50).describe('Any of these services'),
  namespace: repeated(z.string().max(2048), 50).describe('Any of these namespaces'),
  level: repeated(Level, 7).describe('Any of these levels, as LogHunter reads them from the line'),
  text: z.string().max(1000).optional().describe('Part of the line, case ignored'),
  query: z.string().min(1).max(5000).optional().describe('A log query in LogQL instead of a text'),
  limit: z.coerce.number().int().min(1).max(1_000_000).optional().describe('Lines at most. Default: 100,000'),
});
export type ExportLogsRequest = z.infer<typeof ExportLogsRequest>;

/** Query of an export of anomaly events; `acknowledged`, `assignee` and `text` are about the incidents that they belong to. */
export const ExportAnomaliesRequest = ListIncidentsRequest.omit({ limit: true, offset: true });
export type ExportAnomaliesRequest = z.infer<typeof ExportAnomaliesRequest>;

/** A cluster as a row. */
export const ExportedCluster = z
  .object({
    id: z.uuid(),
    service: z.string(),
    namespace: z.string(),
    level: Level,
    state: WorkState,
    assignee: z.string().describe('Empty: nobody'),
    eventCount: z.number().int(),
    lineCount: z.number().int(),
    firstSeen: Timestamp,
    lastSeen: Timestamp,
    title: z.string().describe('Empty: none'),
    template: z.string(),
  })
  .meta({ id: 'ExportedCluster' });
export type ExportedCluster = z.infer<typeof ExportedCluster>;

/** A line as a row, not redacted. */
export const ExportedLine = z
  .object({
    timestamp: z.string().describe('ISO 8601 in UTC with nanoseconds'),
    service: z.string(),
    namespace: z.string(),
    level: Level,
    text: z.string(),
    labels: z.record(z.string(), z.string()),
    metadata: z.record(z.string(), z.string()),
  })
  .meta({ id: 'ExportedLine' });
export type ExportedLine = z.infer<typeof ExportedLine>;

/** An anomaly event as a row. */
export const ExportedAnomaly = z
  .object({
    id: z.uuid(),
    incidentId: z.string().describe('Empty: none'),
    service: z.string(),
    namespace: z.string(),
    clusterId: z.string().describe('Empty: about the service as a whole'),
    kind: z.string(),
    metric: z.string(),
    severity: z.enum(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
    title: z.string(),
    baseline: z.number(),
    observed: z.number(),
    deviationFactor: z.number().nullable().describe('Null: nothing was expected'),
    startedAt: Timestamp,
    endedAt: Timestamp.nullable().describe('Null: it goes on'),
  })
  .meta({ id: 'ExportedAnomaly' });
export type ExportedAnomaly = z.infer<typeof ExportedAnomaly>;

/** A line of a table in CSV (RFC 4180), the first one with the names; cells that a spreadsheet would take for a formula begin with an apostrophe. */
export const CsvLine = z.string();

const oneTable = 'exactly one of clusters, lines and anomalies';

/** An export to a file: which table, in which form. */
export const StartExportRequest = z
  .object({
    format: z.enum(['csv', 'json']),
    clusters: ExportClustersRequest.strict().optional(),
    lines: ExportLogsRequest.omit({ limit: true })
      .extend({ query: z.string().min(1).max(20_000).optional().describe('A log query in LogQL instead of a text') })
      .strict()
      .optional(),
    anomalies: ExportAnomaliesRequest.strict().optional(),
  })
  .refine(({ clusters, lines, anomalies }) => [clusters, lines, anomalies].filter(Boolean).length === 1, {
    message: `must hold ${oneTable}`,
  })
  .describe(`Holds ${oneTable}`);
export type StartExportRequest = z.infer<typeof StartExportRequest>;

/** `result` of a job of the kind `export`. */
export const ExportResult = z.object({
  fileName: z.string(),
  rowCount: z.number().int().nonnegative().describe('Rows in the file'),
  totalCount: z
    .number()
    .int()
    .nonnegative()
    .nullable()
    .describe('Rows that match; null: not known, because the log store was not read to its end'),
  isComplete: z.boolean().describe('False: a file holds no more rows, and no more bytes'),
  readUpTo: Timestamp.nullable().describe('Of lines, in order of time: where the file ends; null: at the end'),
  sizeBytes: z.number().int().nonnegative(),
  expiresAt: Timestamp.describe('The file is gone then'),
});
export type ExportResult = z.infer<typeof ExportResult>;

/** Path parameter of an export: the id of its job. */
export const ExportParams = z.object({ id: z.uuid() });

/** An export whose file is kept. */
export const KeptExport = z
  .object({
    id: z.uuid().describe('Of its job'),
    fileName: z.string(),
    rowCount: z.number().int().nonnegative(),
    sizeBytes: z.number().int().nonnegative(),
    createdAt: Timestamp,
    expiresAt: Timestamp.describe('The file is gone then'),
  })
  .meta({ id: 'KeptExport' });
export type KeptExport = z.infer<typeof KeptExport>;

/** Exports whose files are kept, the newest first. */
export const ListExportsResponse = z.object({ exports: z.array(KeptExport) }).meta({ id: 'ListExportsResponse' });
export type ListExportsResponse = z.infer<typeof ListExportsResponse>;

/** An export whose file is gone. */
export const DeleteExportResponse = z.object({ id: z.uuid() }).meta({ id: 'DeleteExportResponse' });
export type DeleteExportResponse = z.infer<typeof DeleteExportResponse>;

/** A piece of a file. */
export const FilePiece = z.string();
