import type { AnomalyEventRow, IncidentRow, SqlSession } from '@loghunter/ports';

/** Adds incidents or replaces those of the same ids; who looks after them stays. */
export async function writeIncidents(
  session: SqlSession,
  tenantId: string,
  incidents: readonly IncidentRow[]
): Promise<void> {
  for (const incident of incidents) {
    await session.query(
      `insert into incidents (tenant_id, id, title, severity, services, kinds, event_count, started_at, last_event_at, ended_at)
       values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::float8 / 1000), to_timestamp($9::float8 / 1000),
         to_timestamp($10::float8 / 1000))
       on conflict (tenant_id, id) do update
         set title = excluded.title, severity = excluded.severity, services = excluded.services, kinds = excluded.kinds,
           event_count = excluded.event_count, started_at = excluded.started_at, last_event_at = excluded.last_event_at,
           ended_at = excluded.ended_at, updated_at = now()`,
      [
        ...[tenantId, incident.id, incident.title, incident.severity, incident.services, incident.kinds],
        ...[incident.eventCount, incident.startedAtMs, incident.lastEventAtMs, incident.endedAtMs],
      ]
    );
  }
}

/** Adds events or replaces those of the same ids. */
export async function writeEvents(
  session: SqlSession,
  tenantId: string,
  events: readonly AnomalyEventRow[]
): Promise<void> {
  for (const event of events) {
    await session.query(
      `insert into anomaly_events (tenant_id, id, incident_id, suppression_id, series_key, service, namespace, cluster_id, kind, metric,
         severity, title, baseline_value, observed_value, deviation_factor, evidence, started_at, detected_at, ended_at, notified, details)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, to_timestamp($17::float8 / 1000),
         to_timestamp($18::float8 / 1000), to_timestamp($19::float8 / 1000), $20, $21::jsonb)
       on conflict (tenant_id, id) do update
         set incident_id = excluded.incident_id, suppression_id = excluded.suppression_id, kind = excluded.kind,
           severity = excluded.severity, title = excluded.title, baseline_value = excluded.baseline_value,
           observed_value = excluded.observed_value, deviation_factor = excluded.deviation_factor, evidence = excluded.evidence,
           started_at = excluded.started_at, detected_at = excluded.detected_at, ended_at = excluded.ended_at,
           notified = excluded.notified, details = excluded.details, updated_at = now()`,
      [
        ...[tenantId, event.id, event.incidentId, event.suppressionId, event.seriesKey, event.service, event.namespace],
        ...[event.clusterId, event.kind, event.metric, event.severity, event.title, event.baseline, event.observed],
        ...[event.deviationFactor, event.evidence, event.startedAtMs, event.detectedAtMs, event.endedAtMs],
        ...[event.isNotified, JSON.stringify(event.details)],
      ]
    );
  }
}
