import type {
  AnomalyEventRow,
  AnomalyKind,
  AnomalyMetric,
  AnomalySeverityNumber,
  IncidentRow,
  SuppressionRow,
} from '@loghunter/ports';
import { readAssignee, type StoredAssignee } from './assignee-row.ts';

/** Columns of an event's row. */
export const eventColumns = `id, incident_id, suppression_id, series_key, service, namespace, cluster_id, kind, metric, severity, title,
  baseline_value, observed_value, deviation_factor, evidence, started_at, detected_at, ended_at, notified, details`;

/** A row of `anomaly_events`. */
export interface StoredEvent extends Record<string, unknown> {
  readonly id: string;
  readonly incident_id: string | null;
  readonly suppression_id: string | null;
  readonly series_key: string;
  readonly service: string;
  readonly namespace: string;
  readonly cluster_id: string | null;
  readonly kind: string;
  readonly metric: string;
  readonly severity: number;
  readonly title: string;
  readonly baseline_value: number;
  readonly observed_value: number;
  readonly deviation_factor: number | null;
  readonly evidence: number;
  readonly started_at: Date;
  readonly detected_at: Date;
  readonly ended_at: Date | null;
  readonly notified: boolean;
  readonly details: AnomalyEventRow['details'];
}

/** An event of its row. */
export function presentEvent(row: StoredEvent): AnomalyEventRow {
  return {
    id: row.id,
    incidentId: row.incident_id,
    suppressionId: row.suppression_id,
    seriesKey: row.series_key,
    service: row.service,
    namespace: row.namespace,
    clusterId: row.cluster_id,
    kind: row.kind as AnomalyKind,
    metric: row.metric as AnomalyMetric,
    severity: row.severity as AnomalySeverityNumber,
    title: row.title,
    baseline: row.baseline_value,
    observed: row.observed_value,
    deviationFactor: row.deviation_factor,
    evidence: row.evidence,
    startedAtMs: row.started_at.getTime(),
    detectedAtMs: row.detected_at.getTime(),
    endedAtMs: row.ended_at?.getTime() ?? null,
    isNotified: row.notified,
    details: row.details,
  };
}

/** Whether an incident has events and all of them were taken back. */
export const isIncidentWithdrawn = `coalesce((select bool_and(coalesce((events.details ->> 'isWithdrawn')::boolean, false))
  from anomaly_events events where events.tenant_id = incidents.tenant_id and events.incident_id = incidents.id), false)`;

/** Columns of an incident's row. */
export const incidentColumns = `${isIncidentWithdrawn} as is_withdrawn, id, title, severity, services, kinds, event_count, started_at, last_event_at, ended_at,
  acknowledged_at, acknowledged_by_kind, acknowledged_by_id, acknowledged_by_name, assignee_kind, assignee_id, assignee_name`;

/** A row of `incidents`. */
export interface StoredIncident extends StoredAssignee, Record<string, unknown> {
  readonly id: string;
  readonly title: string;
  readonly severity: number;
  readonly services: readonly string[];
  readonly kinds: readonly string[];
  readonly event_count: number;
  readonly started_at: Date;
  readonly last_event_at: Date;
  readonly ended_at: Date | null;
  readonly is_withdrawn: boolean;
  readonly acknowledged_at: Date | null;
  readonly acknowledged_by_kind: string | null;
  readonly acknowledged_by_id: string | null;
  readonly acknowledged_by_name: string | null;
}

/** An incident of its row. */
export function presentIncident(row: StoredIncident): IncidentRow {
  const { acknowledged_by_kind: kind, acknowledged_by_id: id, acknowledged_by_name: name } = row;
  return {
    id: row.id,
    title: row.title,
    severity: row.severity as AnomalySeverityNumber,
    services: row.services,
    kinds: row.kinds as readonly AnomalyKind[],
    eventCount: row.event_count,
    startedAtMs: row.started_at.getTime(),
    lastEventAtMs: row.last_event_at.getTime(),
    endedAtMs: row.ended_at?.getTime() ?? null,
    isWithdrawn: row.is_withdrawn,
    acknowledged:
      row.acknowledged_at === null
        ? null
        : { atMs: row.acknowledged_at.getTime(), by: { kind: kind ?? '', id: id ?? '', name: name ?? '' } },
    assignee: readAssignee(row),
  };
}

/** Columns of a suppression's row, with what it held back. */
export const suppressionColumns = `id, service, namespace, kind, cluster_id, reason, event_id, created_by_kind, created_by_id,
  created_by_name, created_at, expires_at,
  (select count(*) from anomaly_events events
   where events.tenant_id = anomaly_suppressions.tenant_id and events.suppression_id = anomaly_suppressions.id) as held_back_count`;

/** A row of `anomaly_suppressions`. */
export interface StoredSuppression extends Record<string, unknown> {
  readonly id: string;
  readonly service: string;
  readonly namespace: string;
  readonly kind: string;
  readonly cluster_id: string | null;
  readonly reason: string;
  readonly event_id: string | null;
  readonly created_by_kind: string;
  readonly created_by_id: string;
  readonly created_by_name: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly held_back_count: number;
}

/** A suppression of its row. */
export function presentSuppression(row: StoredSuppression): SuppressionRow {
  return {
    id: row.id,
    service: row.service,
    namespace: row.namespace,
    kind: row.kind as AnomalyKind,
    clusterId: row.cluster_id,
    reason: row.reason,
    eventId: row.event_id,
    createdBy: { kind: row.created_by_kind, id: row.created_by_id, name: row.created_by_name },
    createdAtMs: row.created_at.getTime(),
    expiresAtMs: row.expires_at.getTime(),
    heldBackCount: row.held_back_count,
  };
}
