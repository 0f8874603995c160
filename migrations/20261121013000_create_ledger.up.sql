-- The ledger: what was read of each stream in each minute, the clusters found in it, and rollups by the hour.
-- One text for Postgres 15 and newer and for PGlite. Every table but `tenants` belongs to a tenant: tenant_id leads every key,
-- row-level security is enabled and forced, and the application works as loghunter_app, which owns nothing.
-- Levels are OpenTelemetry's SeverityNumber: 21 fatal, 17 error, 13 warn, 9 info, 5 debug, 1 trace, 0 unknown.

-- Roles belong to the whole server, so another database may have made this one; two migrations may also race for it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'loghunter_app') then
    create role loghunter_app nologin;
  end if;
exception
  when duplicate_object or unique_violation then null;
end
$$;

-- The owner may be the login of the server too; it then works as loghunter_app. A DBA may have granted this before.
do $$
begin
  execute format('grant loghunter_app to %I', current_user);
exception
  when insufficient_privilege then null;
end
$$;

grant usage on schema public to loghunter_app;

create table tenants (
  id uuid primary key default gen_random_uuid(),
  name text not null unique check (name <> '' and length(name) <= 200),
  loki_org_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

comment on column tenants.loki_org_id is 'X-Scope-OrgID; null: Loki runs without tenants';

create table watches (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null check (name <> '' and length(name) <= 500),
  selectors text[] not null,
  discovered_label_names text[] not null,
  read_from_at timestamptz,
  read_up_to_at timestamptz,
  counts_kept_from_at timestamptz,
  lease_holder text,
  lease_expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

comment on column watches.read_from_at is 'Nothing before this has been read; null: nothing has been read';
comment on column watches.read_up_to_at is 'Everything before this has been read once; null: nothing has been read';
comment on column watches.counts_kept_from_at is 'Minutes before this were deleted and are not counted again; null: none was deleted';
comment on column watches.lease_holder is 'The scanner that reads this watch now; null: nobody does';

create table streams (
  tenant_id uuid not null,
  id uuid not null,
  watch_id uuid not null,
  labels jsonb not null,
  service text not null,
  namespace text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, watch_id) references watches (tenant_id, id) on delete cascade
);

comment on column streams.id is 'Made of a hash of the labels, so that every replica finds the same';
create index streams_tenant_id_watch_id_idx on streams (tenant_id, watch_id);

create table stream_minutes (
  tenant_id uuid not null,
  stream_id uuid not null,
  minute_at timestamptz not null,
  line_count integer not null check (line_count >= 0),
  unread_line_count integer not null check (unread_line_count >= 0),
  is_closed boolean not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, stream_id, minute_at),
  foreign key (tenant_id, stream_id) references streams (tenant_id, id) on delete cascade
);

create table stream_hours (
  tenant_id uuid not null,
  stream_id uuid not null,
  hour_at timestamptz not null,
  line_count bigint not null check (line_count >= 0),
  unread_line_count bigint not null check (unread_line_count >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, hour_at, stream_id),
  foreign key (tenant_id, stream_id) references streams (tenant_id, id) on delete cascade
) with (fillfactor = 80);

comment on table stream_hours is 'Sums of stream_minutes, kept in the same transaction';

create table error_clusters (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  service text not null,
  namespace text not null,
  fingerprint text not null,
  algorithm_version integer not null,
  template jsonb not null,
  template_text text not null,
  search_text text not null,
  level smallint not null default 0 check (level in (0, 1, 5, 9, 13, 17, 21)),
  event_count bigint not null default 0 check (event_count >= 0),
  line_count bigint not null default 0 check (line_count >= 0),
  first_seen_at timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
) with (fillfactor = 80);

comment on column error_clusters.search_text is 'template_text in lower case as JavaScript makes it, so that both databases and every locale find the same';
comment on column error_clusters.event_count is 'Every event ever counted, also of minutes that were deleted since';
comment on column error_clusters.first_seen_at is 'Null: every event that made this cluster was taken back when its minute was read again';
comment on column error_clusters.last_seen_at is 'Null: as first_seen_at';

create table cluster_levels (
  tenant_id uuid not null,
  cluster_id uuid not null,
  level smallint not null check (level in (0, 1, 5, 9, 13, 17, 21)),
  event_count bigint not null check (event_count >= 0),
  line_count bigint not null check (line_count >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, cluster_id, level),
  foreign key (tenant_id, cluster_id) references error_clusters (tenant_id, id) on delete cascade
) with (fillfactor = 80);

comment on table cluster_levels is 'Totals of a cluster by level, also of minutes that were deleted since';

create table cluster_minutes (
  tenant_id uuid not null,
  stream_id uuid not null,
  minute_at timestamptz not null,
  cluster_id uuid not null,
  level smallint not null check (level in (0, 1, 5, 9, 13, 17, 21)),
  event_count integer not null check (event_count >= 0),
  line_count integer not null check (line_count >= 0),
  first_at timestamptz not null,
  last_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, stream_id, minute_at, cluster_id, level)
);

-- Two look-ups per row were more than half of a write's time; stream_minutes and cluster_spans are written with it and have them.
comment on table cluster_minutes is 'No foreign keys: whoever deletes a tenant, stream or cluster deletes these rows too';

create index cluster_minutes_tenant_id_cluster_id_minute_at_idx on cluster_minutes (tenant_id, cluster_id, minute_at);

create table cluster_spans (
  tenant_id uuid not null,
  span_hours smallint not null check (span_hours in (1, 6, 24)),
  start_at timestamptz not null,
  cluster_id uuid not null,
  level smallint not null check (level in (0, 1, 5, 9, 13, 17, 21)),
  event_count bigint not null check (event_count >= 0),
  line_count bigint not null check (line_count >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, span_hours, start_at, cluster_id, level),
  foreign key (tenant_id, cluster_id) references error_clusters (tenant_id, id) on delete cascade
) with (fillfactor = 80);

comment on table cluster_spans is 'Sums of cluster_minutes over all streams by the hour, by six hours and by the day (UTC), kept in the same transaction';
create index cluster_spans_tenant_id_cluster_id_start_at_idx on cluster_spans (tenant_id, cluster_id, start_at) where span_hours = 1;

create table cluster_samples (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  cluster_id uuid not null,
  timestamp_ns bigint not null,
  sanitised_text text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, cluster_id) references error_clusters (tenant_id, id) on delete cascade
);

comment on column cluster_samples.timestamp_ns is 'Nanoseconds since 1970: finer than timestamptz';
create index cluster_samples_tenant_id_cluster_id_idx on cluster_samples (tenant_id, cluster_id);

-- (select ...) makes the setting a constant of the statement instead of a call per row.
alter table tenants enable row level security;
alter table tenants force row level security;
create policy tenants_of_installation on tenants
  using (
    (select nullif(current_setting('loghunter.tenant_id', true), '')::uuid) is null
    or id = (select nullif(current_setting('loghunter.tenant_id', true), '')::uuid)
  );

do $$
declare
  table_name text;
begin
  foreach table_name in array array[
    'watches', 'streams', 'stream_minutes', 'stream_hours', 'error_clusters',
    'cluster_levels', 'cluster_minutes', 'cluster_spans', 'cluster_samples'
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

grant select, insert, update on tenants to loghunter_app;
grant select, insert, update, delete on
  watches, streams, stream_minutes, stream_hours, error_clusters,
  cluster_levels, cluster_minutes, cluster_spans, cluster_samples
  to loghunter_app;
