import type { Delivery, RequestOf, ResponseOf } from '@loghunter/contracts';
import type { DeliveryRow } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { requireChannel } from './channel-routes.ts';
import type { NotificationFeature } from './notification-feature.ts';
import { startDelivery } from './start-delivery.ts';

/** `POST /api/v1/channels/{id}/test`: also of a channel that is switched off, so that it can be tried before it is switched on. */
export async function testChannel(
  feature: NotificationFeature,
  { id }: RequestOf<'testChannel'>,
  { requestId }: CallContext
): Promise<Delivery> {
  const { tenantId, deliveries, clock } = feature;
  await requireChannel(feature, id);
  if (await deliveries.hasOpenTest(tenantId, id)) {
    throw new ProblemError('conflict', 'A test message is on its way to this channel: wait for what comes of it.');
  }
  const nowMs = clock.nowMs();
  const delivery = await deliveries.create(tenantId, {
    ...{ channelId: id, noticeIds: [], isTest: true, status: 'waiting', reason: null },
    ...{ dueAtMs: nowMs, createdAtMs: nowMs },
  });
  await startDelivery(feature, tenantId, delivery, { nowMs, requestId });
  return presentDelivery(delivery);
}

/** `GET /api/v1/deliveries` */
export async function listDeliveries(
  { tenantId, deliveries }: NotificationFeature,
  { channelId, status, limit, offset }: RequestOf<'listDeliveries'>
): Promise<ResponseOf<'listDeliveries'>> {
  const rows = await deliveries.list(tenantId, {
    ...(channelId === undefined ? {} : { channelId }),
    ...(status === undefined ? {} : { status }),
    ...{ limit, offset },
  });
  return { deliveries: rows.map(presentDelivery) };
}

/** `GET /api/v1/deliveries/{id}` */
export async function getDelivery(
  { tenantId, deliveries }: NotificationFeature,
  { id }: RequestOf<'getDelivery'>
): Promise<Delivery> {
  const row = await deliveries.get(tenantId, id);
  if (row === null) {
    throw new ProblemError('not-found', `There is no delivery ${id}.`);
  }
  return presentDelivery(row);
}

function presentDelivery(row: DeliveryRow): Delivery {
  return {
    ...{ id: row.id, channelId: row.channelId, channelName: row.channelName, status: row.status },
    ...{ reason: row.reason, isTest: row.isTest, attemptCount: row.attemptCount },
    notices: row.notices.map(({ id, kind, severity, service, title, incidentId, clusterId }) => ({
      ...{ id, kind, severity, service, title, incidentId, clusterId },
    })),
    dueAt: toText(row.dueAtMs),
    deliveredAt: row.deliveredAtMs === null ? null : toText(row.deliveredAtMs),
    createdAt: toText(row.createdAtMs),
    updatedAt: toText(row.updatedAtMs),
  };
}

function toText(ms: number): string {
  return new Date(ms).toISOString();
}
