// Rows of a ledger in which much has been counted, made by SQL: writing them as the scanner does takes hours.

import type { ClusterCount, Ledger, StreamMinute } from '@loghunter/ports';

/** Ends inside an hour, as a page's range does: minutes are added up as well. */
export const endMs = Date.UTC(2026, 10, 20, 12, 34);
export const dayMs = 86_400_000;
export const serviceCount = 40;

/** What a ledger is filled with. */
export interface Plan {
  readonly name: string;
  readonly clusterCount: number;
  readonly days: number;
  /** Rows of cluster_minutes as a query of `n` (the cluster) and `minute_at`, four lines each. */
  readonly minuteRows: string;
}

const clusterId = (n: string) => `('00000000-0000-4000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const at = (ms: number) => `timestamptz 'epoch' + interval '1 ms' * ${ms}::bigint`;
const states = `(array['new', 'ongoing', 'ongoing', 'ongoing', 'escalating', 'regressed', 'ignored', 'resolved'])[1 + n % 8]`;

/** Every cluster has lines again and again over all days, at other minutes each time. */
export function spread(lineCount: number, clusterCount: number, days: number): string {
  return `select 1 + row % ${clusterCount} as n,
      date_trunc('minute', ${at(endMs - days * dayMs)} + interval '1 second' * floor(random() * ${days * 86_400})) as minute_at
    from generate_series(1, ${lineCount / 4}) row`;
}

/** One cluster in a hundred has lines each day, the others on two days only. */
export function longTail(clusterCount: number, days: number): string {
  return `select n, ${at(endMs - days * dayMs)} + interval '1 day' * day + interval '1 hour' * (n % 24) as minute_at
    from generate_series(1, ${clusterCount}) n
    cross join lateral (
      select day from generate_series(0, ${days - 1}) day where n % 100 = 0
      union all select (n + offset_days) % ${days} from unnest(array[0, 7]) offset_days where n % 100 <> 0
    ) days`;
}

/** The id of the n-th cluster that `fillTexts` makes, counted from 1. */
export function clusterIdOf(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** What was read of a service's stream in a minute. */
export function minuteOf(service: number, minuteMs: number, counts: readonly ClusterCount[]): StreamMinute {
  return {
    ...{ labels: { app: `service-${service}` }, service: `service-${service}`, namespace: 'namespace', minuteMs },
    ...{
      lineCount: counts.reduce((sum, { lineCount }) => sum + lineCount, 0),
      unreadLineCount: 0,
      isClosed: true,
      counts,
    },
  };
}

/** A watch that reads a stream of each service; returns its id. */
export async function openStreams(ledger: Ledger, tenantId: string): Promise<string> {
  const { id: watchId } = await ledger.ensureWatch(tenantId, { name: 'all', selectors: [], discoveredLabelNames: [] });
  const minutes = Array.from({ length: serviceCount }, (_, service) => minuteOf(service, endMs, []));
  await ledger.write(tenantId, { watchId, minutes, clusters: [], samples: [] });
  return watchId;
}

/** Statements that fill the tables of a tenant that has its streams; rows come in the order of their time, as the scanner writes them. */
export function fillTexts(tenantId: string, { clusterCount, days, minuteRows }: Plan): readonly string[] {
  return [
    `select make_count_parts(array(
       select date_bin('7 days', ${at(endMs - days * dayMs)}, '1970-01-05Z') + interval '7 days' * n from generate_series(0, ${Math.ceil(days / 7)}) n
     ))`,
    `insert into error_clusters (tenant_id, id, service, namespace, fingerprint, algorithm_version, template, template_text, search_text,
       signature, level, event_count, line_count, first_seen_at, last_seen_at)
     select '${tenantId}', ${clusterId('n')}, 'service-' || n % ${serviceCount}, 'namespace', 'fingerprint-' || n, 1, '[]',
       'request ' || n || ' failed', 'request ' || n || ' failed', '', 17, 24, 24, ${at(endMs - 90 * dayMs)}, ${at(endMs)}
     from generate_series(1, ${clusterCount}) n`,
    `insert into cluster_work (tenant_id, cluster_id, state, since_at, work)
     select '${tenantId}', ${clusterId('n')}, ${states}, now(), jsonb_build_object('state', ${states}, 'sinceMs', ${endMs})
     from generate_series(1, ${clusterCount}) n`,
    `insert into cluster_minutes (tenant_id, stream_id, minute_at, cluster_id, level, event_count, line_count, first_at, last_at)
     select '${tenantId}', streams.id, minute_at, ${clusterId('n')}, 17, 4, 4, minute_at, minute_at
     from (${minuteRows}) made
     join streams on streams.tenant_id = '${tenantId}' and streams.service = 'service-' || n % ${serviceCount}
     order by minute_at on conflict do nothing`,
    `insert into stream_minutes (tenant_id, stream_id, minute_at, line_count, unread_line_count, is_closed)
     select tenant_id, stream_id, minute_at, sum(line_count), 0, true from cluster_minutes where tenant_id = '${tenantId}'
     group by 1, 2, 3 order by 3 on conflict do nothing`,
    `insert into stream_hours (tenant_id, stream_id, hour_at, line_count, unread_line_count)
     select tenant_id, stream_id, date_trunc('hour', minute_at, 'UTC'), sum(line_count), 0 from stream_minutes where tenant_id = '${tenantId}'
     group by 1, 2, 3 order by 3`,
    `insert into cluster_spans (tenant_id, span_hours, start_at, cluster_id, level, event_count, line_count)
     select tenant_id, span_hours, date_bin(make_interval(hours => span_hours), minute_at, timestamptz 'epoch'), cluster_id, level,
       sum(event_count), sum(line_count)
     from cluster_minutes cross join unnest(array[1, 6, 24]::smallint[]) span (span_hours)
     where tenant_id = '${tenantId}' group by 1, 2, 3, 4, 5 order by 2, 3`,
    `insert into cluster_levels (tenant_id, cluster_id, level, event_count, line_count)
     select tenant_id, cluster_id, level, sum(event_count), sum(line_count) from cluster_spans
     where tenant_id = '${tenantId}' and span_hours = 24 group by 1, 2, 3`,
    `insert into source_spans (tenant_id, span_minutes, start_at, service, namespace, level, event_count, line_count)
     select counts.tenant_id, span_minutes, date_bin(make_interval(mins => span_minutes), minute_at, timestamptz 'epoch'), service, namespace,
       counts.level, sum(counts.event_count), sum(counts.line_count)
     from cluster_minutes counts join error_clusters clusters on clusters.tenant_id = counts.tenant_id and clusters.id = counts.cluster_id
     cross join unnest(array[5, 60, 1440]::smallint[]) span (span_minutes)
     where counts.tenant_id = '${tenantId}' group by 1, 2, 3, 4, 5, 6`,
  ];
}
