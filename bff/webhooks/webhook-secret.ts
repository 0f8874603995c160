import { createHmac } from 'node:crypto';
import type { Secret } from '../settings/secret.ts';

/**
 * Secret of one webhook, made of the installation's key and the webhook's id: nothing secret is stored. `whsec_` and 32 bytes in
 * Base64, as Standard Webhooks has it.
 */
export function deriveWebhookSecret(key: Secret, tenantId: string, webhookId: string): string {
  return `whsec_${createHmac('sha256', key.reveal()).update(`webhook:${tenantId}:${webhookId}`).digest('base64')}`;
}

/** Headers of a message by the rules of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`. */
export function signMessage(
  secret: string,
  message: { readonly id: string; readonly timestampSeconds: number; readonly body: string }
): Readonly<Record<string, string>> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${message.id}.${message.timestampSeconds}.${message.body}`;
  return {
    'content-type': 'application/json',
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestampSeconds),
    'webhook-signature': `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
  };
}
