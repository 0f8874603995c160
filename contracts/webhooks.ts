import { z } from 'zod';
import { Timestamp } from './time.ts';

/** An address that is told of jobs that end; see https://www.standardwebhooks.com for how it is signed. */
export const Webhook = z
  .object({
    id: z.uuid(),
    name: z.string(),
    url: z.string(),
    disabledAt: Timestamp.nullable().describe('The receiver answered 410 Gone; null: in use'),
    createdAt: Timestamp,
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof Webhook>;

/** Path parameter of a webhook. */
export const WebhookParams = z.object({ id: z.uuid() });
export type WebhookParams = z.infer<typeof WebhookParams>;

/** An address to tell. It is reached over https, never at a private address, and redirects are not followed. */
export const CreateWebhookRequest = z.object({
  name: z.string().trim().min(1).max(200),
  url: z.url({ protocol: /^https?$/ }).max(2000),
});
export type CreateWebhookRequest = z.infer<typeof CreateWebhookRequest>;

/** A new webhook with its secret, which no other answer shows. */
export const CreateWebhookResponse = z
  .object({ webhook: Webhook, secret: z.string().describe('`whsec_` and the key in Base64') })
  .meta({ id: 'CreateWebhookResponse' });
export type CreateWebhookResponse = z.infer<typeof CreateWebhookResponse>;

/** All webhooks, the newest first. */
export const ListWebhooksResponse = z.object({ webhooks: z.array(Webhook) }).meta({ id: 'ListWebhooksResponse' });
export type ListWebhooksResponse = z.infer<typeof ListWebhooksResponse>;

/** A webhook that was hidden. */
export const DeleteWebhookResponse = z.object({ id: z.uuid() }).meta({ id: 'DeleteWebhookResponse' });
export type DeleteWebhookResponse = z.infer<typeof DeleteWebhookResponse>;
