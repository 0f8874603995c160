import type { Analysis, AnalysisSubject, AnalysisSummary } from '@loghunter/contracts';
import { describeEvidence, type EvidencePack } from '@loghunter/engine/root-cause';
import type { AnalysisRow } from '@loghunter/ports';
import { presentRange, toTimestamp } from '../http/time-range.ts';

/** The analysis as lists show it. */
export function presentSummary(row: AnalysisRow): AnalysisSummary {
  return {
    id: row.id,
    jobId: row.jobId,
    status: row.status,
    progress: Math.round(row.progress * 1000) / 1000,
    progressText: row.progressText,
    failure: row.failure,
    subject: row.subject as AnalysisSubject,
    subjectText: row.subjectText,
    incident: presentRange(row.incident),
    baseline: presentRange(row.baseline),
    verdict: row.result?.verdict ?? null,
    confidence: row.result?.confidence ?? null,
    suspect: row.result?.suspect ?? null,
    createdBy: row.createdBy.name,
    createdAt: toTimestamp(row.createdAtMs),
    finishedAt: row.finishedAtMs === null ? null : toTimestamp(row.finishedAtMs),
  };
}

/** The analysis with its evidence. */
export function presentAnalysis(row: AnalysisRow): Analysis {
  const pack = packOf(row);
  return {
    ...presentSummary(row),
    pack: pack as Analysis['pack'],
    packHash: row.result?.packHash ?? null,
    text: pack === null ? '' : describeEvidence(pack),
  };
}

/** The evidence of an analysis; null until it succeeded. */
export function packOf(row: AnalysisRow): EvidencePack | null {
  const pack: unknown = row.result?.pack ?? null;
  return pack as EvidencePack | null;
}
