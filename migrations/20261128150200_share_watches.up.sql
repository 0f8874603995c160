-- Scanners that are alive, so that each takes its share of the watches and no more.
create table scanner_replicas (
  tenant_id uuid not null references tenants (id) on delete cascade,
  holder text not null check (holder <> '' and length(holder) <= 200),
  seen_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, holder)
);

comment on table scanner_replicas is 'Written with each lease; one that was not seen for the length of a lease is dead';

alter table scanner_replicas enable row level security;
alter table scanner_replicas force row level security;
create policy scanner_replicas_of_tenant on scanner_replicas
  using (tenant_id = (select nullif(current_setting('loghunter.tenant_id', true), '')::uuid));

grant select, insert, update, delete on scanner_replicas to loghunter_app;
