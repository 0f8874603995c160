import { startJob, type JobStartParts } from '../jobs/start-job.ts';

/** At seven past every hour, when no round hour makes everybody busy. */
const cron = '7 * * * *';

/** What beginning retention needs. */
export interface RetentionScheduleParts extends JobStartParts {
  readonly listTenantIds: () => Promise<readonly string[]>;
}

/** Begins a retention job of every tenant; one that is open already stays the only one. */
export async function beginRetention(parts: RetentionScheduleParts): Promise<void> {
  for (const tenantId of await parts.listTenantIds()) {
    await startJob(parts, tenantId, {
      kind: 'retention',
      input: {},
      actor: { kind: 'schedule', id: 'retention-schedule', name: 'the schedule' },
      requestId: 'retention-schedule',
      webhookId: null,
    });
  }
}

/** Begins retention each hour, once over all replicas. */
export function scheduleRetention(parts: RetentionScheduleParts): Promise<void> {
  return parts.queue.schedule('retention-schedule', cron, () => beginRetention(parts));
}
