import type { AssignIncidentsResponse, RequestOf } from '@loghunter/contracts';
import type { Labels } from '@loghunter/engine/records';
import type {
  AnomalyEventRow,
  AnomalyStore,
  Clock,
  ClusterStore,
  IncidentRow,
  SeriesStore,
  WorkListStore,
} from '@loghunter/ports';
import type { CallContext } from '../http/route-handlers.ts';
import { findOwner } from '../work-list/assign-owner.ts';
import type { AnomalyFeature } from './anomaly-feature.ts';
import { presentIncident } from './present-anomaly.ts';
import type { RecordedEvents } from './record-events.ts';

/** `POST /api/v1/incident-assignments` */
export async function assignIncidents(
  { tenantId, anomalies, clock, live }: AnomalyFeature,
  { ids, assignee }: RequestOf<'assignIncidents'>,
  { principal }: CallContext
): Promise<AssignIncidentsResponse> {
  const incidents = await anomalies.assign(tenantId, ids, assignee);
  const changedIds = incidents.map(({ id }) => id);
  if (changedIds.length > 0) {
    const { actor } = principal;
    const change = { kind: 'assigned', reason: 'person', assignee, actor, atMs: clock.nowMs() } as const;
    await anomalies.addIncidentChanges(tenantId, changedIds, change);
    await live.announce(tenantId, 'incident', changedIds);
  }
  return { incidents: incidents.map(presentIncident) };
}

/** What giving new incidents to their owners needs. */
export interface IncidentOwnerParts {
  readonly anomalies: Pick<AnomalyStore, 'assign' | 'addIncidentChanges'>;
  readonly workList: Pick<WorkListStore, 'listOwnerRules'>;
  readonly clusters: Pick<ClusterStore, 'listStreams'>;
  readonly series: Pick<SeriesStore, 'listStreamsOf'>;
}

const minuteMs = 60_000;
/** The busiest streams of a cluster, or of a service, say whose it is. */
const maxStreams = 20;

/** Gives new incidents to whom the first owner rule says that holds for one of their events. Inside the unit of work that made them. */
export async function assignNewIncidents(
  parts: IncidentOwnerParts,
  tenantId: string,
  incidents: ReadonlyArray<Pick<IncidentRow, 'id'>>,
  events: readonly AnomalyEventRow[],
  nowMs: number
): Promise<void> {
  const rules = incidents.length === 0 ? [] : await parts.workList.listOwnerRules(tenantId);
  if (rules.length === 0) {
    return;
  }
  for (const { id } of incidents) {
    const own = events.filter(({ incidentId }) => incidentId === id);
    const holders = (await Promise.all(own.map((event) => labelsOf(parts, tenantId, event, nowMs)))).flat();
    const assignee = findOwner(rules, holders);
    if (assignee !== null) {
      await parts.anomalies.assign(tenantId, [id], assignee);
      const change = { kind: 'assigned', reason: 'owner-rule', assignee, actor: null, atMs: nowMs } as const;
      await parts.anomalies.addIncidentChanges(tenantId, [id], change);
    }
  }
}

async function labelsOf(
  { clusters, series }: IncidentOwnerParts,
  tenantId: string,
  { clusterId, service, namespace, startedAtMs, details }: AnomalyEventRow,
  nowMs: number
): Promise<readonly Labels[]> {
  const range = {
    fromMs: Math.floor(startedAtMs / minuteMs) * minuteMs,
    toMs: Math.ceil((nowMs + 1) / minuteMs) * minuteMs,
  };
  const streams =
    clusterId === null
      ? await series.listStreamsOf(tenantId, { service, namespace }, maxStreams)
      : (await clusters.listStreams(tenantId, clusterId, range, maxStreams)).map(({ labels }) => labels);
  // What Grafana's alerts carry.
  const given = details['labels'];
  return [{ service, namespace }, ...streams, ...(isLabels(given) ? [given] : [])];
}

function isLabels(value: unknown): value is Labels {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}

/** The same for the incidents that the detectors opened; returns what was recorded. */
export async function assignOpened(
  context: IncidentOwnerParts & { readonly tenantId: string; readonly clock: Clock },
  recorded: RecordedEvents
): Promise<RecordedEvents> {
  const opened = recorded.incidents.flatMap(({ before, after }) => (before === null ? [after] : []));
  const events = recorded.events.map(({ after }) => after);
  await assignNewIncidents(context, context.tenantId, opened, events, context.clock.nowMs());
  return recorded;
}
