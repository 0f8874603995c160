alter table cluster_spans no force row level security;
alter table cluster_hours no force row level security;
alter table cluster_six_hours no force row level security;
alter table cluster_days no force row level security;
alter table cluster_spans rename to cluster_spans_by_length;
alter index cluster_spans_pkey rename to cluster_spans_by_length_pkey;
alter index cluster_spans_tenant_id_cluster_id_idx rename to cluster_spans_by_length_tenant_id_cluster_id_idx;

create table cluster_spans (
  tenant_id uuid not null,
  span_hours smallint not null check (span_hours in (1, 6, 24)),
  start_at timestamptz not null,
  cluster_id uuid not null,
  level smallint not null check (level in (0, 1, 5, 9, 13, 17, 21)),
  event_count bigint not null check (event_count >= 0),
  line_count bigint not null check (line_count >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, span_hours, start_at, cluster_id, level),
  foreign key (tenant_id, cluster_id) references error_clusters (tenant_id, id) on delete cascade
) with (fillfactor = 80);

comment on table cluster_spans is 'Sums of cluster_minutes over all streams by the hour, by six hours and by the day (UTC), kept in the same transaction';
insert into cluster_spans (tenant_id, span_hours, start_at, cluster_id, level, event_count, line_count)
select tenant_id, span_hours, start_at, cluster_id, level, event_count, line_count from cluster_spans_by_length;
create index cluster_spans_tenant_id_cluster_id_idx on cluster_spans (tenant_id, cluster_id, span_hours, start_at);
drop table cluster_spans_by_length;

alter table cluster_spans enable row level security;
alter table cluster_spans force row level security;
create policy cluster_spans_of_tenant on cluster_spans
  using (tenant_id = (select nullif(current_setting('loghunter.tenant_id', true), '')::uuid));
grant select, insert, update, delete on cluster_spans to loghunter_app;
