import type { SqlSession } from '@loghunter/ports';
import type { CountDifference } from './difference.ts';
import { sumFiveMinuteChanges } from './sum-changes.ts';

/** Lengths of the stretches whose sums by source are kept; each divides the next, and they start at multiples of themselves since 1970. */
export const sourceLengthsMinutes = [5, 60, 1440] as const;

/**
 * Adds the difference to the sums of the clusters' services and namespaces. The clusters of all rows must be locked.
 * Two writers may have clusters of one service and none in common: both take its rows in the same order, so that neither waits for the other in a ring.
 */
export async function applySources(session: SqlSession, tenantId: string, difference: CountDifference): Promise<void> {
  const changes = sumFiveMinuteChanges(difference);
  if (changes.length === 0) {
    return;
  }
  await session.query(
    `insert into source_spans as stored (tenant_id, span_minutes, start_at, service, namespace, level, event_count, line_count)
     select $1, span_minutes, date_bin(make_interval(mins => span_minutes), to_timestamp(start_ms / 1000), timestamptz 'epoch') as start_at,
       clusters.service, clusters.namespace, change.level, sum(change.event_count)::bigint, sum(change.line_count)::bigint
     from unnest($2::float8[], $3::uuid[], $4::smallint[], $5::bigint[], $6::bigint[]) as change (start_ms, cluster_id, level, event_count, line_count)
     join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = change.cluster_id
     cross join unnest($7::smallint[]) as span (span_minutes)
     group by 2, 3, 4, 5, 6 having sum(change.event_count) <> 0 or sum(change.line_count) <> 0
     order by 2, 3, 4, 5, 6
     on conflict (tenant_id, span_minutes, start_at, service, namespace, level) do update
       set event_count = stored.event_count + excluded.event_count, line_count = stored.line_count + excluded.line_count`,
    [
      tenantId,
      changes.map((change) => change.startMs),
      changes.map((change) => change.clusterId),
      changes.map((change) => change.level),
      changes.map((change) => change.eventCount),
      changes.map((change) => change.lineCount),
      [...sourceLengthsMinutes],
    ]
  );
}
