-- What changed lately, in one order a tenant, for pages that are open: they read on from the last position they know.

create table live_positions (
  tenant_id uuid primary key references tenants (id) on delete cascade,
  position bigint not null check (position > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
) with (fillfactor = 50);

comment on table live_positions is 'The newest position; its row is locked by whoever adds events, so that they become visible in their order';

create table live_events (
  tenant_id uuid not null references tenants (id) on delete cascade,
  position bigint not null,
  topic text not null,
  ids text[] not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, position)
);

do $$
declare
  table_name text;
begin
  foreach table_name in array array['live_positions', 'live_events']
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

grant select, insert, update, delete on live_positions, live_events to loghunter_app;
