import type { RequestOf, ResponseOf } from '@loghunter/contracts';
import type { AnomalyFilter, IncidentTraits } from '@loghunter/ports';
import { addAcknowledgementNotice } from '../notifications/acknowledgement-notice.ts';
import { presentDeploy } from '../deploys/deploy-routes.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { presentRange, readTimeRange } from '../http/time-range.ts';
import { readAssigneeIds } from '../work-list/assignee-ids.ts';
import type { AnomalyFeature } from './anomaly-feature.ts';
import {
  presentDetection,
  presentEvent,
  presentIncident,
  presentIncidentChange,
  severityNumber,
} from './present-anomaly.ts';

const defaultLimit = 50;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const maxDeploys = 50;
const maxChanges = 500;

/** What both lists are narrowed to; the last day when no range is given. */
export function readAnomalyFilter(
  request: Pick<RequestOf<'listAnomalyEvents'>, 'from' | 'to' | 'severity' | 'kind' | 'service' | 'state'>,
  nowMs: number
): AnomalyFilter {
  const from = request.from ?? (request.to === undefined ? String(Math.max(0, nowMs - dayMs)) : undefined);
  const range = readTimeRange({ ...request, ...(from === undefined ? {} : { from }) }, nowMs);
  return {
    range,
    severities: (request.severity ?? []).map(severityNumber),
    kinds: request.kind ?? [],
    services: request.service ?? [],
    isOpen: request.state === undefined || request.state === 'withdrawn' ? null : request.state === 'open',
  };
}

/** What a request says of people's doing with incidents, and of their titles. */
export function readIncidentTraits(
  { acknowledged, assignee, text = '' }: Pick<RequestOf<'listIncidents'>, 'acknowledged' | 'assignee' | 'text'>,
  actorId: string
): IncidentTraits {
  const isAcknowledged = acknowledged === undefined ? null : acknowledged === 'true';
  return { isAcknowledged, assigneeIds: readAssigneeIds(assignee, actorId), text };
}

/** `GET /api/v1/incidents` */
export async function listIncidents(
  feature: AnomalyFeature,
  request: RequestOf<'listIncidents'>,
  { principal }: CallContext
): Promise<ResponseOf<'listIncidents'>> {
  const filter = readAnomalyFilter(request, feature.clock.nowMs());
  const { limit = defaultLimit, offset = 0 } = request;
  const found = await feature.anomalies.listIncidents(
    feature.tenantId,
    { ...filter, ...readIncidentTraits(request, principal.actor.id), isWithdrawn: request.state === 'withdrawn' },
    { limit, offset }
  );
  return {
    range: presentRange(filter.range),
    incidents: found.incidents.map(presentIncident),
    totalCount: found.totalCount,
    openCount: found.openCount,
    detection: presentDetection(await feature.detection.readRun(feature.tenantId)),
  };
}

/** `GET /api/v1/incidents/{id}` */
export async function getIncident(
  feature: AnomalyFeature,
  { id }: RequestOf<'getIncident'>
): Promise<ResponseOf<'getIncident'>> {
  const { tenantId, anomalies, deploys, clock } = feature;
  const incident = await anomalies.getIncident(tenantId, id);
  if (incident === null) {
    throw new ProblemError('not-found', `There is no incident ${id}.`);
  }
  const range = { fromMs: incident.startedAtMs - hourMs, toMs: (incident.endedAtMs ?? clock.nowMs()) + 1 };
  const nearby = await deploys.list(tenantId, { range, services: incident.services }, { limit: maxDeploys, offset: 0 });
  return {
    incident: presentIncident(incident),
    events: (await anomalies.listEventsOf(tenantId, id)).map(presentEvent),
    deploys: nearby.deploys.map(presentDeploy),
    history: (await anomalies.listIncidentChanges(tenantId, id, maxChanges)).map(presentIncidentChange),
  };
}

/** `POST /api/v1/incident-acknowledgements` */
export async function acknowledgeIncidents(
  feature: AnomalyFeature,
  { ids, acknowledged = true }: RequestOf<'acknowledgeIncidents'>,
  { principal }: CallContext
): Promise<ResponseOf<'acknowledgeIncidents'>> {
  const nowMs = feature.clock.nowMs();
  const by = acknowledged ? { atMs: nowMs, by: principal.actor } : null;
  const incidents = await feature.anomalies.acknowledge(feature.tenantId, ids, by);
  for (const incident of acknowledged ? incidents : []) {
    await addAcknowledgementNotice(feature.notices, feature.tenantId, incident, { actor: principal.actor, nowMs });
  }
  if (incidents.length > 0) {
    const changedIds = incidents.map(({ id }) => id);
    await feature.anomalies.addIncidentChanges(feature.tenantId, changedIds, {
      ...{ kind: acknowledged ? 'acknowledged' : 'taken-back', reason: 'person', assignee: null },
      ...{ actor: principal.actor, atMs: nowMs },
    });
    await feature.live.announce(feature.tenantId, 'incident', changedIds);
  }
  return { incidents: incidents.map(presentIncident) };
}
