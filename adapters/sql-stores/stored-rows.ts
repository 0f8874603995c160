import type { SqlSession } from '@loghunter/ports';
import type { CountRow, MinuteRow } from './count-row.ts';

interface StoredCount extends Record<string, unknown> {
  readonly stream_id: string;
  readonly minute_at: Date;
  readonly cluster_id: string;
  readonly level: number;
  readonly event_count: number;
  readonly line_count: number;
  readonly first_at: Date;
  readonly last_at: Date;
}

interface StoredStreamMinute extends Record<string, unknown> {
  readonly stream_id: string;
  readonly minute_at: Date;
  readonly line_count: number;
  readonly unread_line_count: number;
  readonly is_closed: boolean;
  readonly late_line_count: number;
}

/** Rows of cluster_minutes stored for these minutes of streams. */
export async function readStoredCounts(
  session: SqlSession,
  tenantId: string,
  minutes: readonly MinuteRow[]
): Promise<readonly CountRow[]> {
  const rows = await session.query<StoredCount>(
    `select counts.stream_id, counts.minute_at, counts.cluster_id, counts.level,
       counts.event_count, counts.line_count, counts.first_at, counts.last_at
     from unnest($2::uuid[], $3::float8[]) as touched (stream_id, minute_ms)
     join cluster_minutes counts on counts.tenant_id = $1
       and counts.stream_id = touched.stream_id and counts.minute_at = to_timestamp(touched.minute_ms / 1000)`,
    [tenantId, minutes.map((minute) => minute.streamId), minutes.map((minute) => minute.minuteMs)]
  );
  return rows.map((row) => ({
    streamId: row.stream_id,
    minuteMs: row.minute_at.getTime(),
    clusterId: row.cluster_id,
    level: row.level,
    eventCount: row.event_count,
    lineCount: row.line_count,
    firstMs: row.first_at.getTime(),
    lastMs: row.last_at.getTime(),
  }));
}

/** Rows of stream_minutes stored for these minutes of streams. */
export async function readStoredMinutes(
  session: SqlSession,
  tenantId: string,
  minutes: readonly MinuteRow[]
): Promise<readonly MinuteRow[]> {
  const rows = await session.query<StoredStreamMinute>(
    `select stored.stream_id, stored.minute_at, stored.line_count, stored.unread_line_count, stored.is_closed, stored.late_line_count
     from unnest($2::uuid[], $3::float8[]) as touched (stream_id, minute_ms)
     join stream_minutes stored on stored.tenant_id = $1
       and stored.stream_id = touched.stream_id and stored.minute_at = to_timestamp(touched.minute_ms / 1000)`,
    [tenantId, minutes.map((minute) => minute.streamId), minutes.map((minute) => minute.minuteMs)]
  );
  return rows.map((row) => ({
    streamId: row.stream_id,
    minuteMs: row.minute_at.getTime(),
    lineCount: row.line_count,
    unreadLineCount: row.unread_line_count,
    isClosed: row.is_closed,
    lateLineCount: row.late_line_count,
  }));
}
