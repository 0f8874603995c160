import type { Labels } from '@loghunter/engine/records';
import type { CountSteps, SourceCount, SourceFilter, SqlSession } from '@loghunter/ports';
import { sourceLengthsMinutes } from './apply-sources.ts';
import { numberToLevel } from './levels.ts';
import { pieceColumns, splitRange } from './range-pieces.ts';
import { toStorableText } from './storable-text.ts';
import { streamCounts } from './stream-counts.ts';

interface StoredSourceCount extends Record<string, unknown> {
  readonly service: string;
  readonly namespace: string;
  readonly level: number;
  readonly step: number;
  readonly event_count: number;
  readonly line_count: number;
}

const isWanted = (table: string, place: number) =>
  `(cardinality($${place}::text[]) = 0 or ${table}.service = any($${place}::text[]))
     and (cardinality($${place + 1}::text[]) = 0 or ${table}.namespace = any($${place + 1}::text[]))`;

// Minutes at the ends by way of the streams, so that the primary key leads to them. `offset 0`: each piece is looked up by its bounds; the planner, who
// does not know them, would go through all minutes.
const minutesText = `
    from unnest($5::float8[], $6::float8[]) as piece (from_ms, to_ms)
    join streams on streams.tenant_id = $1
    cross join lateral (
      select * from cluster_minutes counted where counted.tenant_id = $1 and counted.stream_id = streams.id
        and counted.minute_at >= to_timestamp(piece.from_ms / 1000) and counted.minute_at < to_timestamp(piece.to_ms / 1000)
      offset 0
    ) minutes
    join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = minutes.cluster_id and ${isWanted('clusters', 7)}`;

/** Counts by source, level and step. */
export async function countSources(
  session: SqlSession,
  tenantId: string,
  filter: SourceFilter,
  { startMs, stepMs }: CountSteps
): Promise<readonly SourceCount[]> {
  const pieces = splitRange(filter.range, startMs, stepMs, sourceLengthsMinutes);
  const rows = await session.query<StoredSourceCount>(
    `with counts as (
       select spans.service, spans.namespace, spans.level, spans.start_at as counted_at,
         spans.event_count::float8 as event_count, spans.line_count::float8 as line_count
       from unnest($2::smallint[], $3::float8[], $4::float8[]) as piece (span_minutes, from_ms, to_ms)
       cross join lateral (
         select * from source_spans counted where counted.tenant_id = $1 and counted.span_minutes = piece.span_minutes
           and counted.start_at >= to_timestamp(piece.from_ms / 1000) and counted.start_at < to_timestamp(piece.to_ms / 1000)
           and ${isWanted('counted', 7)}
         offset 0
       ) spans
       union all
       select clusters.service, clusters.namespace, minutes.level, minutes.minute_at, minutes.event_count, minutes.line_count ${minutesText}
     )
     select service, namespace, level, floor((extract(epoch from counted_at)::float8 * 1000 - $9::float8) / $10::float8)::integer as step,
       sum(event_count) as event_count, sum(line_count) as line_count
     from counts group by 1, 2, 3, 4 having sum(event_count) > 0 or sum(line_count) > 0`,
    [
      tenantId,
      pieces.spans.map(({ spanMinutes }) => spanMinutes),
      ...pieceColumns(pieces),
      ...namesOf(filter),
      startMs,
      stepMs,
    ]
  );
  return rows.map(({ service, namespace, level, step, event_count, line_count }) => ({
    ...{ service, namespace, level: numberToLevel(level), step, eventCount: event_count, lineCount: line_count },
  }));
}

function namesOf({ services, namespaces }: SourceFilter) {
  return [services.map(toStorableText), namespaces.map(toStorableText)] as const;
}

/** Label sets of streams that have lines in the range, most lines first. */
export async function listSourceStreams(
  session: SqlSession,
  tenantId: string,
  filter: SourceFilter,
  limit: number
): Promise<readonly Labels[]> {
  const { range } = filter;
  const rows = await session.query<{ labels: Labels }>(
    `with lines as (
       ${streamCounts(['stream_id', 'line_count'], isWanted('streams', 6))}
     ), sums as (
       select stream_id, sum(line_count) as line_count from lines group by stream_id having sum(line_count) > 0
     )
     select streams.labels from sums join streams on streams.tenant_id = $1 and streams.id = sums.stream_id and ${isWanted('streams', 6)}
     order by sums.line_count desc, streams.id limit $8`,
    [
      tenantId,
      ...pieceColumns(splitRange(range, range.fromMs, range.toMs - range.fromMs, [60])),
      ...namesOf(filter),
      limit,
    ]
  );
  return rows.map((row) => row.labels);
}
