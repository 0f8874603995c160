alter table tenants drop column settings;

create table tenant_settings (
  tenant_id uuid not null references tenants (id) on delete cascade,
  name text not null check (name <> '' and length(name) <= 100),
  value jsonb not null,
  updated_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, name)
);

comment on table tenant_settings is 'What a tenant wants otherwise than the environment says';
alter table tenant_settings enable row level security;
alter table tenant_settings force row level security;
create policy tenant_settings_of_tenant on tenant_settings
  using (tenant_id = (select nullif(current_setting('loghunter.tenant_id', true), '')::uuid));
grant select, insert, update, delete on tenant_settings to loghunter_app;
