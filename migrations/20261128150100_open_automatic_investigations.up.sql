-- Investigations that begin by themselves: one for an incident, whoever asks at the same time.
create unique index investigations_tenant_id_automatic_incident_id_idx on investigations (tenant_id, incident_id)
  where created_by_kind = 'schedule';
