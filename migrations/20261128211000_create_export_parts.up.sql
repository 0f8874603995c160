-- Files of exports, in pieces of some hundred kilobytes.
create table export_parts (
  tenant_id uuid not null references tenants (id) on delete cascade,
  file_id uuid not null,
  part integer not null,
  content text not null,
  size_bytes integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, file_id, part)
);

comment on table export_parts is 'Here rather than in a folder, so that every replica can hand a file out, and under row-level security as all of a tenant is';
create index export_parts_tenant_id_created_at_idx on export_parts (tenant_id, created_at);

alter table export_parts enable row level security;
alter table export_parts force row level security;
create policy export_parts_of_tenant on export_parts
  using (tenant_id = (select nullif(current_setting('loghunter.tenant_id', true), '')::uuid));
grant select, insert, update, delete on export_parts to loghunter_app;
