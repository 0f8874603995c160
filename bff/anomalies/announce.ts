// What is told of events that go on now: notices for people, and lines of the stream {loghunter="anomaly"}.
import type { ServiceSettings } from '@loghunter/engine/records';
import type {
  AnomalyEventRow,
  AnomalyLine,
  AnomalyStore,
  ClusterStore,
  DeployStore,
  IncidentRow,
  NewNotice,
  NoticeStore,
  SeriesStore,
} from '@loghunter/ports';
import { anomalyId } from './anomaly-id.ts';
import { severityName } from './present-anomaly.ts';
import type { RecordedEvent, RecordedEvents } from './record-events.ts';
import { serviceQuery } from './service-query.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const maxLines = 3;
/** Clusters of a service that are looked at for one to show. */
const maxLooked = 20;
/** Severities of incidents in words, 1 first. */
export const severityWords = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

/** What telling needs. */
export interface AnnounceParts {
  readonly anomalies: AnomalyStore;
  readonly notices: NoticeStore;
  readonly series: SeriesStore;
  readonly clusters: ClusterStore;
  readonly deploys: DeployStore;
  readonly services: ServiceSettings;
  readonly findIgnored: (clusterIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** What happened to an event. */
type Change = 'opened' | 'raised' | 'closed';

/**
 * Tells of what was recorded and of what goes on without anybody knowing, as after history was read. What is over already and was never
 * told of stays untold. Returns the lines for the log store.
 */
export async function announce(
  parts: AnnounceParts,
  tenantId: string,
  recorded: RecordedEvents,
  nowMs: number
): Promise<readonly AnomalyLine[]> {
  const open = await parts.anomalies.listOpenEvents(tenantId);
  const untold = open.filter((event) => !event.isNotified && event.incidentId !== null);
  const told = untold.map((event) => ({ ...event, isNotified: true }));
  await parts.anomalies.write(tenantId, { incidents: [], events: told });
  return tell(parts, tenantId, recorded, told, nowMs);
}

/**
 * Tells only what became of events that were told of, however late that is known: whoever was woken by one is told of its end. What
 * people do not know of stays untold. Returns the lines for the log store.
 */
export function followUp(
  parts: AnnounceParts,
  tenantId: string,
  recorded: RecordedEvents,
  nowMs: number
): Promise<readonly AnomalyLine[]> {
  const events = recorded.events.filter(({ before }) => before?.isNotified === true);
  const ids = new Set(events.flatMap(({ before, after }) => [before?.incidentId, after.incidentId]));
  const incidents = recorded.incidents.filter(({ after }) => ids.has(after.id));
  return tell(parts, tenantId, { events, incidents }, [], nowMs);
}

/** `told`: events that go on and are told of for the first time. */
async function tell(
  parts: AnnounceParts,
  tenantId: string,
  recorded: RecordedEvents,
  told: readonly AnomalyEventRow[],
  nowMs: number
): Promise<readonly AnomalyLine[]> {
  await addNotices(parts, tenantId, recorded, told, nowMs);
  return [
    ...told.map((event) => toLine(event, 'opened', event.detectedAtMs)),
    ...recorded.events.flatMap((event) => toFurtherLine(event, nowMs)),
  ];
}

/** The line of what became of an event that was told of. */
function toFurtherLine({ before, after }: RecordedEvent, nowMs: number): readonly AnomalyLine[] {
  if (before?.isNotified !== true || before.incidentId === null) {
    return [];
  }
  if (after.incidentId === null) {
    // Held back from now on: to those who follow the stream it is over.
    return before.endedAtMs === null ? [toLine({ ...after, incidentId: before.incidentId }, 'closed', nowMs)] : [];
  }
  if (after.endedAtMs !== null && before.endedAtMs === null) {
    return [toLine(after, 'closed', after.endedAtMs)];
  }
  if (after.severity > before.severity) {
    return [toLine(after, 'raised', nowMs)];
  }
  return after.endedAtMs === null && before.endedAtMs !== null ? [toLine(after, 'opened', nowMs)] : [];
}

async function addNotices(
  parts: AnnounceParts,
  tenantId: string,
  recorded: RecordedEvents,
  told: readonly AnomalyEventRow[],
  nowMs: number
): Promise<void> {
  const recordedById = new Map(recorded.incidents.map((incident) => [incident.after.id, incident]));
  const againIds = new Set<string>();
  for (const id of new Set(told.map(({ incidentId }) => incidentId ?? ''))) {
    const incident = recordedById.get(id)?.after ?? (await parts.anomalies.getIncident(tenantId, id));
    if (incident !== null) {
      const others = (await parts.anomalies.listEventsOf(tenantId, id)).filter(
        (event) => event.isNotified && !told.some((one) => one.id === event.id)
      );
      const endedAtMs = recordedById.get(id)?.before?.endedAtMs ?? lastEnd(others, told);
      if (endedAtMs !== null) {
        againIds.add(id);
      }
      await addOpened(parts, tenantId, incident, { endedAtMs, events: [], nowMs });
    }
  }
  for (const incident of recorded.incidents) {
    const own = recorded.events.filter(({ before }) => before?.incidentId === incident.after.id);
    const events = own.flatMap(({ before }) => before ?? []);
    if (!againIds.has(incident.after.id)) {
      await addFurther(parts, tenantId, incident, { events, nowMs });
    }
  }
}

/** When the events that were told of were over before the others began; null: they were not, or there are none. */
function lastEnd(events: readonly AnomalyEventRow[], later: readonly AnomalyEventRow[]): number | null {
  const ends = events.map(({ endedAtMs }) => endedAtMs ?? Number.POSITIVE_INFINITY);
  const endMs = Math.max(...ends);
  return ends.length > 0 && later.every(({ detectedAtMs }) => detectedAtMs >= endMs) ? endMs : null;
}

/** Events that the incident had before, for when it has none any more; and the moment. */
interface NoticeMoment {
  readonly events: readonly AnomalyEventRow[];
  readonly nowMs: number;
}

/** Tells that an incident has begun, or, where it had ended, that it goes on again: each of its ends makes another notice. */
function addOpened(
  parts: AnnounceParts,
  tenantId: string,
  incident: IncidentRow,
  { endedAtMs, ...moment }: NoticeMoment & { readonly endedAtMs: number | null }
): Promise<void> {
  // Kept once under its key: an incident that more events join is not opened again.
  const key = `incident-opened:${incident.id}${endedAtMs === null ? '' : `:${endedAtMs}`}`;
  const title = endedAtMs === null ? incident.title : `Again: ${incident.title}`;
  return addNotice(parts, tenantId, { ...incident, title }, 'incident-opened', key, moment);
}

/** Tells what became of an incident that people were told of. */
async function addFurther(
  parts: AnnounceParts,
  tenantId: string,
  { before, after }: RecordedEvents['incidents'][number],
  moment: NoticeMoment
): Promise<void> {
  const members = await parts.anomalies.listEventsOf(tenantId, after.id);
  if (before === null || ![...members, ...moment.events].some(({ isNotified }) => isNotified)) {
    return;
  }
  if (before.endedAtMs !== null && after.endedAtMs === null) {
    await addOpened(parts, tenantId, after, { ...moment, endedAtMs: before.endedAtMs });
    return;
  }
  if (after.severity > before.severity) {
    const key = `incident-raised:${after.id}:${after.severity}:${moment.nowMs}`;
    await addNotice(parts, tenantId, after, 'incident-raised', key, moment);
  }
  if (after.endedAtMs !== null && before.endedAtMs === null) {
    const isHeldBack = members.length === 0;
    const key = `incident-closed:${after.id}:${isHeldBack ? moment.nowMs : after.endedAtMs}`;
    const title = isHeldBack ? `Held back from now on, nothing more is told of it: ${after.title}` : after.title;
    await addNotice(parts, tenantId, { ...after, title }, 'incident-closed', key, moment);
  }
}

async function addNotice(
  parts: AnnounceParts,
  tenantId: string,
  incident: IncidentRow,
  kind: NewNotice['kind'],
  dedupKey: string,
  { events: former, nowMs }: NoticeMoment
): Promise<void> {
  const members = await parts.anomalies.listEventsOf(tenantId, incident.id);
  const events = members.length > 0 ? members : former;
  const ignoredEvents = await parts.findIgnored(events.flatMap(({ clusterId }) => clusterId ?? []));
  // One that was told of before somebody ignored its cluster comes last: the others still matter.
  const rank = ({ clusterId }: AnomalyEventRow) => Number(clusterId !== null && ignoredEvents.has(clusterId));
  const [worst] = events.toSorted(
    (a, b) => rank(a) - rank(b) || b.severity - a.severity || a.startedAtMs - b.startedAtMs
  );
  if (worst === undefined) {
    return;
  }
  const range = {
    fromMs: incident.startedAtMs,
    toMs: Math.max(
      incident.startedAtMs + minuteMs,
      Math.min(incident.endedAtMs ?? nowMs, incident.startedAtMs + 24 * hourMs)
    ),
  };
  const totals = await parts.series.readClusterTotals(tenantId, worst, range);
  const clusterId = worst.clusterId ?? (await findShown(parts, totals));
  const cluster = totals.find((total) => total.clusterId === clusterId);
  const streams = await parts.series.listStreamsOf(tenantId, worst, 50);
  await parts.notices.add(tenantId, {
    ...{ kind, dedupKey, clusterId, incidentId: incident.id, range, verdict: null },
    title: incident.isWithdrawn ? `Taken back, nothing was wrong: ${incident.title}` : incident.title,
    severity: severityWords[incident.severity - 1] ?? 'LOW',
    ...{ service: worst.service, namespace: worst.namespace },
    lines: await findLines(parts, tenantId, clusterId),
    count: cluster?.eventCount ?? Math.round(worst.observed),
    firstSeenAtMs: cluster?.firstSeenMs ?? worst.startedAtMs,
    query: serviceQuery(streams, parts.services, range).expression || null,
    suspectDeploy: await findDeploy(parts, tenantId, incident),
    createdAtMs: nowMs,
  });
}

/** The cluster with the most events that nobody ignores: a service's own event is told of whatever its loudest cluster is. */
async function findShown(
  { findIgnored }: AnnounceParts,
  totals: ReadonlyArray<{ readonly clusterId: string }>
): Promise<string | null> {
  const loudest = totals.slice(0, maxLooked).map(({ clusterId }) => clusterId);
  const ignored = await findIgnored(loudest);
  return loudest.find((id) => !ignored.has(id)) ?? null;
}

async function findLines({ clusters }: AnnounceParts, tenantId: string, clusterId: string | null) {
  const samples = clusterId === null ? [] : await clusters.listSamples(tenantId, clusterId);
  return samples.slice(-maxLines).map(({ text }) => text);
}

/** The latest deploy of its services in the hour before it began, or in its first minutes: marks come late. */
async function findDeploy({ deploys }: AnnounceParts, tenantId: string, incident: IncidentRow): Promise<string | null> {
  const range = { fromMs: incident.startedAtMs - hourMs, toMs: incident.startedAtMs + minuteMs };
  const found = await deploys.list(tenantId, { range, services: incident.services }, { limit: 1, offset: 0 });
  const [deploy] = found.deploys;
  return deploy === undefined ? null : `${deploy.service} ${deploy.version}`;
}

/** The line of an event's change; the same change makes the same line, which the log store keeps once. */
function toLine(event: AnomalyEventRow, change: Change, atMs: number): AnomalyLine {
  const severity = severityName(event.severity);
  const id = anomalyId('line', event.id, change, atMs, event.severity);
  return {
    id,
    // Lines of one moment differ in the nanoseconds, so that none is taken for another.
    timestampNs: BigInt(atMs) * 1_000_000n + BigInt(Number.parseInt(id.slice(0, 5), 16) % 1_000_000),
    labels: { loghunter: 'anomaly', service: event.service, severity, kind: event.kind },
    line: JSON.stringify({
      ...{
        change,
        event_id: event.id,
        incident_id: event.incidentId,
        service: event.service,
        namespace: event.namespace,
      },
      ...{ kind: event.kind, metric: event.metric, severity, cluster_id: event.clusterId, title: event.title },
      ...{ baseline: event.baseline, observed: event.observed, deviation_factor: event.deviationFactor },
      started_at: new Date(event.startedAtMs).toISOString(),
      ended_at: event.endedAtMs === null ? null : new Date(event.endedAtMs).toISOString(),
    }),
  };
}
