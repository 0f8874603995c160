// Writes events and what they do to incidents: who belongs together, what is held back, and what people are told. Everything inside
// the unit of work around it, so that it happens once or not at all.
import { findIncident } from '@loghunter/engine/detection';
import type { AnomalyEventRow, AnomalyStore, IncidentRow, SuppressionRow } from '@loghunter/ports';
import { anomalyId } from './anomaly-id.ts';

const hourMs = 3_600_000;

/** An event as its finder knows it; who it belongs to is decided here. */
export type FoundEvent = Omit<AnomalyEventRow, 'incidentId' | 'suppressionId' | 'isNotified'>;

/** An event before and after; `before` null: it is new. */
export interface RecordedEvent {
  readonly before: AnomalyEventRow | null;
  readonly after: AnomalyEventRow;
}

/** What was written. */
export interface RecordedEvents {
  readonly events: readonly RecordedEvent[];
  readonly incidents: ReadonlyArray<{ readonly before: IncidentRow | null; readonly after: IncidentRow }>;
}

/**
 * Writes events, puts each into the incident that it belongs to or makes one of it, and leaves out of incidents what a suppression holds
 * back, and what is about a cluster that is ignored. Events that are there are replaced and keep their incident. `read` has rows that the
 * caller has read in the same unit of work; others are asked for.
 */
export async function recordEvents(
  anomalies: AnomalyStore,
  tenantId: string,
  found: readonly FoundEvent[],
  ignoredClusterIds: ReadonlySet<string> = new Set(),
  read: ReadonlyMap<string, AnomalyEventRow> = new Map()
): Promise<RecordedEvents> {
  const [first, ...others] = found.toSorted((a, b) => a.startedAtMs - b.startedAtMs || (a.id < b.id ? -1 : 1));
  if (first === undefined) {
    return { events: [], incidents: [] };
  }
  const suppressions = await anomalies.listSuppressions(tenantId, first.detectedAtMs);
  const known = new Map<string, IncidentRow>();
  for (const incident of await anomalies.lockRecentIncidents(tenantId, first.startedAtMs - hourMs)) {
    known.set(incident.id, incident);
  }
  const before = new Map(known);
  const events: RecordedEvent[] = [];
  for (const event of [first, ...others]) {
    const stored = read.get(event.id) ?? (await anomalies.getEvent(tenantId, event.id));
    const suppressionId = findSuppression(suppressions, event)?.id ?? null;
    const isIgnored = event.clusterId !== null && ignoredClusterIds.has(event.clusterId);
    const incidentId =
      suppressionId !== null
        ? null
        : (stored?.incidentId ?? (isIgnored ? null : chooseIncident(event, [...known.values()])));
    const after = { ...event, suppressionId, incidentId, isNotified: stored?.isNotified ?? false };
    events.push({ before: stored, after });
    if (incidentId !== null) {
      known.set(incidentId, join(known.get(incidentId) ?? (await anomalies.getIncident(tenantId, incidentId)), after));
    }
  }
  const touchedIds = new Set(events.flatMap(({ before: old, after }) => [old?.incidentId, after.incidentId]));
  const incidents = [];
  for (const id of touchedIds) {
    const joined = id == null ? undefined : known.get(id);
    if (joined !== undefined) {
      const members = await membersOf(anomalies, tenantId, joined.id, events);
      incidents.push({ before: before.get(joined.id) ?? null, after: sumUp(joined, members) });
    }
  }
  await anomalies.write(tenantId, {
    incidents: incidents.map(({ after }) => after),
    events: events.map(({ after }) => after),
  });
  return { events, incidents };
}

function findSuppression(suppressions: readonly SuppressionRow[], event: FoundEvent): SuppressionRow | undefined {
  return suppressions.find(
    ({ service, namespace, kind, clusterId, expiresAtMs }) =>
      service === event.service &&
      namespace === event.namespace &&
      kind === event.kind &&
      clusterId === event.clusterId &&
      expiresAtMs > event.detectedAtMs
  );
}

function chooseIncident(event: FoundEvent, incidents: readonly IncidentRow[]): string {
  return findIncident(event, incidents)?.id ?? anomalyId('incident', event.id);
}

function join(incident: IncidentRow | null, event: AnomalyEventRow): IncidentRow {
  if (incident === null) {
    return {
      id: event.incidentId ?? '',
      ...{
        title: event.title,
        severity: event.severity,
        services: [event.service],
        kinds: [event.kind],
        eventCount: 1,
      },
      ...{ startedAtMs: event.startedAtMs, lastEventAtMs: event.startedAtMs, endedAtMs: event.endedAtMs },
      isWithdrawn: event.details['isWithdrawn'] === true,
      acknowledged: null,
      assignee: null,
    };
  }
  return {
    ...incident,
    services: [...new Set([...incident.services, event.service])],
    lastEventAtMs: Math.max(incident.lastEventAtMs, event.startedAtMs),
    endedAtMs: latestEnd([incident.endedAtMs, event.endedAtMs]),
  };
}

/** Events of an incident as they will be. */
async function membersOf(
  anomalies: AnomalyStore,
  tenantId: string,
  incidentId: string,
  events: readonly RecordedEvent[]
): Promise<readonly AnomalyEventRow[]> {
  const changed = new Map(events.map(({ after }) => [after.id, after]));
  const stored = (await anomalies.listEventsOf(tenantId, incidentId)).filter(({ id }) => !changed.has(id));
  const members = [...stored, ...changed.values()].filter((event) => event.incidentId === incidentId);
  return members.toSorted((a, b) => a.startedAtMs - b.startedAtMs || (a.id < b.id ? -1 : 1));
}

/**
 * An incident is what its events are, without those that were taken back unless all of them were; one whose events are all held back by
 * now has ended.
 */
function sumUp(incident: IncidentRow, all: readonly AnomalyEventRow[]): IncidentRow {
  const standing = all.filter(({ details }) => details['isWithdrawn'] !== true);
  const members = standing.length > 0 ? standing : all;
  const worst = members.toSorted((a, b) => b.severity - a.severity || a.startedAtMs - b.startedAtMs)[0];
  if (worst === undefined) {
    return { ...incident, endedAtMs: incident.endedAtMs ?? incident.lastEventAtMs };
  }
  return {
    ...incident,
    title: worst.title,
    severity: worst.severity,
    services: [...new Set(members.map(({ service }) => service))],
    kinds: [...new Set(members.map(({ kind }) => kind))],
    eventCount: members.length,
    startedAtMs: Math.min(...members.map(({ startedAtMs }) => startedAtMs)),
    lastEventAtMs: Math.max(...members.map(({ startedAtMs }) => startedAtMs)),
    endedAtMs: latestEnd(members.map(({ endedAtMs }) => endedAtMs)),
    isWithdrawn: standing.length === 0,
  };
}

function latestEnd(ends: ReadonlyArray<number | null>): number | null {
  const closed = ends.filter((end) => end !== null);
  return closed.length < ends.length ? null : Math.max(...closed);
}
