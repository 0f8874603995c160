import type { Clock, HttpClient, WebhookStore } from '@loghunter/ports';
import { JobError, type JobKind, type JobRun } from '../jobs/job-kind.ts';
import type { Secret } from '../settings/secret.ts';
import { readRetryAfter, standardRetryDelaysSeconds } from './retry-schedule.ts';
import { deriveWebhookSecret, signMessage } from './webhook-secret.ts';

/** What telling receivers needs. */
export interface WebhookDeliveryParts {
  readonly webhooks: WebhookStore;
  readonly http: HttpClient;
  readonly clock: Clock;
  /** Null: webhooks are switched off. */
  readonly webhookKey: Secret | null;
}

/** Tells a receiver of a job that has ended. The message says which, and no more: what came of it is asked for over the API. */
export function createWebhookDeliveryKind(parts: WebhookDeliveryParts): JobKind {
  return {
    name: 'webhook-delivery',
    role: 'admin',
    retryDelaysSeconds: standardRetryDelaysSeconds,
    async run(run) {
      const { input } = run.job;
      const webhook = await parts.webhooks.get(run.tenantId, String(input['webhookId']));
      if (webhook === null || webhook.disabledAtMs !== null || parts.webhookKey === null) {
        return { delivered: false };
      }
      const secret = deriveWebhookSecret(parts.webhookKey, run.tenantId, webhook.id);
      const answer = await parts.http.send(
        { method: 'POST', url: webhook.url, ...toMessage(parts.clock, run, secret) },
        run.signal
      );
      if (answer.status === 410) {
        await parts.webhooks.disable(run.tenantId, webhook.id);
        return { delivered: false };
      }
      if (answer.status < 200 || answer.status > 299) {
        throw new JobError(`The receiver answered ${answer.status}`, {
          isRetryable: true,
          retryAfterSeconds: readRetryAfter(answer.headers['retry-after']),
        });
      }
      return { delivered: true };
    },
  };
}

function toMessage(clock: Clock, { job }: JobRun, secret: string) {
  const { jobId, jobKind, status } = job.input;
  const body = JSON.stringify({
    type: `job.${String(status)}`,
    timestamp: new Date(job.createdAtMs).toISOString(),
    data: { jobId, kind: jobKind, status },
  });
  // The id is the delivery's: the same at each try, so that receivers can tell repeats.
  const timestampSeconds = Math.floor(clock.nowMs() / 1000);
  return { body, headers: signMessage(secret, { id: job.id, timestampSeconds, body }) };
}
