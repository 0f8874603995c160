import type { CallContext } from '../http/route-handlers.ts';
import { changeChannel, createChannel, deleteChannel, listChannels } from './channel-routes.ts';
import { getDelivery, listDeliveries, testChannel } from './delivery-routes.ts';
import type { NotificationFeature } from './notification-feature.ts';

type ForTenant = <Request, Answer>(
  answer: (feature: NotificationFeature, request: Request, context: CallContext) => Promise<Answer>
) => (request: Request, context: CallContext) => Promise<Answer>;

/** Handlers of the rows in `contracts/notification-routes.ts`. */
export function createNotificationHandlers(forTenant: ForTenant) {
  return {
    listChannels: forTenant(listChannels),
    createChannel: forTenant(createChannel),
    changeChannel: forTenant(changeChannel),
    deleteChannel: forTenant(deleteChannel),
    testChannel: forTenant(testChannel),
    listDeliveries: forTenant(listDeliveries),
    getDelivery: forTenant(getDelivery),
  };
}
