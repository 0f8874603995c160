import { unclusteredFingerprint } from '@loghunter/engine/fingerprints';
import type { MinuteRange, SqlSession, WatchCoverageRow } from '@loghunter/ports';
import { pieceColumns, splitRange } from './range-pieces.ts';
import { streamCounts } from './stream-counts.ts';

interface StoredWatchCoverage extends Record<string, unknown> {
  readonly name: string;
  readonly source: string;
  readonly one_in: number;
  readonly is_retired: boolean;
  readonly line_count: number;
  readonly unclustered_line_count: number;
  readonly late_line_count: number;
  readonly unread_line_count: number;
  readonly read_from_at: Date | null;
  readonly read_up_to_at: Date | null;
  readonly held_back_by: WatchCoverageRow['heldBackBy'];
}

// Lines without a cluster are few and stand in few clusters; their minutes tell the stream, which sums of clusters do not.
const coverageText = `
  with counts as (
    ${streamCounts(['stream_id', 'line_count', 'unread_line_count', 'late_line_count'])}
  ), read as (
    select streams.watch_id, sum(counts.line_count)::bigint as line_count, sum(counts.unread_line_count)::bigint as unread_line_count,
      sum(counts.late_line_count)::bigint as late_line_count
    from counts join streams on streams.tenant_id = $1 and streams.id = counts.stream_id group by 1
  ), unclustered as (
    select streams.watch_id, sum(minutes.line_count)::bigint as line_count
    from error_clusters clusters
    join cluster_minutes minutes on minutes.tenant_id = $1 and minutes.cluster_id = clusters.id
      and minutes.minute_at >= to_timestamp($6::float8 / 1000) and minutes.minute_at < to_timestamp($7::float8 / 1000)
    join streams on streams.tenant_id = $1 and streams.id = minutes.stream_id
    where clusters.tenant_id = $1 and clusters.fingerprint = $8 group by 1
  )
  select watches.name, watches.source, watches.one_in, watches.retired_at is not null as is_retired, watches.read_from_at, watches.read_up_to_at,
    case when watches.lease_holder is null or watches.lease_expires_at <= clock_timestamp() then 'scanner' else watches.held_back_by end as held_back_by,
    coalesce(read.line_count, 0)::bigint as line_count, coalesce(read.unread_line_count, 0)::bigint as unread_line_count,
    coalesce(read.late_line_count, 0)::bigint as late_line_count, coalesce(unclustered.line_count, 0)::bigint as unclustered_line_count
  from watches left join read on read.watch_id = watches.id left join unclustered on unclustered.watch_id = watches.id
  where watches.tenant_id = $1 and (watches.retired_at is null or read.watch_id is not null)
  order by watches.name collate "C"`;

/** Lines of each watch in the range; see `ClusterStore.readWatchCoverage`. */
export async function readWatchCoverage(
  session: SqlSession,
  tenantId: string,
  range: MinuteRange
): Promise<readonly WatchCoverageRow[]> {
  const pieces = splitRange(range, range.fromMs, range.toMs - range.fromMs, [60]);
  const rows = await session.query<StoredWatchCoverage>(coverageText, [
    tenantId,
    ...pieceColumns(pieces),
    range.fromMs,
    range.toMs,
    unclusteredFingerprint,
  ]);
  return rows.map((row) => ({
    name: row.name,
    source: row.source,
    oneIn: row.one_in,
    isRetired: row.is_retired,
    lineCount: row.line_count,
    unclusteredLineCount: row.unclustered_line_count,
    lateLineCount: row.late_line_count,
    unreadLineCount: row.unread_line_count,
    readFromMs: row.read_from_at?.getTime() ?? null,
    readUpToMs: row.read_up_to_at?.getTime() ?? null,
    heldBackBy: row.held_back_by,
  }));
}
