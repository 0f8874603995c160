import type { EgressRedaction, EgressRow, NewEgressEntry } from '@loghunter/ports';

/** A row of `egress_entries` without its text. */
export interface StoredEgress extends Record<string, unknown> {
  readonly id: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly purpose: NewEgressEntry['purpose'];
  readonly outcome: string;
  readonly provider: string;
  readonly model: string;
  readonly destination: string;
  readonly left_installation: boolean;
  readonly text_hash: string;
  readonly size_bytes: number | string;
  readonly redactions: readonly EgressRedaction[];
  readonly input_tokens: number | string;
  readonly output_tokens: number | string;
  readonly is_estimate: boolean;
  readonly cost_microdollars: number | string | null;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly subject_id: string | null;
}

/** Columns of {@link StoredEgress}. */
export const egressColumns = `id, started_at, finished_at, purpose, outcome, provider, model, destination, left_installation,
  text_hash, size_bytes, redactions, input_tokens, output_tokens, is_estimate, cost_microdollars, actor_kind, actor_id,
  actor_name, subject_id`;

/** An entry of its row. */
export function presentEgress(row: StoredEgress): EgressRow {
  return {
    id: row.id,
    startedAtMs: row.started_at.getTime(),
    finishedAtMs: row.finished_at?.getTime() ?? null,
    purpose: row.purpose,
    outcome: row.outcome,
    provider: row.provider,
    model: row.model,
    destination: row.destination,
    leftInstallation: row.left_installation,
    textHash: row.text_hash,
    sizeBytes: Number(row.size_bytes),
    redactions: row.redactions,
    inputTokens: Number(row.input_tokens),
    outputTokens: Number(row.output_tokens),
    isEstimate: row.is_estimate,
    costMicrodollars: row.cost_microdollars === null ? null : Number(row.cost_microdollars),
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    subjectId: row.subject_id,
  };
}
