import type { CallContext } from '../http/route-handlers.ts';
import { createWebhook, deleteWebhook, listWebhooks, type WebhookFeature } from './webhook-routes.ts';

type ForTenant = <Request, Answer>(
  answer: (feature: WebhookFeature, request: Request, context: CallContext) => Promise<Answer>
) => (request: Request, context: CallContext) => Promise<Answer>;

/** Handlers of the routes about addresses that are told of jobs. */
export function createWebhookHandlers(forTenant: ForTenant) {
  return {
    listWebhooks: forTenant(listWebhooks),
    createWebhook: forTenant(createWebhook),
    deleteWebhook: forTenant(deleteWebhook),
  };
}
