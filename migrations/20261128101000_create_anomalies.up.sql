-- What the detectors find: anomaly events, the incidents that they belong to, baselines, and what people say about them; marks of deploys.
-- Severities: 1 low, 2 medium, 3 high, 4 critical.

create table deploys (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  service text not null check (service <> ''),
  namespace text not null,
  version text not null check (version <> ''),
  deployed_at timestamptz not null,
  link text,
  source text not null,
  created_by_kind text not null,
  created_by_id text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, service, namespace, version, deployed_at)
);

comment on column deploys.namespace is 'Empty: any';
comment on column deploys.link is 'Null: nobody said where it is described';
create index deploys_tenant_id_deployed_at_idx on deploys (tenant_id, deployed_at);

create table incidents (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  title text not null,
  severity smallint not null check (severity between 1 and 4),
  services text[] not null,
  kinds text[] not null,
  event_count integer not null check (event_count > 0),
  started_at timestamptz not null,
  last_event_at timestamptz not null,
  ended_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by_kind text,
  acknowledged_by_id text,
  acknowledged_by_name text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

comment on column incidents.last_event_at is 'Start of the event that joined last';
comment on column incidents.ended_at is 'Null: one of its events is open';
comment on column incidents.acknowledged_at is 'Null: nobody has said to look after it; so are the other acknowledged columns';
create index incidents_tenant_id_started_at_idx on incidents (tenant_id, started_at);
create index incidents_tenant_id_open_idx on incidents (tenant_id) where ended_at is null;

create table anomaly_suppressions (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  service text not null,
  namespace text not null,
  kind text not null,
  cluster_id uuid,
  reason text not null,
  event_id uuid,
  expires_at timestamptz not null,
  deleted_at timestamptz,
  created_by_kind text not null,
  created_by_id text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

comment on column anomaly_suppressions.cluster_id is 'Null: the service as a whole';
comment on column anomaly_suppressions.event_id is 'The event that it was made from, which may be deleted; null: none';
comment on column anomaly_suppressions.deleted_at is 'Ended by a person; null: it holds until it expires';

create table anomaly_events (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  incident_id uuid,
  suppression_id uuid,
  series_key text not null,
  service text not null,
  namespace text not null,
  cluster_id uuid,
  kind text not null,
  metric text not null,
  severity smallint not null check (severity between 1 and 4),
  title text not null,
  baseline_value double precision not null,
  observed_value double precision not null,
  deviation_factor double precision,
  evidence double precision not null,
  started_at timestamptz not null,
  detected_at timestamptz not null,
  ended_at timestamptz,
  notified boolean not null,
  details jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, incident_id) references incidents (tenant_id, id) on delete cascade
);

comment on column anomaly_events.id is 'Made of a hash of series, kind and the minute that opened it, so that judging a minute twice gives one event';
comment on column anomaly_events.incident_id is 'Null: held back by a suppression';
comment on column anomaly_events.suppression_id is 'Null: nothing holds it back';
comment on column anomaly_events.cluster_id is 'Null: about the service as a whole';
comment on column anomaly_events.deviation_factor is 'Null: nothing was expected';
comment on column anomaly_events.ended_at is 'Null: it goes on';
comment on column anomaly_events.notified is 'False: history, over before anybody could be told, or held back';
create index anomaly_events_tenant_id_started_at_idx on anomaly_events (tenant_id, started_at);
create index anomaly_events_tenant_id_incident_id_idx on anomaly_events (tenant_id, incident_id);
create index anomaly_events_tenant_id_open_idx on anomaly_events (tenant_id, series_key) where ended_at is null;

create table anomaly_feedback (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  verdict text not null check (verdict in ('up', 'down')),
  reason text not null,
  created_by_kind text not null,
  created_by_id text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, event_id) references anomaly_events (tenant_id, id) on delete cascade
);

create index anomaly_feedback_tenant_id_event_id_idx on anomaly_feedback (tenant_id, event_id);

create table anomaly_baselines (
  tenant_id uuid not null references tenants (id) on delete cascade,
  series_key text not null,
  service text not null,
  namespace text not null,
  cluster_id uuid,
  window_start timestamptz not null,
  window_end timestamptz not null,
  avg_log_rate double precision not null,
  avg_error_rate double precision not null,
  p95_error_rate double precision not null,
  state text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, series_key)
);

comment on column anomaly_baselines.cluster_id is 'Null: of the service as a whole';
comment on column anomaly_baselines.window_end is 'The state holds every minute before this';
comment on column anomaly_baselines.avg_log_rate is 'Lines a minute (of a cluster: events)';
comment on column anomaly_baselines.state is 'The detector as it was then, packed; a tick goes on from it and reads the minutes since from the ledger';

create table anomaly_runs (
  tenant_id uuid not null references tenants (id) on delete cascade,
  history_from_at timestamptz,
  detected_up_to_at timestamptz,
  announce_from_at timestamptz,
  ledger_seen_at timestamptz,
  series_count integer not null default 0,
  status text not null default 'waiting',
  status_detail text not null default '',
  lease_holder text,
  lease_expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id)
);

comment on column anomaly_runs.history_from_at is 'First minute that was learned; null: none has been';
comment on column anomaly_runs.detected_up_to_at is 'Every minute before this has been judged; null: none has been';
comment on column anomaly_runs.announce_from_at is 'What was over before this is history and told to nobody; null: nothing has been judged';
comment on column anomaly_runs.ledger_seen_at is 'Changes of the ledger before this are known, by the clock of the database; null: none is';
comment on column anomaly_runs.lease_holder is 'The process that judges; null: none does';

create table anomaly_lines (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  timestamp_ns bigint not null,
  labels jsonb not null,
  line text not null,
  pushed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

comment on table anomaly_lines is 'Lines for the log store, written with the events that they tell of';
comment on column anomaly_lines.pushed_at is 'Null: the log store does not have it yet';
create index anomaly_lines_tenant_id_waiting_idx on anomaly_lines (tenant_id, timestamp_ns) where pushed_at is null;

do $$
declare
  table_name text;
begin
  foreach table_name in array array[
    'deploys', 'incidents', 'anomaly_suppressions', 'anomaly_events', 'anomaly_feedback', 'anomaly_baselines', 'anomaly_runs',
    'anomaly_lines'
  ]
  loop
    execute format('alter table %I enable row level security', table_name);
    execute format('alter table %I force row level security', table_name);
    execute format(
      'create policy %I on %I using (tenant_id = (select nullif(current_setting(''loghunter.tenant_id'', true), '''')::uuid))',
      table_name || '_of_tenant', table_name
    );
  end loop;
end
$$;

grant select, insert, update, delete on
  deploys, incidents, anomaly_suppressions, anomaly_events, anomaly_feedback, anomaly_baselines, anomaly_runs, anomaly_lines
  to loghunter_app;
