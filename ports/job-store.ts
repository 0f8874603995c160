import type { AuditRecord } from './audit-log.ts';

/** State of a job; the last three are final. */
export type JobStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** Work that goes on after its request was answered. */
export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly status: JobStatus;
  /** How often a worker began it. */
  readonly attemptCount: number;
  /** How often it was put into the queue: 1 and more. */
  readonly sendCount: number;
  /** 0..1. */
  readonly progress: number;
  readonly progressText: string;
  /** Null until it succeeded. */
  readonly result: unknown;
  /** Null: no attempt has failed. */
  readonly failure: string | null;
  readonly actor: AuditRecord['actor'];
  readonly requestId: string;
  /** Null: nobody is told when it ends. */
  readonly webhookId: string | null;
  readonly isCancelRequested: boolean;
  /** Milliseconds since 1970, as the other times. */
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
}

/** What is said of a job when it is made. */
export type NewJob = Pick<Job, 'kind' | 'input' | 'actor' | 'requestId' | 'webhookId'>;

/** The run of a job that may write to it: others are refused. */
export interface JobClaim {
  readonly jobId: string;
  readonly claimId: string;
}

/** How a run of a job ended. `queued`: it is to be tried again. */
export interface JobOutcome {
  readonly status: 'queued' | 'succeeded' | 'failed' | 'cancelled';
  readonly result: unknown;
  readonly failure: string | null;
}

/** Jobs as people see them. Throws `PortError` of the database. */
export interface JobStore {
  /** Makes the job, or returns the one of the same kind and input that is queued or running. */
  create(tenantId: string, job: NewJob): Promise<{ readonly job: Job; readonly isNew: boolean }>;
  get(tenantId: string, id: string): Promise<Job | null>;
  /** The newest first. */
  list(
    tenantId: string,
    filter: { readonly status?: JobStatus; readonly kind?: string; readonly limit: number; readonly offset: number }
  ): Promise<readonly Job[]>;
  /** Jobs of the tenant that are queued or running. */
  countOpen(tenantId: string): Promise<number>;
  /**
   * Begins a run: of a queued job, and of a running one when `isRedelivered`, whose worker is gone. Null when the job is not to be
   * run: it has ended, or was put into the queue again since (`sendCount`).
   */
  claim(
    tenantId: string,
    jobId: string,
    message: { readonly sendCount: number; readonly isRedelivered: boolean }
  ): Promise<{ readonly job: Job; readonly claim: JobClaim } | null>;
  /** States progress; answers whether the run still has the job and whether it is to stop. */
  report(
    tenantId: string,
    claim: JobClaim,
    progress: { readonly fraction: number; readonly text: string }
  ): Promise<'continue' | 'cancel' | 'lost'>;
  /** Ends the run; null when it no longer has the job, and nothing is written. */
  finish(tenantId: string, claim: JobClaim, outcome: JobOutcome): Promise<Job | null>;
  /** Asks a job to stop; a queued one is cancelled at once, one that has ended stays as it is. Null when there is none. */
  requestCancel(tenantId: string, id: string): Promise<Job | null>;
  /** Queues a failed or cancelled job again; null when there is none in such a state. */
  requeue(tenantId: string, id: string): Promise<Job | null>;
  /** Deletes jobs that ended before `cutMs`, `limit` at most; returns how many. */
  deleteFinishedBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
