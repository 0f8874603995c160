import type { SqlSession } from '@loghunter/ports';
import { toTimestamp } from './count-parts.ts';
import type { MinuteRow } from './count-row.ts';
import { sumStreamHourChanges } from './sum-changes.ts';

/** Makes the stored stream minutes the written ones, and their hourly sums with them. The streams must be locked. */
export async function applyMinutes(
  session: SqlSession,
  tenantId: string,
  written: readonly MinuteRow[],
  replaced: readonly MinuteRow[]
): Promise<void> {
  if (written.length === 0) {
    return;
  }
  await session.query(
    `insert into stream_minutes (tenant_id, stream_id, minute_at, line_count, unread_line_count, is_closed, late_line_count)
     select $1, stream_id, minute_at, line_count, unread_line_count, is_closed, late_line_count
     from unnest($2::uuid[], $3::timestamptz[], $4::integer[], $5::integer[], $6::boolean[], $7::integer[])
       as written (stream_id, minute_at, line_count, unread_line_count, is_closed, late_line_count)
     on conflict (tenant_id, stream_id, minute_at) do update
       set line_count = excluded.line_count, unread_line_count = excluded.unread_line_count,
         is_closed = excluded.is_closed, late_line_count = excluded.late_line_count, updated_at = now()`,
    [
      tenantId,
      written.map((minute) => minute.streamId),
      written.map((minute) => toTimestamp(minute.minuteMs)),
      written.map((minute) => minute.lineCount),
      written.map((minute) => minute.unreadLineCount),
      written.map((minute) => minute.isClosed),
      written.map((minute) => minute.lateLineCount),
    ]
  );
  const changes = sumStreamHourChanges(written, replaced);
  await session.query(
    `with change as (
       select to_timestamp(hour_ms / 1000) as hour_at, stream_id, line_count, unread_line_count, late_line_count
       from unnest($2::float8[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[])
         as given (hour_ms, stream_id, line_count, unread_line_count, late_line_count)
     ), updated as (
       update stream_hours stored
       set line_count = stored.line_count + change.line_count,
         unread_line_count = stored.unread_line_count + change.unread_line_count,
         late_line_count = stored.late_line_count + change.late_line_count, updated_at = now()
       from change
       where stored.tenant_id = $1 and stored.hour_at = change.hour_at and stored.stream_id = change.stream_id
       returning stored.hour_at, stored.stream_id
     )
     insert into stream_hours (tenant_id, hour_at, stream_id, line_count, unread_line_count, late_line_count)
     select $1, change.hour_at, change.stream_id, change.line_count, change.unread_line_count, change.late_line_count
     from change left join updated using (hour_at, stream_id)
     where updated.stream_id is null`,
    [
      tenantId,
      changes.map((change) => change.hourMs),
      changes.map((change) => change.streamId),
      changes.map((change) => change.lineCount),
      changes.map((change) => change.unreadLineCount),
      changes.map((change) => change.lateLineCount),
    ]
  );
}
