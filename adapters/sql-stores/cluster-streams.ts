import type { Labels } from '@loghunter/engine/records';
import type { LabelValueCount, MinuteRange, SqlSession, StreamFigures } from '@loghunter/ports';
import { pieceColumns, splitRange } from './range-pieces.ts';
import { streamCounts } from './stream-counts.ts';

interface StreamRow extends Record<string, unknown> {
  readonly labels: Labels;
  readonly line_count: number;
  readonly first_at: Date;
  readonly last_at: Date;
}

/** Label sets of the streams in which the members of a cluster have lines in the range, most lines first. */
export async function listStreams(
  session: SqlSession,
  tenantId: string,
  clusterIds: readonly string[],
  range: MinuteRange,
  limit: number
): Promise<readonly StreamFigures[]> {
  const rows = await session.query<StreamRow>(
    `select streams.labels, sums.line_count, sums.first_at, sums.last_at
     from (
       select stream_id, sum(line_count)::bigint as line_count, min(first_at) as first_at, max(last_at) as last_at
       from cluster_minutes
       where tenant_id = $1 and cluster_id = any($2::uuid[])
         and minute_at >= to_timestamp($3::float8 / 1000) and minute_at < to_timestamp($4::float8 / 1000)
       group by stream_id having sum(line_count) > 0
     ) sums
     join streams on streams.tenant_id = $1 and streams.id = sums.stream_id
     order by sums.line_count desc, streams.id
     limit $5`,
    [tenantId, clusterIds, range.fromMs, range.toMs, limit]
  );
  return rows.map((row) => ({
    ...{ labels: row.labels, lineCount: row.line_count },
    ...{ firstMs: row.first_at.getTime(), lastMs: row.last_at.getTime() },
  }));
}

interface LabelValueRow extends Record<string, unknown> {
  readonly name: string;
  readonly value: string;
  readonly cluster_line_count: number;
  readonly overall_line_count: number;
}

/** Lines per label value of the cluster and of everything read in the range, for labels that occur in the cluster's streams. */
export async function countLabelValues(
  session: SqlSession,
  tenantId: string,
  clusterIds: readonly string[],
  range: MinuteRange
): Promise<readonly LabelValueCount[]> {
  const pieces = splitRange(range, range.fromMs, range.toMs - range.fromMs, [60]);
  const rows = await session.query<LabelValueRow>(
    `with cluster_streams as (
       select stream_id, sum(line_count) as line_count
       from cluster_minutes
       where tenant_id = $1 and cluster_id = any($8::uuid[])
         and minute_at >= to_timestamp($6::float8 / 1000) and minute_at < to_timestamp($7::float8 / 1000)
       group by stream_id having sum(line_count) > 0
     ), read_counts as (
       ${streamCounts(['stream_id', 'line_count'])}
     ), overall as (
       select stream_id, sum(line_count) as line_count from read_counts group by stream_id
     ), label_values as (
       select label.key as name, label.value, coalesce(cluster_streams.line_count, 0) as cluster_lines, overall.line_count as overall_lines
       from overall
       join streams on streams.tenant_id = $1 and streams.id = overall.stream_id
       left join cluster_streams on cluster_streams.stream_id = overall.stream_id
       cross join lateral jsonb_each_text(streams.labels) as label
     )
     select name, value, sum(cluster_lines)::bigint as cluster_line_count, sum(overall_lines)::bigint as overall_line_count
     from label_values
     where name in (select name from label_values where cluster_lines > 0)
     group by name, value
     having sum(cluster_lines) > 0 or sum(overall_lines) > 0
     order by name collate "C", sum(cluster_lines) desc, sum(overall_lines) desc, value collate "C"`,
    [tenantId, ...pieceColumns(pieces), range.fromMs, range.toMs, clusterIds]
  );
  return rows.map((row) => ({
    name: row.name,
    value: row.value,
    clusterLineCount: row.cluster_line_count,
    overallLineCount: row.overall_line_count,
  }));
}
