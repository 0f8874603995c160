// What lists and overviews asked before sums of one length lay side by side and services had sums of their own, to be measured beside what they ask now.
// Each takes a tenant, and where the range begins and ends in milliseconds.

/** All sums in one table, in the order in which they came. */
export const fillFormerSpans = `
  create table former_spans (
    tenant_id uuid not null, span_hours smallint not null, start_at timestamptz not null, cluster_id uuid not null, level smallint not null,
    event_count bigint not null, line_count bigint not null, created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    primary key (tenant_id, span_hours, start_at, cluster_id, level)
  ) with (fillfactor = 80);
  insert into former_spans (tenant_id, span_hours, start_at, cluster_id, level, event_count, line_count)
  select * from cluster_spans order by start_at, cluster_id;
  create index on former_spans (tenant_id, cluster_id, span_hours, start_at);
  grant select on former_spans to loghunter_app`;

const inRange = (column: string) =>
  `${column} >= to_timestamp($2::float8 / 1000) and ${column} < to_timestamp($3::float8 / 1000)`;

/** The busiest clusters that a condition chooses, by the sums of six hours, and the totals of all. */
export function formerList(condition: string): string {
  return `
    with members as materialized (
      select id, canonical_id from error_clusters where tenant_id = $1 and canonical_id is not null
    ), wanted as materialized (
      select clusters.id from error_clusters clusters left join cluster_work listed on listed.tenant_id = $1 and listed.cluster_id = clusters.id
      where clusters.tenant_id = $1 and clusters.canonical_id is null and ${condition}
    ), counted as materialized (
      select id as cluster_id from wanted union all select members.id from members join wanted on wanted.id = members.canonical_id
    ), sums as materialized (
      select coalesce(members.canonical_id, counts.cluster_id) as id, sum(event_count) as event_count, sum(line_count) as line_count
      from (
        select spans.cluster_id, spans.event_count::float8 as event_count, spans.line_count::float8 as line_count
        from counted join former_spans spans on spans.cluster_id = counted.cluster_id and spans.tenant_id = $1 and spans.span_hours = 6
          and ${inRange('spans.start_at')}
      ) counts left join members on members.id = counts.cluster_id
      group by 1 having sum(event_count) > 0 or sum(line_count) > 0
    )
    select * from (select count(*), sum(event_count) as events, sum(line_count) as lines from sums) totals
    left join (select * from sums order by event_count desc, line_count desc, id limit 51) page on true`;
}

/** Counts by service, level and hour. */
export const formerOverview = `
  select clusters.service, clusters.namespace, spans.level, floor((extract(epoch from spans.start_at)::float8 * 1000 - $2) / 3600000)::integer as step,
    sum(spans.event_count::float8) as event_count, sum(spans.line_count::float8) as line_count
  from former_spans spans join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = spans.cluster_id
  where spans.tenant_id = $1 and spans.span_hours = 1 and ${inRange('spans.start_at')} group by 1, 2, 3, 4`;
