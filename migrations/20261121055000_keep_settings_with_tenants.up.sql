-- Settings stand in the tenant's own row: whoever opens tenants reads them with it, without a transaction for each tenant.
drop table tenant_settings;

alter table tenants add column settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object');

comment on column tenants.settings is 'What the tenant wants otherwise than the installation: numbers by name';
