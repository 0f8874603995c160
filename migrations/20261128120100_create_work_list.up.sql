-- The work list: where each cluster stands, who looks after it, what happened to it, and what people wrote about it.
-- States are of canonical clusters; a cluster that a rule made part of another one keeps its own for the day the rule is undone.

create table cluster_work (
  tenant_id uuid not null,
  cluster_id uuid not null,
  state text not null check (state in ('new', 'ongoing', 'escalating', 'regressed', 'ignored', 'resolved')),
  since_at timestamptz not null,
  work jsonb not null,
  reopens_after_at timestamptz,
  wakes_at timestamptz,
  assignee_kind text check (assignee_kind in ('person', 'team')),
  assignee_id text,
  assignee_name text,
  revision integer not null default 1 check (revision > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, cluster_id),
  foreign key (tenant_id, cluster_id) references error_clusters (tenant_id, id) on delete cascade,
  check ((assignee_kind is null) = (assignee_id is null) and (assignee_id is null) = (assignee_name is null))
) with (fillfactor = 80);

comment on column cluster_work.work is 'The state with what decides how the cluster leaves it, as engine/work-list has it';
comment on column cluster_work.reopens_after_at is 'Of a resolved cluster: lines written later open it again; null: it is not resolved';
comment on column cluster_work.wakes_at is 'When time alone changes the state; null: never';
comment on column cluster_work.assignee_id is 'Null, as kind and name: nobody looks after it';
comment on column cluster_work.revision is 'Grows with each change, so that undoing sees whether somebody else came between';
create index cluster_work_put_away_idx on cluster_work (tenant_id, state) where state in ('resolved', 'ignored', 'escalating');
create index cluster_work_wakes_at_idx on cluster_work (tenant_id, wakes_at) where wakes_at is not null;

create table cluster_history (
  tenant_id uuid not null,
  id bigint generated always as identity,
  cluster_id uuid not null,
  change_id uuid,
  reason text not null,
  actor_kind text,
  actor_id text,
  actor_name text,
  state_before jsonb not null,
  state_after jsonb not null,
  revision integer not null,
  undone_at timestamptz,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, cluster_id) references error_clusters (tenant_id, id) on delete cascade
);

comment on column cluster_history.change_id is 'What one person did at once; null: LogHunter itself';
comment on column cluster_history.actor_id is 'Null, as kind and name: LogHunter itself';
comment on column cluster_history.state_before is 'Work and assignee before; work null: the cluster was seen for the first time';
comment on column cluster_history.revision is 'Of cluster_work after this change';
comment on column cluster_history.undone_at is 'Null: not undone';
create index cluster_history_tenant_id_cluster_id_idx on cluster_history (tenant_id, cluster_id, id);
create index cluster_history_tenant_id_change_id_idx on cluster_history (tenant_id, change_id) where change_id is not null;

create table cluster_comments (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  cluster_id uuid not null,
  text text not null check (text <> '' and length(text) <= 20000),
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  deleted_at timestamptz,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, cluster_id) references error_clusters (tenant_id, id) on delete cascade
);

comment on column cluster_comments.deleted_at is 'Taken back since then and deleted for good a month later; null: shown';
create index cluster_comments_tenant_id_cluster_id_idx on cluster_comments (tenant_id, cluster_id, occurred_at);

create table owner_rules (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  label text not null check (label <> '' and length(label) <= 200),
  value text not null check (length(value) <= 2048),
  assignee_kind text not null check (assignee_kind in ('person', 'team')),
  assignee_id text not null,
  assignee_name text not null,
  created_by text not null,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

comment on column owner_rules.deleted_at is 'No longer in force since then and deleted for good a month later; null: in force';
create unique index owner_rules_tenant_id_label_value_idx on owner_rules (tenant_id, label, value) where deleted_at is null;

create table work_list_seen (
  tenant_id uuid not null references tenants (id) on delete cascade,
  actor_kind text not null,
  actor_id text not null,
  seen_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, actor_kind, actor_id)
);

comment on table work_list_seen is 'When each caller last looked at the work list';

do $$
declare
  table_name text;
begin
  foreach table_name in array array['cluster_work', 'cluster_history', 'cluster_comments', 'owner_rules', 'work_list_seen']
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

grant select, insert, update, delete on cluster_work, cluster_history, cluster_comments, owner_rules, work_list_seen to loghunter_app;
