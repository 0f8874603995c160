import { z } from 'zod';
import { Instant, Timestamp } from './time.ts';

/** State of a job. `succeeded`, `failed` and `cancelled` are final. */
export const JobStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']).meta({ id: 'JobStatus' });
export type JobStatus = z.infer<typeof JobStatus>;

/** Work that goes on after its request was answered. */
export const Job = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    status: JobStatus,
    progress: z.number().min(0).max(1),
    progressText: z.string().describe('What it does now, for people'),
    attemptCount: z.number().int().describe('How often a worker began it'),
    result: z.unknown().describe('What came of it; null until it succeeded'),
    failure: z.string().nullable().describe('Why the latest attempt failed; null: none has'),
    createdBy: z.string(),
    createdAt: Timestamp,
    startedAt: Timestamp.nullable(),
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof Job>;

/** What came of a `pattern-import`, and what it could not import. */
export interface PatternImportResult {
  /** Asked about: to the first minute of the ledger. */
  readonly from: string;
  readonly to: string;
  /** Patterns that Loki had of the services of the ledger. */
  readonly patternCount: number;
  /** Those that belong to a cluster, and how many clusters these are; the others were left out. */
  readonly matchedCount: number;
  readonly clusterCount: number;
  /** Loki kept none from before this; null: it had none. */
  readonly oldestPatternAt: string | null;
  /** Log sources that keep no patterns; the one of the configuration is the empty name. */
  readonly sourcesWithout: readonly string[];
}

const webhookId = z.uuid().optional().describe('Webhook that is told when the job ends');

/** A job to begin. Equal requests share one job while it is queued or running. */
export const StartJobRequest = z.object({
  kind: z.enum(['retention', 'backfill', 'ledger-verification', 'audit-verification', 'pattern-import']),
  since: Instant.optional().describe(
    'Of ledger-verification: everything from then on; one hour ago by default. Of backfill, which needs it: lines are read back to then. Of pattern-import: patterns from then to the first minute of the ledger; a week by default'
  ),
  webhookId,
});
export type StartJobRequest = z.infer<typeof StartJobRequest>;

/** Path parameter of a job. */
export const JobParams = z.object({ id: z.uuid() });
export type JobParams = z.infer<typeof JobParams>;

/** Query of the jobs. */
export const ListJobsRequest = z.object({
  status: JobStatus.optional(),
  kind: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type ListJobsRequest = z.infer<typeof ListJobsRequest>;

/** Jobs, the newest first. */
export const ListJobsResponse = z.object({ jobs: z.array(Job) }).meta({ id: 'ListJobsResponse' });
export type ListJobsResponse = z.infer<typeof ListJobsResponse>;
