-- Who did what: rows that are only ever added, each with a hash over itself and the row before it.
-- Segments bound how much of the chain retention may take away: the hash of a segment stays when its entries go.

create table audit_segments (
  tenant_id uuid not null references tenants (id) on delete cascade,
  number integer not null check (number > 0),
  first_sequence bigint not null check (first_sequence > 0),
  entry_count integer not null default 0 check (entry_count >= 0),
  previous_hash text not null check (length(previous_hash) = 64),
  last_hash text not null check (length(last_hash) = 64),
  closed_at timestamptz,
  entries_deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, number)
);

comment on column audit_segments.previous_hash is 'last_hash of the segment before; zeros for the first';
comment on column audit_segments.last_hash is 'Hash of the newest entry; previous_hash while there is none';
comment on column audit_segments.closed_at is 'No entry is added any more since then; null: open, one a tenant';
comment on column audit_segments.entries_deleted_at is 'Retention took the entries; null: they are there';
create unique index audit_segments_tenant_id_open_idx on audit_segments (tenant_id) where closed_at is null;

create table audit_entries (
  tenant_id uuid not null,
  sequence bigint not null check (sequence > 0),
  segment_number integer not null,
  occurred_at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  action text not null,
  object_kind text not null,
  object_id text not null,
  result text not null,
  request_id text not null,
  details text not null,
  hash text not null check (length(hash) = 64),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, sequence),
  foreign key (tenant_id, segment_number) references audit_segments (tenant_id, number) on delete cascade
);

comment on column audit_entries.details is 'JSON text as it was hashed; jsonb would reorder it';
comment on column audit_entries.updated_at is 'Always created_at: entries do not change';
create index audit_entries_tenant_id_segment_number_idx on audit_entries (tenant_id, segment_number);

do $$
declare
  table_name text;
begin
  foreach table_name in array array['audit_segments', 'audit_entries']
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

grant select, insert, update on audit_segments to loghunter_app;
grant select, insert on audit_entries to loghunter_app;

-- The application may not delete entries; this takes those of one closed segment, none younger than a month, and leaves its hash.
-- Row-level security is forced for the owner too: only the tenant of the transaction is reached.
create function delete_audit_segment(of_tenant uuid, of_number integer) returns bigint
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  deleted_count bigint;
begin
  update public.audit_segments set entries_deleted_at = now(), updated_at = now()
  where tenant_id = of_tenant and number = of_number and entries_deleted_at is null
    and closed_at < now() - interval '30 days'
    and of_tenant = nullif(current_setting('loghunter.tenant_id', true), '')::uuid;
  if not found then
    return 0;
  end if;
  delete from public.audit_entries where tenant_id = of_tenant and segment_number = of_number;
  get diagnostics deleted_count = row_count;
  return deleted_count;
end
$$;

revoke all on function delete_audit_segment (uuid, integer) from public;
grant execute on function delete_audit_segment (uuid, integer) to loghunter_app;
