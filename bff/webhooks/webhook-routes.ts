import type { RequestOf, ResponseOf, Webhook } from '@loghunter/contracts';
import { isPortError, type HttpClient, type WebhookRow, type WebhookStore } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { Secret } from '../settings/secret.ts';
import { deriveWebhookSecret } from './webhook-secret.ts';

/** What requests for webhooks need. */
export interface WebhookFeature {
  readonly tenantId: string;
  readonly webhooks: WebhookStore;
  readonly http: HttpClient;
  /** Null: webhooks are switched off. */
  readonly webhookKey: Secret | null;
}

/** `GET /api/v1/webhooks` */
export async function listWebhooks({ tenantId, webhooks }: WebhookFeature): Promise<ResponseOf<'listWebhooks'>> {
  return { webhooks: (await webhooks.list(tenantId)).map(presentWebhook) };
}

/** `POST /api/v1/webhooks` */
export async function createWebhook(
  { tenantId, webhooks, http, webhookKey }: WebhookFeature,
  { name, url }: RequestOf<'createWebhook'>
): Promise<ResponseOf<'createWebhook'>> {
  if (webhookKey === null) {
    throw new ProblemError('not-supported', 'Webhooks are switched off: set LOGHUNTER_WEBHOOK_KEY.');
  }
  await requireAllowed(http, url);
  const webhook = await webhooks.create(tenantId, { name, url });
  return { webhook: presentWebhook(webhook), secret: deriveWebhookSecret(webhookKey, tenantId, webhook.id) };
}

/** `DELETE /api/v1/webhooks/{id}` */
export async function deleteWebhook(
  { tenantId, webhooks }: WebhookFeature,
  { id }: RequestOf<'deleteWebhook'>
): Promise<ResponseOf<'deleteWebhook'>> {
  if (!(await webhooks.hide(tenantId, id))) {
    throw new ProblemError('not-found', `There is no webhook ${id}.`);
  }
  return { id };
}

async function requireAllowed(http: HttpClient, url: string): Promise<void> {
  try {
    await http.check(url);
  } catch (error) {
    if (isPortError(error)) {
      throw new ProblemError('address-refused', error.message, { cause: error });
    }
    throw error;
  }
}

function presentWebhook(row: WebhookRow): Webhook {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    disabledAt: row.disabledAtMs === null ? null : new Date(row.disabledAtMs).toISOString(),
    createdAt: new Date(row.createdAtMs).toISOString(),
  };
}
