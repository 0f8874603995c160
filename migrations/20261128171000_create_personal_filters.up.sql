-- Searches that one person keeps, beside those that a tenant shares.
create table personal_filters (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  owner_kind text not null,
  owner_id text not null,
  name text not null check (name <> '' and length(name) <= 200),
  filter jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

comment on table personal_filters is 'Nobody but their owner sees them, so that deleting one needs no way back for others';
create unique index personal_filters_tenant_id_owner_name_idx on personal_filters (tenant_id, owner_kind, owner_id, name);

alter table personal_filters enable row level security;
alter table personal_filters force row level security;
create policy personal_filters_of_tenant on personal_filters
  using (tenant_id = (select nullif(current_setting('loghunter.tenant_id', true), '')::uuid));
grant select, insert, update, delete on personal_filters to loghunter_app;
