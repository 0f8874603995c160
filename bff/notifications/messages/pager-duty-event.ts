import type { NoticeSeverity } from '@loghunter/engine/notifications';
import type { Notice, NoticeKind } from '@loghunter/ports';
import { describeFacts, describeKind, type MessageItem } from './message.ts';

// PagerDuty's limits: a summary 1,024 characters, a key 255.
const maxSummaryCharacters = 1024;

const severities: Readonly<Record<NoticeSeverity, string>> = {
  LOW: 'info',
  MEDIUM: 'warning',
  HIGH: 'error',
  CRITICAL: 'critical',
};

const actions: Readonly<Record<NoticeKind, 'trigger' | 'acknowledge' | 'resolve' | null>> = {
  'incident-opened': 'trigger',
  'incident-raised': 'trigger',
  // Told of open incidents only, and under the incident's key: it adds to the alert.
  'incident-analysed': 'trigger',
  'incident-acknowledged': 'acknowledge',
  'incident-closed': 'resolve',
  'cluster-new': 'trigger',
  'cluster-regressed': 'trigger',
  'cluster-escalating': 'trigger',
  // Would open again what is resolved.
  'explanation-ready': null,
};

/** What PagerDuty is to do on a notice of this kind; null: nothing. */
export function pagerDutyActionOf(kind: NoticeKind) {
  return actions[kind];
}

/** An event of Events API v2. All notices of an incident, or of a cluster that is of none, are one alert there. */
export function toPagerDutyBody(
  routingKey: string,
  tenantId: string,
  { notice, links, buttons }: MessageItem,
  isTest: boolean
): string {
  const summary = `${isTest ? 'Test: ' : ''}${describeKind(notice.kind)}: ${notice.title}`;
  return JSON.stringify({
    routing_key: routingKey,
    event_action: actions[notice.kind],
    dedup_key: toDedupKey(tenantId, notice),
    client: 'LogHunter',
    payload: {
      summary: summary.slice(0, maxSummaryCharacters),
      source: notice.service === '' ? 'loghunter' : notice.service,
      severity: severities[notice.severity],
      timestamp: new Date(notice.createdAtMs).toISOString(),
      component: notice.service,
      group: notice.namespace,
      class: notice.kind,
      custom_details: { ...Object.fromEntries(describeFacts(notice)), lines: notice.lines },
    },
    links: [...links, ...buttons].map(({ label, url }) => ({ href: url, text: label })),
  });
}

function toDedupKey(tenantId: string, { id, incidentId, clusterId }: Notice): string {
  return ['loghunter', tenantId, incidentId ?? clusterId ?? id].join(':');
}
