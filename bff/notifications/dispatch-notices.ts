import { decideNotice, endOfQuiet } from '@loghunter/engine/notifications';
import type { ChannelRow, ChannelStore, Clock, DeliveryStore, Notice, NoticeStore } from '@loghunter/ports';
import { startJob, type JobStartParts } from '../jobs/start-job.ts';
import { annotatedKinds, annotationJobKind } from './annotation-kind.ts';
import { startDelivery } from './start-delivery.ts';

/** What deciding about notices needs. */
export interface DispatchParts extends JobStartParts {
  readonly notices: NoticeStore;
  readonly channels: ChannelStore;
  readonly deliveries: DeliveryStore;
  readonly clock: Clock;
  /** Which of these clusters people ignore now. */
  readonly findIgnored: (tenantId: string, clusterIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Whether the tenant's incidents are written into Grafana's time axis. */
  readonly isAnnotated: (tenantId: string) => boolean;
}

/** Notices a transaction: others wait for no more. */
const batchSize = 100;
const requestId = 'notice-dispatch';

/**
 * Decides for notices that wait, and for each enabled channel, whether it is told, in which message and when. One transaction takes
 * the notices and writes the messages with their jobs, so that none is lost and none told twice. Returns how many were taken.
 */
export function dispatchNotices(parts: DispatchParts, tenantId: string): Promise<number> {
  return parts.unitOfWork.run(tenantId, async () => {
    const notices = await parts.notices.take(tenantId, batchSize);
    if (notices.length === 0) {
      return 0;
    }
    const ignored = await parts.findIgnored(
      tenantId,
      notices.flatMap(({ clusterId }) => clusterId ?? [])
    );
    for (const channel of await parts.channels.lockEnabled(tenantId)) {
      await tellChannel(parts, tenantId, channel, notices, ignored);
    }
    if (parts.isAnnotated(tenantId)) {
      await annotate(parts, tenantId, notices);
    }
    return notices.length;
  });
}

async function annotate(parts: DispatchParts, tenantId: string, notices: readonly Notice[]): Promise<void> {
  for (const { id, kind, incidentId } of notices) {
    if (incidentId !== null && annotatedKinds.has(kind)) {
      const actor = { kind: 'installation', id: 'notifications', name: 'notifications' };
      const job = { kind: annotationJobKind, input: { noticeId: id }, actor, requestId, webhookId: null };
      await startJob(parts, tenantId, job);
    }
  }
}

async function tellChannel(
  parts: DispatchParts,
  tenantId: string,
  channel: ChannelRow,
  notices: readonly Notice[],
  ignored: ReadonlySet<string>
): Promise<void> {
  const nowMs = parts.clock.nowMs();
  const quietUntilMs = endOfQuiet(channel.rules, nowMs);
  for (const notice of notices) {
    const isClusterIgnored = notice.clusterId !== null && ignored.has(notice.clusterId);
    const decision = decideNotice(channel.rules, { ...notice, isClusterIgnored });
    const common = { channelId: channel.id, noticeIds: [notice.id], isTest: false, createdAtMs: nowMs };
    if (!decision.isTold) {
      const { reason } = decision;
      await parts.deliveries.create(tenantId, { ...common, status: 'suppressed', reason, dueAtMs: nowMs });
      continue;
    }
    const heldUntilMs = decision.isQuiet ? quietUntilMs : null;
    const dueAtMs = Math.max(heldUntilMs ?? nowMs + groupMsOf(channel), channel.retryAtMs ?? 0);
    // What may be told at once does not join what is held until the morning.
    const due = { fromMs: nowMs, toMs: dueAtMs };
    if (channel.kind !== 'pagerduty' && (await parts.deliveries.join(tenantId, channel.id, notice.id, due))) {
      continue;
    }
    const delivery = await parts.deliveries.create(tenantId, { ...common, status: 'waiting', reason: null, dueAtMs });
    await startDelivery(parts, tenantId, delivery, { nowMs, requestId });
  }
}

// PagerDuty groups by itself, and each of its alerts is an event of its own.
function groupMsOf({ kind, rules }: ChannelRow): number {
  return kind === 'pagerduty' ? 0 : rules.groupSeconds * 1000;
}
