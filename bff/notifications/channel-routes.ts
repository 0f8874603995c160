import { randomUUID } from 'node:crypto';
import type { Channel, ChannelRules, RequestOf, ResponseOf } from '@loghunter/contracts';
import { isTimeZone } from '@loghunter/engine/notifications';
import type { ChannelRow } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import { deriveWebhookSecret } from '../webhooks/webhook-secret.ts';
import { listUnavailableKinds, showTarget, storeTarget } from './channel-targets.ts';
import type { NotificationFeature } from './notification-feature.ts';

/** `GET /api/v1/channels` */
export async function listChannels(feature: NotificationFeature): Promise<ResponseOf<'listChannels'>> {
  const channels = await feature.channels.list(feature.tenantId);
  return { channels: channels.map(presentChannel), unavailableKinds: [...listUnavailableKinds(feature)] };
}

/** `POST /api/v1/channels` */
export async function createChannel(
  feature: NotificationFeature,
  { name, target, rules }: RequestOf<'createChannel'>
): Promise<ResponseOf<'createChannel'>> {
  requireTimeZone(rules);
  const id = randomUUID();
  const stored = await storeTarget(feature, id, target);
  const content = { name, kind: target.kind, ...stored, rules, isEnabled: true };
  const channel = await feature.channels.create(feature.tenantId, id, content);
  const secret =
    target.kind === 'webhook' && feature.webhookKey !== null
      ? deriveWebhookSecret(feature.webhookKey, feature.tenantId, id)
      : null;
  return { channel: presentChannel(channel), secret };
}

/** `PUT /api/v1/channels/{id}` */
export async function changeChannel(
  feature: NotificationFeature,
  { id, name, rules, isEnabled, target }: RequestOf<'changeChannel'>
): Promise<ResponseOf<'changeChannel'>> {
  requireTimeZone(rules);
  const given = target === undefined ? null : await storeTarget(feature, id, target);
  const before = await requireChannel(feature, id);
  if (target !== undefined && target.kind !== before.kind) {
    throw new ProblemError('invalid-request', `The channel is of the kind ${before.kind}: make another one.`);
  }
  const stored = given ?? { target: before.target, sealedSecret: before.sealedSecret };
  const changed = await feature.channels.change(feature.tenantId, id, { name, rules, isEnabled, ...stored });
  if (changed === null) {
    throw notFound(id);
  }
  return { channel: presentChannel(changed) };
}

/** `DELETE /api/v1/channels/{id}` */
export async function deleteChannel(
  { tenantId, channels }: NotificationFeature,
  { id }: RequestOf<'deleteChannel'>
): Promise<ResponseOf<'deleteChannel'>> {
  if (!(await channels.hide(tenantId, id))) {
    throw notFound(id);
  }
  return { id };
}

/** The channel; throws `ProblemError` `not-found`. */
export async function requireChannel({ tenantId, channels }: NotificationFeature, id: string): Promise<ChannelRow> {
  const channel = await channels.get(tenantId, id);
  if (channel === null) {
    throw notFound(id);
  }
  return channel;
}

function requireTimeZone({ quietHours }: ChannelRules): void {
  if (quietHours !== null && !isTimeZone(quietHours.timeZone)) {
    throw new ProblemError('invalid-request', `There is no time zone ${quietHours.timeZone}.`);
  }
}

function notFound(id: string): ProblemError {
  return new ProblemError('not-found', `There is no channel ${id}.`);
}

function presentChannel(row: ChannelRow): Channel {
  return {
    id: row.id,
    name: row.name,
    target: showTarget(row),
    rules: row.rules as ChannelRules,
    isEnabled: row.isEnabled,
    disabledReason: row.disabledReason,
    failureCount: row.failureCount,
    createdAt: new Date(row.createdAtMs).toISOString(),
    updatedAt: new Date(row.updatedAtMs).toISOString(),
  };
}
