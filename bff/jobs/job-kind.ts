import type { Role } from '@loghunter/contracts';
import type { Job } from '@loghunter/ports';

/** A run of a job, as its kind sees it. */
export interface JobRun {
  readonly tenantId: string;
  readonly job: Job;
  /** Aborted when the job is cancelled, the server stops, or another worker has the job: the run ends within a second. */
  readonly signal: AbortSignal;
  /** States progress: 0..1, and what is done now. Cheap: written twice a second at most. */
  report(fraction: number, text: string): void;
}

/** One kind of job. */
export interface JobKind {
  readonly name: string;
  /** Lowest role that may begin, cancel or repeat it over the API. */
  readonly role: Role;
  /** Pauses before another try after a failure, in seconds; as many tries as these and one. */
  readonly retryDelaysSeconds: readonly number[];
  /** Returns what is kept as the result, as JSON. What it writes it may write again: a worker may die before its job is settled. */
  run(run: JobRun): Promise<unknown>;
}

const marker = Symbol.for('loghunter.job-error');

/** Ends a run with a failure that says whether, and when, another try makes sense. */
export class JobError extends Error {
  readonly [marker] = true;
  readonly isRetryable: boolean;
  /** Not before this; null: as the kind says. */
  readonly retryAfterSeconds: number | null;

  constructor(message: string, facts: { readonly isRetryable: boolean; readonly retryAfterSeconds?: number | null }) {
    super(message);
    this.name = 'JobError';
    this.isRetryable = facts.isRetryable;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }
}

/** Recognises a {@link JobError} by its marker. */
export function isJobError(value: unknown): value is JobError {
  return typeof value === 'object' && value !== null && marker in value;
}
