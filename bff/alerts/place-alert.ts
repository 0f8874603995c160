import type { AnomalyEventRow, AnomalySeverityNumber, IncidentRow } from '@loghunter/ports';
import type { GrafanaAlert } from './read-grafana-alerts.ts';

/** An incident that ended this long before an alert began is another story. */
export const joinWithinMs = 15 * 60_000;

const serviceLabels = ['service_name', 'service', 'app', 'job'] as const;

/** The service that an alert is about, from its labels; empty when none names one. */
export function serviceOfAlert({ labels }: Pick<GrafanaAlert, 'labels'>): string {
  const name = serviceLabels.find((label) => (labels[label] ?? '') !== '');
  return name === undefined ? '' : (labels[name] ?? '');
}

const severityWords: ReadonlyArray<readonly [AnomalySeverityNumber, RegExp]> = [
  [4, /^(critical|fatal|page|p1|sev1)$/i],
  [3, /^(high|error|major|p2|sev2)$/i],
  [2, /^(medium|warning|warn|minor|p3|sev3)$/i],
  [1, /^(low|info|informational|p4|p5|sev4)$/i],
];
/** Somebody made a rule of it: it matters, and how much is not known. */
const unknownSeverity: AnomalySeverityNumber = 2;

/** How grave an alert is, from its label `severity` or `priority`. */
export function severityOfAlert({ labels }: Pick<GrafanaAlert, 'labels'>): AnomalySeverityNumber {
  const word = labels['severity'] ?? labels['priority'] ?? '';
  return severityWords.find(([, pattern]) => pattern.test(word))?.[0] ?? unknownSeverity;
}

/** Whether the alert comes of a rule on LogHunter's own findings: it must not open what it is about again. */
export function isOwnAlert({ labels }: Pick<GrafanaAlert, 'labels'>): boolean {
  return labels['__grafana_origin'] === 'plugin/loghunter-app' || labels['loghunter'] === 'anomaly';
}

/** The event that an alert is, in its incident. */
export function toEvent(
  alert: GrafanaAlert,
  title: string,
  ids: { readonly id: string; readonly incidentId: string },
  nowMs: number
): AnomalyEventRow {
  const startedAtMs = Math.min(Date.parse(alert.startsAt), nowMs);
  return {
    ...ids,
    suppressionId: null,
    seriesKey: `alert:${alert.fingerprint}`,
    service: serviceOfAlert(alert),
    namespace: alert.labels['service_namespace'] ?? alert.labels['namespace'] ?? '',
    clusterId: null,
    ...{ kind: 'alert', metric: 'alert', severity: severityOfAlert(alert), title },
    // An alert says that something is so, not how much.
    ...{ baseline: 0, observed: 1, deviationFactor: null, evidence: 0 },
    startedAtMs,
    detectedAtMs: nowMs,
    endedAtMs: alert.status === 'firing' ? null : endOf(alert, nowMs),
    // Grafana has told people already: the detectors' own telling leaves it out.
    isNotified: true,
    details: {
      reasons: [`Grafana's rule ${alert.labels['alertname'] ?? 'without a name'} fired`],
      labels: alert.labels,
    },
  };
}

function endOf(alert: GrafanaAlert, nowMs: number): number {
  const givenMs = Date.parse(alert.endsAt ?? '');
  const startedAtMs = Date.parse(alert.startsAt);
  return Number.isNaN(givenMs) ? nowMs : Math.min(nowMs, Math.max(givenMs, startedAtMs));
}

/** The incident that an alert joins: of its service, near in time and not taken back, the one that began last; null: none. */
export function chooseIncident(
  incidents: readonly IncidentRow[],
  service: string,
  startedAtMs: number
): IncidentRow | null {
  const near = incidents.filter(
    ({ services, endedAtMs, isWithdrawn }) =>
      !isWithdrawn &&
      service !== '' &&
      services.includes(service) &&
      (endedAtMs === null || endedAtMs + joinWithinMs >= startedAtMs)
  );
  return near.toSorted((a, b) => b.startedAtMs - a.startedAtMs)[0] ?? null;
}

/** The incident with the event in it, as new or as it was; `openCount`: its events that go on, this one included. */
export function withEvent(incident: IncidentRow, event: AnomalyEventRow, openCount: number): IncidentRow {
  const isKnownService = event.service === '' || incident.services.includes(event.service);
  return {
    ...incident,
    severity: Math.max(incident.severity, event.severity) as AnomalySeverityNumber,
    services: isKnownService ? incident.services : [...incident.services, event.service],
    kinds: incident.kinds.includes('alert') ? incident.kinds : [...incident.kinds, 'alert'],
    startedAtMs: Math.min(incident.startedAtMs, event.startedAtMs),
    lastEventAtMs: Math.max(incident.lastEventAtMs, event.startedAtMs),
    endedAtMs: openCount > 0 ? null : Math.max(incident.endedAtMs ?? 0, event.endedAtMs ?? 0),
  };
}
