-- Who looks after an incident, and what people did with it.
alter table incidents
  add column assignee_kind text check (assignee_kind in ('person', 'team')),
  add column assignee_id text,
  add column assignee_name text,
  add constraint incidents_assignee_check
    check ((assignee_kind is null) = (assignee_id is null) and (assignee_id is null) = (assignee_name is null));

comment on column incidents.assignee_id is 'Null, as kind and name: nobody looks after it';

create table incident_history (
  tenant_id uuid not null,
  id bigint generated always as identity,
  incident_id uuid not null,
  kind text not null check (kind in ('acknowledged', 'taken-back', 'assigned')),
  reason text not null check (reason in ('person', 'owner-rule')),
  assignee_kind text check (assignee_kind in ('person', 'team')),
  assignee_id text,
  assignee_name text,
  actor_kind text,
  actor_id text,
  actor_name text,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, incident_id) references incidents (tenant_id, id) on delete cascade
);

comment on column incident_history.assignee_id is 'Of assigned, as kind and name; null: to nobody';
comment on column incident_history.actor_id is 'Null, as kind and name: LogHunter itself';
create index incident_history_tenant_id_incident_id_idx on incident_history (tenant_id, incident_id, id);

alter table incident_history enable row level security;
alter table incident_history force row level security;
create policy incident_history_of_tenant on incident_history
  using (tenant_id = (select nullif(current_setting('loghunter.tenant_id', true), '')::uuid));
grant select, insert, update, delete on incident_history to loghunter_app;
