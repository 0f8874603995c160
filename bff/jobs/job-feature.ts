import type { Cache, Clock, WebhookStore } from '@loghunter/ports';
import type { JobKind } from './job-kind.ts';
import type { JobStartParts } from './start-job.ts';

/** What requests for jobs need. */
export interface JobFeature extends JobStartParts {
  readonly tenantId: string;
  readonly jobKinds: readonly JobKind[];
  readonly webhooks: WebhookStore;
  readonly cache: Cache;
  readonly clock: Clock;
}
