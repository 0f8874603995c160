import * as notifications from './notifications.ts';

/** Schemas of the rows in `notification-routes.ts`. */
export const notificationSchemas = {
  listChannels: { response: notifications.ListChannelsResponse },
  createChannel: { body: notifications.CreateChannelRequest, response: notifications.CreateChannelResponse },
  changeChannel: {
    params: notifications.ChannelParams,
    body: notifications.ChangeChannelRequest,
    response: notifications.ChannelResponse,
  },
  deleteChannel: { params: notifications.ChannelParams, response: notifications.DeleteChannelResponse },
  testChannel: { params: notifications.ChannelParams, response: notifications.Delivery },
  listDeliveries: {
    query: notifications.ListDeliveriesRequest,
    response: notifications.ListDeliveriesResponse,
  },
  getDelivery: { params: notifications.DeliveryParams, response: notifications.Delivery },
} as const;
