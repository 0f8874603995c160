-- The outbox of what people are told: written with the finding, in its transaction, and taken later by whoever tells.

create table notices (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  dedup_key text not null,
  kind text not null,
  severity text not null check (severity in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
  service text not null,
  namespace text not null,
  cluster_id uuid,
  incident_id uuid,
  title text not null,
  lines jsonb not null,
  event_count bigint not null check (event_count >= 0),
  first_seen_at timestamptz,
  range_from timestamptz not null,
  range_to timestamptz not null,
  query text,
  suspect_deploy text,
  verdict text,
  noticed_at timestamptz not null,
  taken_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

comment on column notices.dedup_key is 'What happened, by name: kept once';
comment on column notices.cluster_id is 'Null: of no one cluster';
comment on column notices.incident_id is 'Null: of no incident';
comment on column notices.first_seen_at is 'Null: not known';
comment on column notices.query is 'LogQL for Explore; null: the stream of the service';
comment on column notices.suspect_deploy is 'Null: no deploy is suspected';
comment on column notices.verdict is 'Null: nothing was found, or not yet';
comment on column notices.noticed_at is 'By the clock of whoever found it';
comment on column notices.taken_at is 'Since then its deliveries are decided; null: it waits';
create unique index notices_tenant_id_dedup_key_idx on notices (tenant_id, dedup_key);
create index notices_tenant_id_noticed_at_idx on notices (tenant_id, noticed_at) where taken_at is null;

alter table notices enable row level security;
alter table notices force row level security;
create policy notices_of_tenant on notices
  using (tenant_id = (select nullif(current_setting('loghunter.tenant_id', true), '')::uuid));

grant select, insert, update, delete on notices to loghunter_app;
