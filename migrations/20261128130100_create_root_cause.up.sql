-- Analyses with their evidence, and people's work on incidents and clusters.

create table analyses (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  job_id uuid not null,
  subject jsonb not null,
  subject_text text not null,
  service text not null,
  incident_from timestamptz not null,
  incident_to timestamptz not null check (incident_to > incident_from),
  baseline_from timestamptz not null,
  baseline_to timestamptz not null check (baseline_to > baseline_from),
  created_by_kind text not null,
  created_by_id text not null,
  created_by_name text not null,
  pack text,
  pack_hash text check (pack_hash ~ '^[0-9a-f]{64}$'),
  verdict text check (verdict in ('confirmed', 'likely', 'inconclusive')),
  confidence real check (confidence between 0 and 1),
  suspect text,
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, job_id),
  check ((pack is null) = (pack_hash is null) and (pack is null) = (verdict is null)
    and (pack is null) = (confidence is null) and (pack is null) = (finished_at is null))
);

comment on column analyses.job_id is 'No foreign key: jobs are deleted a month after they ended, analyses stay';
comment on column analyses.pack is 'The evidence pack as JSON text, whose hash is pack_hash; null until the analysis succeeded, as are the columns after it';
comment on column analyses.suspect is 'Null until the analysis succeeded, and when it suspects nobody';
create index analyses_tenant_id_created_at_idx on analyses (tenant_id, created_at desc);
create index analyses_tenant_id_subject_id_idx on analyses (tenant_id, (subject ->> 'id')) where subject ->> 'id' is not null;

create table analysis_clusters (
  tenant_id uuid not null references tenants (id) on delete cascade,
  analysis_id uuid not null,
  cluster_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, analysis_id, cluster_id),
  foreign key (tenant_id, analysis_id) references analyses (tenant_id, id) on delete cascade
);

create table investigations (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  title text not null check (title <> '' and length(title) <= 200),
  state text not null default 'open' check (state in ('open', 'mitigated', 'resolved')),
  resolution text not null default '' check (length(resolution) <= 10000),
  range_from timestamptz not null,
  range_to timestamptz not null check (range_to > range_from),
  services text[] not null,
  incident_id uuid,
  created_by_kind text not null,
  created_by_id text not null,
  created_by_name text not null,
  resolved_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check ((resolved_at is null) = (state <> 'resolved'))
);

comment on column investigations.incident_id is 'Null: it is about no incident';
comment on column investigations.resolved_at is 'Null: not resolved';
create index investigations_tenant_id_updated_at_idx on investigations (tenant_id, updated_at desc);
create index investigations_tenant_id_incident_id_idx on investigations (tenant_id, incident_id) where incident_id is not null;

create table investigation_clusters (
  tenant_id uuid not null references tenants (id) on delete cascade,
  investigation_id uuid not null,
  cluster_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, investigation_id, cluster_id),
  foreign key (tenant_id, investigation_id) references investigations (tenant_id, id) on delete cascade
);

create index investigation_clusters_tenant_id_cluster_id_idx on investigation_clusters (tenant_id, cluster_id);

create table investigation_lines (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  investigation_id uuid not null,
  timestamp_ns bigint not null,
  service text not null,
  level text not null,
  text text not null,
  labels jsonb not null,
  hash text not null check (hash ~ '^[0-9a-f]{32}$'),
  query text not null,
  cluster_id uuid,
  note text not null check (length(note) <= 2000),
  pinned_by_kind text not null,
  pinned_by_id text not null,
  pinned_by_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, investigation_id, hash),
  foreign key (tenant_id, investigation_id) references investigations (tenant_id, id) on delete cascade
);

comment on column investigation_lines.cluster_id is 'Null: the line belongs to no stored cluster';

create table investigation_entries (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  investigation_id uuid not null,
  kind text not null check (kind in ('created', 'renamed', 'state', 'resolution', 'pinned', 'comment', 'analysis', 'annotated')),
  text text not null check (length(text) <= 10000),
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, investigation_id) references investigations (tenant_id, id) on delete cascade
);

create index investigation_entries_tenant_id_investigation_id_idx on investigation_entries (tenant_id, investigation_id, created_at);

create table investigation_analyses (
  tenant_id uuid not null references tenants (id) on delete cascade,
  investigation_id uuid not null,
  analysis_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, investigation_id, analysis_id),
  foreign key (tenant_id, investigation_id) references investigations (tenant_id, id) on delete cascade,
  foreign key (tenant_id, analysis_id) references analyses (tenant_id, id) on delete cascade
);

create index investigation_analyses_tenant_id_analysis_id_idx on investigation_analyses (tenant_id, analysis_id);

do $$
declare
  table_name text;
begin
  foreach table_name in array array['analyses', 'analysis_clusters', 'investigations', 'investigation_clusters',
    'investigation_lines', 'investigation_entries', 'investigation_analyses']
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

grant select, insert, update, delete on analyses, analysis_clusters, investigations, investigation_clusters,
  investigation_lines, investigation_entries, investigation_analyses to loghunter_app;
