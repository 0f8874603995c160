-- Sums of cluster_minutes by service and namespace: an overview does not go through all clusters.
create table source_spans (
  tenant_id uuid not null references tenants (id) on delete cascade,
  span_minutes smallint not null check (span_minutes in (5, 60, 1440)),
  start_at timestamptz not null,
  service text not null,
  namespace text not null,
  level smallint not null check (level in (0, 1, 5, 9, 13, 17, 21)),
  event_count bigint not null,
  line_count bigint not null,
  primary key (tenant_id, span_minutes, start_at, service, namespace, level)
) with (fillfactor = 80);

comment on table source_spans is 'Sums of cluster_minutes over the clusters of a service by five minutes, by the hour and by the day (UTC), kept in the same transaction';
-- No check that they are not negative: an upsert offers its change as a row before it adds it.
comment on column source_spans.event_count is 'Zero: what was counted was taken back when its minutes were read again';

alter table cluster_minutes no force row level security;
alter table error_clusters no force row level security;
insert into source_spans (tenant_id, span_minutes, start_at, service, namespace, level, event_count, line_count)
select counts.tenant_id, span_minutes, date_bin(make_interval(mins => span_minutes), minute_at, timestamptz 'epoch'),
  clusters.service, clusters.namespace, counts.level, sum(counts.event_count), sum(counts.line_count)
from cluster_minutes counts
join error_clusters clusters on clusters.tenant_id = counts.tenant_id and clusters.id = counts.cluster_id
cross join unnest(array[5, 60, 1440]) as span (span_minutes)
group by 1, 2, 3, 4, 5, 6
order by 1, 2, 3, 4, 5, 6;
alter table cluster_minutes force row level security;
alter table error_clusters force row level security;

alter table source_spans enable row level security;
alter table source_spans force row level security;
create policy source_spans_of_tenant on source_spans
  using (tenant_id = (select nullif(current_setting('loghunter.tenant_id', true), '')::uuid));
grant select, insert, update, delete on source_spans to loghunter_app;
