-- What people keep (filters, webhooks), and the first answers to requests that may be sent twice.

create table saved_filters (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null check (name <> '' and length(name) <= 200),
  filter jsonb not null,
  created_by_kind text not null,
  created_by_id text not null,
  created_by_name text not null,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

comment on column saved_filters.deleted_at is 'Hidden since then and deleted for good a month later; null: in use';
create unique index saved_filters_tenant_id_name_idx on saved_filters (tenant_id, name) where deleted_at is null;

create table webhooks (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null check (name <> '' and length(name) <= 200),
  url text not null check (length(url) <= 2000),
  disabled_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

comment on column webhooks.disabled_at is 'The receiver answered 410 Gone: nothing is sent any more; null: in use';
comment on column webhooks.deleted_at is 'Hidden since then and deleted for good a month later; null: in use';

create table idempotency_keys (
  tenant_id uuid not null references tenants (id) on delete cascade,
  route text not null,
  key_hash text not null,
  request_hash text not null,
  answer text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, route, key_hash)
);

comment on column idempotency_keys.answer is 'JSON text of the first answer; null only inside the transaction that computes it';

do $$
declare
  table_name text;
begin
  foreach table_name in array array['saved_filters', 'webhooks', 'idempotency_keys']
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

grant select, insert, update, delete on saved_filters, webhooks, idempotency_keys to loghunter_app;
