import type {
  AnomalyEvent,
  AnomalySeverity,
  DetectionStatus,
  Incident,
  IncidentHistoryEntry,
  Suppression,
} from '@loghunter/contracts';
import type {
  AnomalyEventRow,
  AnomalySeverityNumber,
  DetectionRun,
  IncidentChange,
  IncidentRow,
  SuppressionRow,
} from '@loghunter/ports';
import { toTimestamp } from '../http/time-range.ts';

const severityNames: readonly AnomalySeverity[] = ['low', 'medium', 'high', 'critical'];

/** Name of a severity. */
export function severityName(severity: AnomalySeverityNumber): AnomalySeverity {
  return severityNames[severity - 1] ?? 'low';
}

/** Number of a severity. */
export function severityNumber(name: AnomalySeverity): AnomalySeverityNumber {
  return ({ low: 1, medium: 2, high: 3, critical: 4 } as const)[name];
}

function toTimestampOrNull(ms: number | null): string | null {
  return ms === null ? null : toTimestamp(ms);
}

/** An event as the API shows it. */
export function presentEvent(row: AnomalyEventRow): AnomalyEvent {
  return {
    id: row.id,
    incidentId: row.incidentId,
    service: row.service,
    namespace: row.namespace,
    kind: row.kind,
    metric: row.metric,
    clusterId: row.clusterId,
    severity: severityName(row.severity),
    state: row.details['isWithdrawn'] === true ? 'withdrawn' : row.endedAtMs === null ? 'open' : 'closed',
    title: row.title,
    baseline: row.baseline,
    observed: row.observed,
    deviationFactor: row.deviationFactor,
    evidence: row.evidence,
    startedAt: toTimestamp(row.startedAtMs),
    detectedAt: toTimestamp(row.detectedAtMs),
    endedAt: toTimestampOrNull(row.endedAtMs),
  };
}

/** An incident as the API shows it. */
export function presentIncident(row: IncidentRow): Incident {
  return {
    id: row.id,
    title: row.title,
    severity: severityName(row.severity),
    state: row.isWithdrawn ? 'withdrawn' : row.endedAtMs === null ? 'open' : 'closed',
    startedAt: toTimestamp(row.startedAtMs),
    endedAt: toTimestampOrNull(row.endedAtMs),
    services: [...row.services],
    kinds: [...row.kinds],
    eventCount: row.eventCount,
    acknowledged:
      row.acknowledged === null ? null : { at: toTimestamp(row.acknowledged.atMs), by: row.acknowledged.by.name },
    assignee: row.assignee === null ? null : { ...row.assignee },
  };
}

/** Something that was done with an incident, as the API shows it. */
export function presentIncidentChange({
  id,
  kind,
  reason,
  assignee,
  actor,
  atMs,
}: IncidentChange): IncidentHistoryEntry {
  return {
    ...{ id, at: toTimestamp(atMs), by: actor?.name ?? '', kind, reason },
    assignee: assignee === null ? null : { ...assignee },
  };
}

/** A suppression as the API shows it. */
export function presentSuppression(row: SuppressionRow): Suppression {
  return {
    id: row.id,
    service: row.service,
    namespace: row.namespace,
    kind: row.kind,
    clusterId: row.clusterId,
    reason: row.reason,
    eventId: row.eventId,
    createdBy: row.createdBy.name,
    createdAt: toTimestamp(row.createdAtMs),
    expiresAt: toTimestamp(row.expiresAtMs),
    heldBackCount: row.heldBackCount,
  };
}

/** How the detectors are doing, as the API shows it. */
export function presentDetection(run: DetectionRun): DetectionStatus {
  return {
    state: run.status,
    detail: run.statusDetail,
    learnedFrom: toTimestampOrNull(run.historyFromMs),
    detectedUpTo: toTimestampOrNull(run.detectedUpToMs),
    seriesCount: run.seriesCount,
  };
}
