import { unclusteredFingerprint } from '@loghunter/engine/fingerprints';
import type { CoverageRow, MinuteRange, SqlSession } from '@loghunter/ports';
import { pieceColumns, splitRange } from './range-pieces.ts';
import { streamCounts } from './stream-counts.ts';

interface StoredCoverage extends Record<string, unknown> {
  readonly line_count: number;
  readonly unread_line_count: number;
  readonly unclustered_line_count: number;
  readonly read_from_at: Date | null;
  readonly read_up_to_at: Date | null;
}

/** Lines read and not read in the range, all clusters; marks over the watches in use that have been read. */
export async function readCoverage(session: SqlSession, tenantId: string, range: MinuteRange): Promise<CoverageRow> {
  const pieces = splitRange(range, range.fromMs, range.toMs - range.fromMs, [60]);
  const [row] = await session.query<StoredCoverage>(
    `with counts as (
       ${streamCounts(['line_count', 'unread_line_count'])}
     ), unclustered as (
       select spans.line_count
       from error_clusters clusters
       cross join unnest($2::float8[], $3::float8[]) as piece (from_ms, to_ms)
       cross join lateral (
         -- \`offset 0\`: each piece is looked up by its bounds.
         select line_count from cluster_spans where tenant_id = $1 and span_hours = 1 and cluster_id = clusters.id
           and start_at >= to_timestamp(piece.from_ms / 1000) and start_at < to_timestamp(piece.to_ms / 1000)
         offset 0
       ) spans
       where clusters.tenant_id = $1 and clusters.fingerprint = $6
       union all
       select minutes.line_count
       from error_clusters clusters
       cross join unnest($4::float8[], $5::float8[]) as piece (from_ms, to_ms)
       cross join lateral (
         select line_count from cluster_minutes where tenant_id = $1 and cluster_id = clusters.id
           and minute_at >= to_timestamp(piece.from_ms / 1000) and minute_at < to_timestamp(piece.to_ms / 1000)
         offset 0
       ) minutes
       where clusters.tenant_id = $1 and clusters.fingerprint = $6
     )
     select (select coalesce(sum(line_count), 0) from unclustered)::bigint as unclustered_line_count,
       coalesce(sum(line_count), 0)::bigint as line_count, coalesce(sum(unread_line_count), 0)::bigint as unread_line_count,
       (select min(read_from_at) from watches where tenant_id = $1 and retired_at is null) as read_from_at,
       (select min(read_up_to_at) from watches where tenant_id = $1 and retired_at is null) as read_up_to_at
     from counts`,
    [tenantId, ...pieceColumns(pieces), unclusteredFingerprint]
  );
  return {
    lineCount: row?.line_count ?? 0,
    unreadLineCount: row?.unread_line_count ?? 0,
    unclusteredLineCount: row?.unclustered_line_count ?? 0,
    readFromMs: row?.read_from_at?.getTime() ?? null,
    readUpToMs: row?.read_up_to_at?.getTime() ?? null,
  };
}
