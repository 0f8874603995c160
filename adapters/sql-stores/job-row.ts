import type { Job, JobStatus } from '@loghunter/ports';

/** Columns of a job, in the names of {@link JobRow}. */
export const jobColumns = `id, kind, input, status, attempt_count, send_count, progress, progress_text, result, failure, actor_kind,
  actor_id, actor_name, request_id, webhook_id, cancel_requested_at is not null as is_cancel_requested, created_at, updated_at,
  started_at, finished_at`;

/** A row of jobs. */
export interface JobRow extends Record<string, unknown> {
  readonly id: string;
  readonly kind: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly status: JobStatus;
  readonly attempt_count: number;
  readonly send_count: number;
  readonly progress: number;
  readonly progress_text: string;
  readonly result: unknown;
  readonly failure: string | null;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly request_id: string;
  readonly webhook_id: string | null;
  readonly is_cancel_requested: boolean;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

/** The job of a row. */
export function presentJob(row: JobRow): Job {
  return {
    id: row.id,
    kind: row.kind,
    input: row.input,
    status: row.status,
    attemptCount: row.attempt_count,
    sendCount: row.send_count,
    progress: row.progress,
    progressText: row.progress_text,
    result: row.result,
    failure: row.failure,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    requestId: row.request_id,
    webhookId: row.webhook_id,
    isCancelRequested: row.is_cancel_requested,
    createdAtMs: row.created_at.getTime(),
    updatedAtMs: row.updated_at.getTime(),
    startedAtMs: row.started_at?.getTime() ?? null,
    finishedAtMs: row.finished_at?.getTime() ?? null,
  };
}
