import type { Labels } from '@loghunter/engine/records';
import type { SqlSession, StoredMinute } from '@loghunter/ports';

interface StoredMinuteRow extends Record<string, unknown> {
  readonly labels: Labels;
  readonly minute_at: Date;
  readonly line_count: number;
  readonly unread_line_count: number;
  readonly is_closed: boolean;
}

/** Minutes stored for the streams of a watch in [fromMs, toMs), oldest first. */
export async function readMinutes(
  session: SqlSession,
  tenantId: string,
  watchId: string,
  fromMs: number,
  toMs: number
): Promise<readonly StoredMinute[]> {
  const rows = await session.query<StoredMinuteRow>(
    `select streams.labels, minutes.minute_at, minutes.line_count, minutes.unread_line_count, minutes.is_closed
     from streams
     join stream_minutes minutes on minutes.tenant_id = streams.tenant_id and minutes.stream_id = streams.id
     where streams.tenant_id = $1 and streams.watch_id = $2
       and minutes.minute_at >= to_timestamp($3::float8 / 1000) and minutes.minute_at < to_timestamp($4::float8 / 1000)
     order by minutes.minute_at, streams.id`,
    [tenantId, watchId, fromMs, toMs]
  );
  return rows.map((row) => ({
    labels: row.labels,
    minuteMs: row.minute_at.getTime(),
    lineCount: row.line_count,
    unreadLineCount: row.unread_line_count,
    isClosed: row.is_closed,
  }));
}
