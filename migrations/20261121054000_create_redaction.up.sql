-- What a tenant wants taken out of texts beside the built-in rules, and how often each rule took something out.

create table redaction_rules (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null check (name <> '' and length(name) <= 40),
  form text not null check (form in ('literal', 'expression')),
  pattern text not null check (pattern <> '' and length(pattern) <= 500),
  ignores_case boolean not null,
  created_by text not null,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

comment on column redaction_rules.deleted_at is 'Not applied since then; null: in use';
create unique index redaction_rules_tenant_id_name_idx on redaction_rules (tenant_id, name) where deleted_at is null;

create table redaction_counts (
  tenant_id uuid not null references tenants (id) on delete cascade,
  rule_name text not null,
  match_count bigint not null check (match_count >= 0),
  last_matched_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, rule_name)
);

comment on table redaction_counts is 'Values that each rule, built-in or own, took out of texts before they were stored';

do $$
declare
  table_name text;
begin
  foreach table_name in array array['redaction_rules', 'redaction_counts'] loop
    execute format('alter table %I enable row level security', table_name);
    execute format('alter table %I force row level security', table_name);
    execute format(
      'create policy %I on %I using (tenant_id = (select nullif(current_setting(''loghunter.tenant_id'', true), '''')::uuid))',
      table_name || '_of_tenant', table_name
    );
  end loop;
end
$$;

grant select, insert, update, delete on redaction_rules, redaction_counts to loghunter_app;
