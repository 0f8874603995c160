-- Who may do what: API keys, which organisation of Grafana is which tenant, what was used, and settings of a tenant.

create table grafana_organisations (
  organisation_id bigint primary key check (organisation_id > 0),
  tenant_id uuid not null references tenants (id) on delete cascade,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

comment on table grafana_organisations is 'Of the installation: the tenant of each organisation of Grafana';
create index grafana_organisations_tenant_id_idx on grafana_organisations (tenant_id);

create table api_keys (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null check (name <> '' and length(name) <= 200),
  key_hash text not null check (length(key_hash) = 64),
  prefix text not null,
  last_four text not null,
  scopes text[] not null check (cardinality(scopes) > 0),
  hourly_limit integer check (hourly_limit > 0),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, key_hash)
);

comment on column api_keys.key_hash is 'SHA-256 of the whole key in hexadecimal; the key itself is kept nowhere';
comment on column api_keys.hourly_limit is 'Null: the limit of its scopes';
comment on column api_keys.revoked_at is 'No longer accepted since then; the row stays for histories';
create index api_keys_key_hash_idx on api_keys (key_hash);

create table api_usage (
  tenant_id uuid not null references tenants (id) on delete cascade,
  actor_kind text not null,
  actor_id text not null,
  hour_at timestamptz not null,
  actor_name text not null,
  request_count bigint not null check (request_count >= 0),
  weight_sum bigint not null check (weight_sum >= 0),
  refused_count bigint not null check (refused_count >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, actor_kind, actor_id, hour_at)
);

comment on table api_usage is 'Requests of each user and key by the hour';
comment on column api_usage.weight_sum is 'What the accepted requests counted against the limit';

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

alter table grafana_organisations enable row level security;
alter table grafana_organisations force row level security;
create policy grafana_organisations_of_installation on grafana_organisations
  using ((select nullif(current_setting('loghunter.tenant_id', true), '')::uuid) is null);

do $$
declare
  table_name text;
begin
  foreach table_name in array array['api_keys', 'api_usage', 'tenant_settings'] loop
    execute format('alter table %I enable row level security', table_name);
    execute format('alter table %I force row level security', table_name);
    execute format(
      'create policy %I on %I using (tenant_id = (select nullif(current_setting(''loghunter.tenant_id'', true), '''')::uuid))',
      table_name || '_of_tenant', table_name
    );
  end loop;
end
$$;

-- A request with a key has no tenant yet: whoever knows a key's hash may read its row, and no other.
create policy api_keys_by_hash on api_keys for select
  using (key_hash = (select nullif(current_setting('loghunter.key_hash', true), '')));

grant select, insert, update, delete on grafana_organisations, api_usage, tenant_settings to loghunter_app;
grant select, insert, update, delete on api_keys to loghunter_app;
