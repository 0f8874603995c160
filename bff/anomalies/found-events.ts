import type { EventChange } from '@loghunter/engine/detection';
import type { AnomalyEventRow, ClusterStore } from '@loghunter/ports';
import { eventId } from './anomaly-id.ts';
import { describeChange, hasFactor } from './describe-change.ts';
import type { FoundEvent } from './record-events.ts';

const minuteMs = 60_000;

/** What changes say of each event in the end: one row an event, in the order in which they were found. */
export async function toFoundEvents(
  {
    tenantId,
    clusters,
    anomalies,
  }: {
    readonly tenantId: string;
    readonly clusters: ClusterStore;
    readonly anomalies: { getEvent(tenantId: string, id: string): Promise<AnomalyEventRow | null> };
  },
  changes: readonly EventChange[]
): Promise<readonly FoundEvent[]> {
  const found = new Map<string, FoundEvent>();
  const templates = new Map<string, string>();
  for (const change of changes) {
    const { clusterId } = change.subject;
    if (clusterId !== null && !templates.has(clusterId)) {
      templates.set(clusterId, await readTemplate(clusters, tenantId, clusterId, change.atMinute * minuteMs));
    }
    const event = toEvent(tenantId, change, clusterId === null ? '' : (templates.get(clusterId) ?? ''));
    // Also of one that opens: it may be one that was over and goes on.
    const before = found.get(event.id) ?? (await anomalies.getEvent(tenantId, event.id));
    found.set(event.id, before === null ? event : follow(before, event, change));
  }
  return [...found.values()];
}

/** The event's id, which every replica and every replay makes the same. */
function toEvent(tenantId: string, change: EventChange, templateText: string): FoundEvent {
  const { subject, detector, openedMinute, observed, expected, endMinute } = change;
  const { title, reasons } = describeChange(change, templateText);
  return {
    id: eventId(tenantId, subject.key, detector, openedMinute),
    seriesKey: subject.key,
    ...{ service: subject.service, namespace: subject.namespace, clusterId: subject.clusterId },
    ...{ kind: change.kind, metric: change.metric, severity: change.severity, title },
    ...{ baseline: expected, observed, deviationFactor: hasFactor(expected) ? observed / expected : null },
    evidence: change.evidence,
    startedAtMs: change.startMinute * minuteMs,
    detectedAtMs: (openedMinute + 1) * minuteMs,
    endedAtMs: endMinute === null ? null : endMinute * minuteMs,
    details: { reasons, detector, isWithdrawn: change.isWithdrawn },
  };
}

/** What stays of an event when it changes: its first start, and its highest severity. */
function follow(before: FoundEvent, after: FoundEvent, change: EventChange): FoundEvent {
  const severity = before.severity > after.severity ? before.severity : after.severity;
  const startedAtMs = Math.min(before.startedAtMs, after.startedAtMs);
  // The version of a deploy is not known any more after a restart; the title that names it is.
  const words = change.detector === 'share' ? { title: before.title, details: before.details } : {};
  return { ...after, ...words, severity, startedAtMs };
}

async function readTemplate(clusters: ClusterStore, tenantId: string, id: string, atMs: number): Promise<string> {
  const row = await clusters.getCluster(tenantId, id, { fromMs: atMs, toMs: atMs + minuteMs }, 1);
  return row?.templateText ?? '';
}
