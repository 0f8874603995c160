-- Where notices go, and what was sent there.

create table notification_channels (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  name text not null check (name <> '' and length(name) <= 200),
  kind text not null check (kind in ('webhook', 'slack', 'pagerduty', 'email')),
  target jsonb not null,
  sealed_secret text,
  rules jsonb not null,
  is_enabled boolean not null,
  disabled_reason text,
  failure_count integer not null default 0 check (failure_count >= 0),
  retry_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

comment on column notification_channels.target is 'Where it leads, without what is secret';
comment on column notification_channels.sealed_secret is 'Encrypted with a key that is not in the database; null: the kind has no secret';
comment on column notification_channels.disabled_reason is 'Why the server switched it off; null: it did not';
comment on column notification_channels.failure_count is 'Attempts that failed one after the other, up to now';
comment on column notification_channels.retry_at is 'New messages wait until then after a failure; null: they do not';
comment on column notification_channels.deleted_at is 'Hidden since then and deleted for good a month later; null: in use';

create table notification_deliveries (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  channel_id uuid not null,
  status text not null check (status in ('waiting', 'sending', 'retrying', 'delivered', 'failed', 'suppressed')),
  reason text,
  is_test boolean not null,
  attempt_count integer not null default 0 check (attempt_count >= 0),
  due_at timestamptz not null,
  delivered_at timestamptz,
  decided_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, channel_id) references notification_channels (tenant_id, id) on delete cascade
);

comment on column notification_deliveries.reason is 'Why it was not, or not yet, delivered; null: nothing went wrong';
comment on column notification_deliveries.due_at is 'Not before this: until then others of the channel join it';
comment on column notification_deliveries.delivered_at is 'Null: it was not delivered';
comment on column notification_deliveries.decided_at is 'By the clock of the server that decided it';
create index notification_deliveries_tenant_id_channel_id_idx on notification_deliveries (tenant_id, channel_id, decided_at);
create index notification_deliveries_tenant_id_open_idx on notification_deliveries (tenant_id, channel_id)
  where status in ('waiting', 'sending', 'retrying');

create table notification_delivery_notices (
  tenant_id uuid not null references tenants (id) on delete cascade,
  channel_id uuid not null,
  notice_id uuid not null,
  delivery_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, channel_id, notice_id),
  foreign key (tenant_id, notice_id) references notices (tenant_id, id) on delete cascade,
  foreign key (tenant_id, delivery_id) references notification_deliveries (tenant_id, id) on delete cascade
);

comment on table notification_delivery_notices is 'A channel is told of a notice once: the key says so';
create index notification_delivery_notices_tenant_id_delivery_id_idx
  on notification_delivery_notices (tenant_id, delivery_id);
create index notification_delivery_notices_tenant_id_notice_id_idx on notification_delivery_notices (tenant_id, notice_id);
create index notices_tenant_id_incident_id_idx on notices (tenant_id, incident_id) where incident_id is not null;

do $$
declare
  table_name text;
begin
  foreach table_name in array
    array['notification_channels', 'notification_deliveries', 'notification_delivery_notices']
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

grant select, insert, update, delete
  on notification_channels, notification_deliveries, notification_delivery_notices to loghunter_app;
