-- Language models: what a tenant has chosen, what went out, and what came of it.

create table model_settings (
  tenant_id uuid not null references tenants (id) on delete cascade,
  is_enabled boolean not null default true,
  provider text,
  model_size text not null default 'base' check (model_size in ('base', 'large')),
  enabled_providers text[] not null default '{}',
  tokens_per_day bigint not null default 500000 check (tokens_per_day >= 0),
  calls_per_minute integer not null default 10 check (calls_per_minute >= 0),
  microdollars_per_month bigint not null default 20000000 check (microdollars_per_month >= 0),
  updated_by text not null default '',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id)
);

comment on column model_settings.provider is 'Null: the one that the configuration names';
comment on column model_settings.enabled_providers is 'Those outside the installation that an administrator has enabled';

create table egress_entries (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  purpose text not null,
  outcome text not null default 'sending',
  provider text not null,
  model text not null,
  destination text not null,
  left_installation boolean not null,
  sent_text text not null,
  text_hash text not null,
  size_bytes bigint not null,
  redactions jsonb not null,
  input_tokens bigint not null,
  output_tokens bigint not null,
  is_estimate boolean not null default true,
  cost_microdollars bigint,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  subject_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

comment on column egress_entries.outcome is 'sending, answered, or why it failed';
comment on column egress_entries.output_tokens is 'The most that it may be until the call has ended';
comment on column egress_entries.cost_microdollars is 'Null: nobody has said what the model costs';
create index egress_entries_tenant_id_started_at_idx on egress_entries (tenant_id, started_at desc, id);

create table analysis_results (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  analysis_id uuid not null,
  pack_hash text not null,
  status text not null default 'pending' check (status in ('pending', 'explained', 'analysis_failed')),
  failure text,
  job_id uuid,
  verdict text not null,
  confidence double precision not null check (confidence between 0 and 1),
  content jsonb not null,
  provider text not null,
  model text not null,
  input_tokens bigint,
  output_tokens bigint,
  cost_microdollars bigint,
  duration_ms bigint,
  prompt_version text not null,
  text_hash text,
  created_by_kind text not null,
  created_by_id text not null,
  created_by_name text not null,
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

comment on column analysis_results.content is 'Root cause, summary, suggested action, hypotheses, unknowns, next checks; with pseudonyms, as the model wrote them';
comment on column analysis_results.text_hash is 'Of the pseudonymised evidence that the model saw: pseudonyms are swapped back only while it is the same';
create index analysis_results_tenant_id_analysis_id_idx on analysis_results (tenant_id, analysis_id, created_at desc);
create index analysis_results_tenant_id_pack_hash_idx on analysis_results (tenant_id, pack_hash);
create unique index analysis_results_pending_idx
  on analysis_results (tenant_id, pack_hash, provider, model, prompt_version) where status = 'pending';

create table analysis_feedback (
  tenant_id uuid not null,
  analysis_result_id uuid not null,
  actor_kind text not null,
  actor_id text not null,
  is_useful boolean not null,
  reason text not null check (length(reason) <= 2000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, analysis_result_id, actor_kind, actor_id),
  foreign key (tenant_id, analysis_result_id) references analysis_results (tenant_id, id) on delete cascade
);

do $$
declare
  table_name text;
begin
  foreach table_name in array array['model_settings', 'egress_entries', 'analysis_results', 'analysis_feedback']
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

grant select, insert, update, delete on model_settings, egress_entries, analysis_results, analysis_feedback to loghunter_app;
