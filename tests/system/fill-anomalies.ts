/** A row of each table about anomalies, for the tenant of $1. */
export const anomalyRows: readonly string[] = [
  `insert into deploys (tenant_id, service, namespace, version, deployed_at, source, created_by_kind, created_by_id, created_by_name)
   values ($1, 'shop', '', 'v1', now(), 'test', 'test', 'id', 'name')`,
  `insert into incidents (tenant_id, id, title, severity, services, kinds, event_count, started_at, last_event_at)
   values ($1, gen_random_uuid(), 'a spike', 3, '{shop}', '{spike}', 1, now(), now())`,
  `insert into incident_history (tenant_id, incident_id, kind, reason, occurred_at)
   select $1, id, 'acknowledged', 'person', now() from incidents`,
  `insert into anomaly_suppressions (tenant_id, service, namespace, kind, reason, expires_at, created_by_kind, created_by_id,
     created_by_name)
   values ($1, 'shop', '', 'spike', '', now(), 'test', 'id', 'name')`,
  `insert into anomaly_events (tenant_id, id, incident_id, series_key, service, namespace, kind, metric, severity, title, baseline_value,
     observed_value, evidence, started_at, detected_at, notified, details)
   select $1, gen_random_uuid(), id, 'key', 'shop', '', 'spike', 'volume', 3, 'a spike', 1, 10, 9, now(), now(), true, '{}'
   from incidents`,
  `insert into anomaly_feedback (tenant_id, event_id, verdict, reason, created_by_kind, created_by_id, created_by_name)
   select $1, id, 'up', '', 'test', 'id', 'name' from anomaly_events`,
  `insert into anomaly_baselines (tenant_id, series_key, service, namespace, window_start, window_end, avg_log_rate, avg_error_rate,
     p95_error_rate, state)
   values ($1, 'key', 'shop', '', now(), now(), 1, 0, 0, '')`,
  `insert into anomaly_runs (tenant_id) values ($1)`,
  `insert into anomaly_lines (tenant_id, id, timestamp_ns, labels, line) values ($1, gen_random_uuid(), 1, '{}', '{}')`,
  `insert into count_history (tenant_id, watch_id, service, namespace, hour_at, line_counts)
   select $1, id, 'shop', '', now(), array_fill(1, array[60]) from watches where tenant_id = $1 limit 1`,
  `insert into count_history_marks (tenant_id, watch_id, read_from_at, read_up_to_at, missing, is_complete)
   select $1, id, now(), now(), '[]', false from watches where tenant_id = $1 limit 1`,
];
