-- Sums of one length lie side by side: a list of 24 hours read half of its pages for sums of other lengths.
-- Copies all sums while nobody can read or write them.
alter table cluster_spans no force row level security;
alter table error_clusters no force row level security;
alter table cluster_spans rename to cluster_spans_of_all_lengths;
alter index cluster_spans_pkey rename to cluster_spans_of_all_lengths_pkey;

create table cluster_spans (
  tenant_id uuid not null,
  span_hours smallint not null,
  start_at timestamptz not null,
  cluster_id uuid not null,
  level smallint not null constraint cluster_spans_level_check check (level in (0, 1, 5, 9, 13, 17, 21)),
  event_count bigint not null constraint cluster_spans_event_count_check check (event_count >= 0),
  line_count bigint not null constraint cluster_spans_line_count_check check (line_count >= 0)
) partition by list (span_hours);

comment on table cluster_spans is 'Sums of cluster_minutes over all streams by the hour, by six hours and by the day (UTC), kept in the same transaction';

create table cluster_hours partition of cluster_spans for values in (1) with (fillfactor = 80);
create table cluster_six_hours partition of cluster_spans for values in (6) with (fillfactor = 80);
create table cluster_days partition of cluster_spans for values in (24) with (fillfactor = 80);

insert into cluster_spans (tenant_id, span_hours, start_at, cluster_id, level, event_count, line_count)
select tenant_id, span_hours, start_at, cluster_id, level, event_count, line_count from cluster_spans_of_all_lengths
order by tenant_id, span_hours, start_at, cluster_id, level;
drop table cluster_spans_of_all_lengths;

alter table cluster_spans
  add constraint cluster_spans_pkey primary key (tenant_id, span_hours, start_at, cluster_id, level),
  add constraint cluster_spans_tenant_id_cluster_id_fkey
    foreign key (tenant_id, cluster_id) references error_clusters (tenant_id, id) on delete cascade;
alter table error_clusters force row level security;
create index cluster_spans_tenant_id_cluster_id_idx on cluster_spans (tenant_id, cluster_id, span_hours, start_at);

-- The parts are reached by way of the whole; nobody but their owner may name them.
do $$
declare
  table_name text;
begin
  foreach table_name in array array['cluster_spans', 'cluster_hours', 'cluster_six_hours', 'cluster_days']
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

grant select, insert, update, delete on cluster_spans to loghunter_app;
