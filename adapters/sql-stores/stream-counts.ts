type StreamColumn = 'stream_id' | 'line_count' | 'unread_line_count' | 'late_line_count';

/**
 * SQL that gives what was read of each stream in the pieces of a range: whole hours from `$2` to `$3`, minutes from `$4` to `$5`, as
 * `pieceColumns` gives them, of the tenant `$1`. An hour and a minute are rows of their own. `condition` narrows the streams whose minutes
 * are looked up.
 */
export function streamCounts(columns: readonly StreamColumn[], condition = 'true'): string {
  const of = (table: string) => columns.map((column) => `${table}.${column}`).join(', ');
  return `select ${of('hours')}
    from unnest($2::float8[], $3::float8[]) as piece (from_ms, to_ms)
    cross join lateral (
      -- \`offset 0\`: looked up by its bounds, which the planner does not know.
      select * from stream_hours counted where counted.tenant_id = $1
        and counted.hour_at >= to_timestamp(piece.from_ms / 1000) and counted.hour_at < to_timestamp(piece.to_ms / 1000)
      offset 0
    ) hours
    union all
    select ${of('minutes')}
    from unnest($4::float8[], $5::float8[]) as piece (from_ms, to_ms)
    join streams on streams.tenant_id = $1 and ${condition}
    cross join lateral (
      select * from stream_minutes counted where counted.tenant_id = $1 and counted.stream_id = streams.id
        and counted.minute_at >= to_timestamp(piece.from_ms / 1000) and counted.minute_at < to_timestamp(piece.to_ms / 1000)
      offset 0
    ) minutes`;
}
