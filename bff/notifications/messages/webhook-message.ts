import type { Notice } from '@loghunter/ports';
import type { Message, MessageItem } from './message.ts';

/** The body of a webhook's message, after https://www.standardwebhooks.com: type, timestamp, data. */
export function toWebhookBody(message: Message): string {
  const { items, isTest } = message;
  const [first] = items;
  const type = isTest ? 'test' : items.length === 1 && first !== undefined ? first.notice.kind : 'notices';
  return JSON.stringify({
    type,
    timestamp: new Date(message.createdAtMs).toISOString(),
    data: { deliveryId: message.id, isTest, notices: items.map(toItem), moreCount: message.moreCount },
  });
}

function toItem({ notice, links, buttons }: MessageItem) {
  return { ...toFacts(notice), links, actions: buttons };
}

function toFacts(notice: Notice) {
  const toText = (ms: number) => new Date(ms).toISOString();
  return {
    ...{ id: notice.id, kind: notice.kind, severity: notice.severity, title: notice.title },
    ...{ service: notice.service, namespace: notice.namespace },
    ...{ clusterId: notice.clusterId, incidentId: notice.incidentId },
    ...{ lines: notice.lines, count: notice.count },
    firstSeenAt: notice.firstSeenAtMs === null ? null : toText(notice.firstSeenAtMs),
    range: { from: toText(notice.range.fromMs), to: toText(notice.range.toMs) },
    ...{ suspectDeploy: notice.suspectDeploy, verdict: notice.verdict },
    createdAt: toText(notice.createdAtMs),
  };
}
