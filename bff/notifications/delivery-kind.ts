import {
  isPortError,
  type ChannelKind,
  type ChannelRow,
  type ChannelStore,
  type DeliveryRow,
  type DeliveryStore,
  type Notice,
  type UnitOfWork,
} from '@loghunter/ports';
import { isJobError, type JobKind, type JobRun } from '../jobs/job-kind.ts';
import { retryDelaysWithin } from '../webhooks/retry-schedule.ts';
import { openTarget } from './channel-targets.ts';
import { createMessage, type MessageParts } from './messages/message.ts';
import { pagerDutyActionOf } from './messages/pager-duty-event.ts';
import { sampleNotice } from './sample-notice.ts';
import { sendMessage, type SendParts, type SendResult } from './send-message.ts';
import { deliveryJobKind } from './start-delivery.ts';

/** Told of every attempt that ended. */
export interface DeliveryObserver {
  observeDelivery(kind: ChannelKind, outcome: 'delivered' | 'failed' | 'suppressed' | 'retrying'): void;
}

/** What deliveries need. */
export interface DeliveryParts extends SendParts {
  readonly observer: DeliveryObserver;
  readonly channels: ChannelStore;
  readonly deliveries: DeliveryStore;
  readonly unitOfWork: UnitOfWork;
  /** For how long a message that a receiver does not take is tried again. */
  readonly retryMs: number;
  /** Which of these clusters people ignore now. */
  readonly findIgnored: (tenantId: string, clusterIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** What makes the messages of a tenant, by its rules as they are now. */
  readonly openMessageParts: (tenantId: string) => Promise<MessageParts>;
}

/** After a failure new messages wait this long at first, and twice as long after each further one. */
const firstPauseMs = 5000;
/** At most this: what opens meanwhile is told soon after the receiver is back. */
const maxPauseMs = 300_000;

/** Sends what waits for a channel: each attempt with the same id, so that a worker that dies repeats it and loses nothing. */
export function createDeliveryKind(parts: DeliveryParts): JobKind {
  const retryDelaysSeconds = retryDelaysWithin(parts.retryMs);
  return {
    name: deliveryJobKind,
    role: 'admin',
    retryDelaysSeconds,
    async run(run) {
      const delivery = await parts.deliveries.begin(run.tenantId, String(run.job.input['deliveryId']));
      if (delivery === null) {
        return { isDelivered: false };
      }
      const channel = await parts.channels.get(run.tenantId, delivery.channelId);
      const obstacle = describeObstacle(channel, delivery);
      if (channel === null || obstacle !== null) {
        return end(parts, run, { delivery, channel }, 'suppressed', obstacle);
      }
      const isLast = run.job.attemptCount > retryDelaysSeconds.length;
      return attempt(parts, run, channel, delivery, isLast);
    },
  };
}

function describeObstacle(channel: ChannelRow | null, { isTest }: DeliveryRow): string | null {
  if (channel === null) {
    return 'channel-deleted';
  }
  return channel.isEnabled || isTest ? null : 'channel-disabled';
}

async function attempt(
  parts: DeliveryParts,
  run: JobRun,
  channel: ChannelRow,
  delivery: DeliveryRow,
  isLast: boolean
): Promise<unknown> {
  const { tenantId } = run;
  const target = openTarget(parts.webhookKey, tenantId, channel);
  if (target === null) {
    return end(
      parts,
      run,
      { delivery, channel },
      'failed',
      'secret-cannot-be-opened: LOGHUNTER_WEBHOOK_KEY is another one than when the channel was set'
    );
  }
  const { notices, reason } = await chooseNotices(parts, tenantId, channel, delivery);
  if (notices.length === 0) {
    return end(parts, run, { delivery, channel }, 'suppressed', reason);
  }
  let result: SendResult;
  try {
    const message = await createMessage(await parts.openMessageParts(tenantId), tenantId, delivery, notices);
    result = await sendMessage(parts, channel.id, target, message, run.signal);
  } catch (error) {
    run.signal.throwIfAborted();
    await noteFailure(parts, tenantId, channel, delivery, { error, isLast });
    throw error;
  }
  return parts.unitOfWork.run(tenantId, async () => {
    if (result.kind === 'gone') {
      await parts.channels.disable(tenantId, channel.id, result.remark ?? 'gone');
      return end(parts, run, { delivery, channel }, 'failed', result.remark);
    }
    await parts.channels.noteSuccess(tenantId, channel.id);
    return end(parts, run, { delivery, channel }, 'delivered', result.remark);
  });
}

/** What is still worth telling: clusters may be ignored since, and for PagerDuty what came later has overtaken it. */
async function chooseNotices(
  parts: DeliveryParts,
  tenantId: string,
  channel: ChannelRow,
  delivery: DeliveryRow
): Promise<{ readonly notices: readonly Notice[]; readonly reason: string | null }> {
  if (delivery.isTest) {
    return { notices: [sampleNotice(delivery.createdAtMs)], reason: null };
  }
  const clusterIds = delivery.notices.flatMap(({ clusterId }) => clusterId ?? []);
  const ignored = await parts.findIgnored(tenantId, clusterIds);
  const told = delivery.notices.filter(({ clusterId }) => clusterId === null || !ignored.has(clusterId));
  if (told.length === 0) {
    return { notices: [], reason: delivery.notices.length === 0 ? 'notices-deleted' : 'cluster-ignored' };
  }
  if (channel.kind !== 'pagerduty') {
    return { notices: told, reason: null };
  }
  const events = told.filter(({ kind }) => pagerDutyActionOf(kind) !== null);
  const current: Notice[] = [];
  for (const notice of events) {
    if (!(await parts.deliveries.isOvertaken(tenantId, channel.id, notice))) {
      current.push(notice);
    }
  }
  return { notices: current, reason: events.length === 0 ? 'kind-not-for-pagerduty' : 'overtaken-by-a-later-one' };
}

async function end(
  parts: DeliveryParts,
  run: JobRun,
  { delivery, channel }: { readonly delivery: DeliveryRow; readonly channel: ChannelRow | null },
  status: 'delivered' | 'failed' | 'suppressed',
  reason: string | null
) {
  if (channel !== null) {
    parts.observer.observeDelivery(channel.kind, status);
  }
  await parts.deliveries.settle(run.tenantId, delivery.id, { status, reason }, parts.clock.nowMs());
  return { isDelivered: status === 'delivered' };
}

async function noteFailure(
  parts: DeliveryParts,
  tenantId: string,
  channel: ChannelRow,
  delivery: DeliveryRow,
  { error, isLast }: { readonly error: unknown; readonly isLast: boolean }
): Promise<void> {
  const isKnown = isJobError(error) || isPortError(error);
  const status = isLast || (isKnown && !error.isRetryable) ? 'failed' : 'retrying';
  parts.observer.observeDelivery(channel.kind, status);
  const reason = isKnown ? error.message : 'It failed for a reason that is in the server log';
  const nowMs = parts.clock.nowMs();
  const pauseMs = Math.min(maxPauseMs, firstPauseMs * 2 ** channel.failureCount);
  await parts.unitOfWork.run(tenantId, async () => {
    await parts.channels.noteFailure(tenantId, channel.id, nowMs + pauseMs);
    await parts.deliveries.settle(tenantId, delivery.id, { status, reason }, nowMs);
  });
}
