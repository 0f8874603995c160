import type { ExplanationContent, ExplanationRow } from '@loghunter/ports';

/** A row of `analysis_results`. */
export interface StoredExplanation extends Record<string, unknown> {
  readonly id: string;
  readonly analysis_id: string;
  readonly pack_hash: string;
  readonly status: ExplanationRow['status'];
  readonly failure: string | null;
  readonly job_id: string | null;
  readonly verdict: ExplanationRow['verdict'];
  readonly confidence: number;
  readonly content: Omit<ExplanationContent, 'citations'> & Partial<Pick<ExplanationContent, 'citations'>>;
  readonly provider: string;
  readonly model: string;
  readonly input_tokens: number | string | null;
  readonly output_tokens: number | string | null;
  readonly cost_microdollars: number | string | null;
  readonly duration_ms: number | string | null;
  readonly prompt_version: string;
  readonly text_hash: string | null;
  readonly created_by_kind: string;
  readonly created_by_id: string;
  readonly created_by_name: string;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

/** Columns of {@link StoredExplanation}. */
export const explanationColumns = `id, analysis_id, pack_hash, status, failure, job_id, verdict, confidence, content, provider,
  model, input_tokens, output_tokens, cost_microdollars, duration_ms, prompt_version, text_hash, created_by_kind,
  created_by_id, created_by_name, created_at, finished_at`;

/** An explanation of its row. */
export function presentExplanation(row: StoredExplanation): ExplanationRow {
  return {
    id: row.id,
    analysisId: row.analysis_id,
    packHash: row.pack_hash,
    status: row.status,
    failure: row.failure,
    jobId: row.job_id,
    verdict: row.verdict,
    confidence: row.confidence,
    // Rows from before lines were read again have none.
    content: { ...row.content, citations: row.content.citations ?? [] },
    provider: row.provider,
    model: row.model,
    inputTokens: toNumber(row.input_tokens),
    outputTokens: toNumber(row.output_tokens),
    costMicrodollars: toNumber(row.cost_microdollars),
    durationMs: toNumber(row.duration_ms),
    promptVersion: row.prompt_version,
    textHash: row.text_hash,
    createdBy: { kind: row.created_by_kind, id: row.created_by_id, name: row.created_by_name },
    createdAtMs: row.created_at.getTime(),
    finishedAtMs: row.finished_at?.getTime() ?? null,
  };
}

function toNumber(value: number | string | null): number | null {
  return value === null ? null : Number(value);
}
