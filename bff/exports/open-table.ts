import type { ExportedLine, StartExportRequest } from '@loghunter/contracts';
import { redactLabels } from '@loghunter/engine/redaction';
import type { ClusterFeature } from '../clusters/cluster-feature.ts';
import type { StoredTextRedaction, TextRedactor } from '../redaction/stored-text-redaction.ts';
import type { SearchFeature } from '../search/search-feature.ts';
import { anomalyColumns, exportAnomalies, type AnomalyExportFeature } from './export-anomalies.ts';
import type { ExportCall } from './export-call.ts';
import { clusterColumns, exportClusters } from './export-clusters.ts';
import { exportLogs, lineColumns } from './export-logs.ts';
import type { CsvRow } from './to-csv.ts';

/** What reading a tenant's tables needs. */
export type ExportFeature = ClusterFeature &
  SearchFeature &
  AnomalyExportFeature & { readonly redaction: Pick<StoredTextRedaction, 'open'> };

/** Rows of a table with the names of their columns. */
export interface ExportTable {
  readonly name: 'clusters' | 'lines' | 'anomalies';
  readonly rows: AsyncIterable<CsvRow>;
  readonly columns: readonly string[];
}

/**
 * The table that a request is about, with at most `maxRows` lines, as it may be kept: without secrets and personal data. Throws `ProblemError` or `PortError` when it cannot be read at all.
 */
export async function openTable(
  feature: ExportFeature,
  { clusters, lines, anomalies }: StartExportRequest,
  maxRows: number,
  call: ExportCall
): Promise<ExportTable> {
  if (clusters !== undefined) {
    return { name: 'clusters', rows: await exportClusters(feature, clusters, call), columns: clusterColumns };
  }
  if (lines !== undefined) {
    const redactor = await feature.redaction.open();
    const rows = await exportLogs(feature, { ...lines, limit: maxRows }, call);
    return { name: 'lines', rows: redacted(rows, redactor), columns: lineColumns };
  }
  return { name: 'anomalies', rows: await exportAnomalies(feature, anomalies ?? {}, call), columns: anomalyColumns };
}

/** Clusters and anomalies hold what was redacted when it was stored; lines come from the log store. */
async function* redacted(rows: AsyncIterable<ExportedLine>, { sample }: TextRedactor): AsyncGenerator<ExportedLine> {
  for await (const line of rows) {
    const fields = { labels: redactLabels(line.labels, sample), metadata: redactLabels(line.metadata, sample) };
    yield { ...line, text: sample(line.text), ...fields };
  }
}
