import type { Job, RequestOf } from '@loghunter/contracts';
import type { CallContext } from '../http/route-handlers.ts';
import { presentJob } from '../jobs/present-job.ts';
import { startJob } from '../jobs/start-job.ts';
import type { AnomalyFeature } from './anomaly-feature.ts';

/** Kind of the jobs that judge past days again. */
export const rehearsalKind = 'anomaly-rehearsal';

const minuteMs = 60_000;

/** `POST /api/v1/anomaly-rehearsals` */
export async function startRehearsal(
  feature: AnomalyFeature,
  request: RequestOf<'startRehearsal'>,
  context: CallContext
): Promise<Job> {
  // To the minute: who asks twice in a minute asks for the same.
  const toMs = Math.floor(feature.clock.nowMs() / minuteMs) * minuteMs;
  const job = await startJob(feature, feature.tenantId, {
    kind: rehearsalKind,
    input: { ...request, toMs },
    actor: context.principal.actor,
    requestId: context.requestId,
    webhookId: null,
  });
  return presentJob(job);
}
