import * as exports from './exports.ts';
import { Job } from './jobs.ts';

/** Schemas of the exports; the response is one row. */
export const exportSchemas = {
  exportClusters: { query: exports.ExportClustersRequest, response: exports.ExportedCluster },
  exportClustersCsv: { query: exports.ExportClustersRequest, response: exports.CsvLine },
  exportLogs: { query: exports.ExportLogsRequest, response: exports.ExportedLine },
  exportLogsCsv: { query: exports.ExportLogsRequest, response: exports.CsvLine },
  exportAnomalies: { query: exports.ExportAnomaliesRequest, response: exports.ExportedAnomaly },
  exportAnomaliesCsv: { query: exports.ExportAnomaliesRequest, response: exports.CsvLine },
  startExport: { body: exports.StartExportRequest, response: Job },
  listExports: { response: exports.ListExportsResponse },
  deleteExport: { params: exports.ExportParams, response: exports.DeleteExportResponse },
  downloadExport: { params: exports.ExportParams, response: exports.FilePiece },
} as const;
