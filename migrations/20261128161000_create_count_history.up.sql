-- Lines of services from before the ledger begins, counted by the log store: what baselines learn from at first start.

create table count_history (
  tenant_id uuid not null references tenants (id) on delete cascade,
  watch_id uuid not null,
  service text not null,
  namespace text not null,
  hour_at timestamptz not null,
  line_counts integer[] not null check (cardinality(line_counts) = 60),
  error_counts integer[] check (cardinality(error_counts) = 60),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, watch_id, hour_at, service, namespace),
  foreign key (tenant_id, watch_id) references watches (tenant_id, id) on delete cascade
);

comment on column count_history.line_counts is 'By minute of the hour';
comment on column count_history.error_counts is 'By minute of the hour; null: the lines tell no levels';

create table count_history_marks (
  tenant_id uuid not null references tenants (id) on delete cascade,
  watch_id uuid not null,
  read_from_at timestamptz not null,
  read_up_to_at timestamptz not null,
  missing jsonb not null,
  is_complete boolean not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, watch_id),
  foreign key (tenant_id, watch_id) references watches (tenant_id, id) on delete cascade,
  check (read_from_at <= read_up_to_at)
);

comment on column count_history_marks.read_from_at is 'Everything from here to read_up_to_at was asked for, the newest first';
comment on column count_history_marks.missing is 'Ranges that the log store could not count, as pairs of milliseconds since 1970: nobody knows what they held';
comment on column count_history_marks.is_complete is 'There is nothing more to ask for';

alter table anomaly_runs add column learned_from jsonb not null default '{}';
comment on column anomaly_runs.learned_from is 'By watch: since when its ledger, and its counts, were known when the detectors learned; more makes them learn again';

do $$
declare
  table_name text;
begin
  foreach table_name in array array['count_history', 'count_history_marks']
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

grant select, insert, update, delete on count_history, count_history_marks to loghunter_app;
