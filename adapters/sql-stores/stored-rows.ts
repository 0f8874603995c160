import type { SqlSession } from '@loghunter/ports';
import { outermost, toTimestamp } from './count-parts.ts';
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

const touched = 'unnest($2::uuid[], $3::timestamptz[]) as touched (stream_id, minute_at)';
// The bounds let Postgres know the parts when it plans; `offset 0` has each minute looked up.
const isTouched = `found.tenant_id = $1 and found.stream_id = touched.stream_id and found.minute_at = touched.minute_at
  and found.minute_at >= $4::timestamptz and found.minute_at <= $5::timestamptz`;

function touchedColumns(tenantId: string, minutes: readonly MinuteRow[]) {
  const timesMs = minutes.map((minute) => minute.minuteMs);
  return [tenantId, minutes.map((minute) => minute.streamId), timesMs.map(toTimestamp), ...outermost(timesMs)] as const;
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
     from ${touched}
     cross join lateral (select * from cluster_minutes found where ${isTouched} offset 0) counts`,
    touchedColumns(tenantId, minutes)
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
     from ${touched}
     cross join lateral (select * from stream_minutes found where ${isTouched} offset 0) stored`,
    touchedColumns(tenantId, minutes)
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
