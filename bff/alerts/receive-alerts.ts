import { createHash, randomUUID } from 'node:crypto';
import { redactLabels } from '@loghunter/engine/redaction';
import type {
  AnomalyEventRow,
  AnomalyStore,
  AuditLog,
  Clock,
  IdempotencyStore,
  IncidentRow,
  UnitOfWork,
} from '@loghunter/ports';
import { assignNewIncidents, type IncidentOwnerParts } from '../anomalies/assign-incidents.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { AlertReceiver } from '../http/grafana-alerts.ts';
import type { LiveFeed } from '../live/live-feed.ts';
import type { StoredTextRedaction, TextRedactor } from '../redaction/stored-text-redaction.ts';
import type { Secret } from '../settings/secret.ts';
import { chooseIncident, isOwnAlert, joinWithinMs, serviceOfAlert, toEvent, withEvent } from './place-alert.ts';
import { findFlaw, GrafanaAlerts, signatureHeader, type GrafanaAlert } from './read-grafana-alerts.ts';

/** What taking alerts needs. */
export interface AlertParts extends Omit<IncidentOwnerParts, 'anomalies'> {
  readonly tenantId: string;
  /** Shared with the contact point. */
  readonly secret: Secret;
  readonly anomalies: AnomalyStore;
  readonly idempotency: IdempotencyStore;
  readonly unitOfWork: UnitOfWork;
  readonly auditLog: AuditLog;
  readonly live: Pick<LiveFeed, 'announce'>;
  readonly openRedaction: () => Promise<StoredTextRedaction>;
  readonly clock: Clock;
}

/** What became of the alerts of a call. */
interface Outcome {
  openedCount: number;
  joinedCount: number;
  closedCount: number;
  /** Of our own findings, or over before they were known. */
  leftOutCount: number;
}

/**
 * Takes alerts of Grafana: each opens an incident or joins one, once, however often Grafana repeats itself. Calls that are not
 * signed with the secret just now, or come a second time, are refused. All of a call is one transaction with its audit row.
 */
export function createAlertReceiver(parts: AlertParts): AlertReceiver {
  return {
    async receive(call) {
      const flaw = findFlaw(parts.secret, call, parts.clock.nowMs());
      if (flaw !== null) {
        throw new ProblemError('unauthenticated', refusals[flaw]);
      }
      const { receiver, alerts } = parse(call.body);
      const redactor = await (await parts.openRedaction()).open();
      return parts.unitOfWork.run(parts.tenantId, async () => {
        await refuseRepeat(parts, call.headers);
        const outcome: Outcome = { openedCount: 0, joinedCount: 0, closedCount: 0, leftOutCount: 0 };
        const changedIds = new Set<string>();
        for (const alert of alerts) {
          const change = await place(parts, alert, redactor, outcome);
          await parts.anomalies.write(parts.tenantId, change);
          await assignNewIncidents(parts, parts.tenantId, change.openedIncidents, change.events, parts.clock.nowMs());
          change.incidents.forEach(({ id }) => changedIds.add(id));
        }
        // At the end: whoever announces holds up all others of the tenant who do, until the commit, and may wait for no incident meanwhile.
        if (changedIds.size > 0) {
          await parts.live.announce(parts.tenantId, 'incident', [...changedIds]);
        }
        await parts.auditLog.append(parts.tenantId, [
          {
            occurredAtMs: parts.clock.nowMs(),
            actor: { kind: 'installation', id: 'grafana-alerting', name: redactor.sample(receiver) },
            ...{ action: 'receiveGrafanaAlerts', object: { kind: 'alerts', id: '' }, result: 'ok' },
            ...{ requestId: call.requestId, details: { ...outcome } },
          },
        ]);
        return { ...outcome };
      });
    },
  };
}

const refusals = {
  unsigned: 'The call is not signed: set an HMAC secret and a timestamp header in the contact point.',
  'wrong-signature': 'The signature is wrong: the contact point and the server must hold the same secret.',
  'too-old': 'The call was signed more than five minutes ago, or by a clock that is wrong.',
} as const;

function parse(body: string): GrafanaAlerts {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new ProblemError('invalid-request', 'The body is no JSON.');
  }
  const parsed = GrafanaAlerts.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ProblemError(
      'invalid-request',
      `The body: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim()
    );
  }
  return parsed.data;
}

// The signature is over time and body, and `findFlaw` takes one spelling of it: the same one again is the same call again.
async function refuseRepeat({ idempotency, tenantId }: AlertParts, headers: Headers): Promise<void> {
  const call = { route: 'grafana-alerts', key: headers.get(signatureHeader) ?? '', requestHash: 'one' };
  if ((await idempotency.claim(tenantId, call)) !== null) {
    throw new ProblemError('conflict', 'This very call was taken before.');
  }
  await idempotency.keep(tenantId, call, '');
}

type Change = Parameters<AnomalyStore['write']>[1] & { readonly openedIncidents: readonly IncidentRow[] };
const noChange: Change = { incidents: [], openedIncidents: [], events: [] };

/** What the alert changes. */
async function place(
  { anomalies, tenantId, clock }: AlertParts,
  alert: GrafanaAlert,
  redactor: TextRedactor,
  outcome: Outcome
): Promise<Change> {
  const nowMs = clock.nowMs();
  const startedAtMs = Date.parse(alert.startsAt);
  const recent = await anomalies.lockRecentIncidents(tenantId, startedAtMs - joinWithinMs);
  const open = await anomalies.listOpenEvents(tenantId);
  const known = open.find(({ seriesKey }) => seriesKey === `alert:${alert.fingerprint}`);
  if (known !== undefined) {
    if (alert.status !== 'resolved') {
      return noChange;
    }
    outcome.closedCount += 1;
    const endedAtMs = toEvent(alert, known.title, { id: known.id, incidentId: '' }, nowMs).endedAtMs;
    return close({ ...known, endedAtMs }, recent, open);
  }
  if (alert.status === 'resolved') {
    outcome.leftOutCount += 1;
    return noChange;
  }
  const incident = chooseIncident(recent, serviceOfAlert(alert), startedAtMs);
  if (incident === null && isOwnAlert(alert)) {
    outcome.leftOutCount += 1;
    return noChange;
  }
  const title = redactor.sample(titleOf(alert));
  const incidentId = incident?.id ?? randomUUID();
  const event = toEvent(redactAlert(alert, redactor), title, { id: randomUUID(), incidentId }, nowMs);
  const base = incident ?? newIncident(event);
  const openCount = open.filter((other) => other.incidentId === incidentId).length + 1;
  const joined = { ...withEvent(base, event, openCount), eventCount: base.eventCount + 1 };
  outcome[incident === null ? 'openedCount' : 'joinedCount'] += 1;
  return { incidents: [joined], openedIncidents: incident === null ? [joined] : [], events: [event] };
}

function titleOf({ labels, annotations }: GrafanaAlert): string {
  return annotations['summary'] ?? labels['alertname'] ?? 'An alert without a name';
}

function redactAlert(alert: GrafanaAlert, { sample }: TextRedactor): GrafanaAlert {
  return { ...alert, labels: redactLabels(alert.labels, sample), annotations: redactLabels(alert.annotations, sample) };
}

function newIncident(event: AnomalyEventRow): IncidentRow {
  return {
    id: event.incidentId ?? '',
    ...{ title: event.title, severity: event.severity, kinds: ['alert'], eventCount: 0 },
    services: event.service === '' ? [] : [event.service],
    ...{ startedAtMs: event.startedAtMs, lastEventAtMs: event.startedAtMs, endedAtMs: null },
    ...{ isWithdrawn: false, acknowledged: null, assignee: null },
  };
}

function close(event: AnomalyEventRow, recent: readonly IncidentRow[], open: readonly AnomalyEventRow[]): Change {
  const incident = recent.find(({ id }) => id === event.incidentId);
  const others = open.filter(({ id, incidentId }) => id !== event.id && incidentId === event.incidentId);
  const incidents = incident === undefined ? [] : [withEvent(incident, event, others.length)];
  return { incidents, openedIncidents: [], events: [event] };
}
