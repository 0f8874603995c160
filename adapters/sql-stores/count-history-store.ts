import type {
  CountHistoryStore,
  HistoryHour,
  HistoryMark,
  HistoryMinute,
  SqlDatabase,
  SqlSession,
} from '@loghunter/ports';

interface MarkRow extends Record<string, unknown> {
  readonly watch_id: string;
  readonly read_from_at: Date;
  readonly read_up_to_at: Date;
  readonly missing: ReadonlyArray<readonly [number, number]>;
  readonly is_complete: boolean;
}

interface MinuteRow extends Record<string, unknown> {
  readonly service: string;
  readonly namespace: string;
  readonly minute_at: Date;
  readonly line_count: number;
  readonly error_count: number | null;
  readonly is_known: boolean;
}

/** Minutes that no ledger has, and those that the log store could not count. */
const historyMinutes = `with marks as (
    select marks.watch_id, watches.read_from_at as ledger_from_at, marks.missing
    from count_history_marks marks join watches on watches.tenant_id = $1 and watches.id = marks.watch_id
    where marks.tenant_id = $1 and watches.retired_at is null
  ), gaps as (
    select marks.watch_id, marks.ledger_from_at, to_timestamp((gap ->> 0)::float8 / 1000) as from_at,
      to_timestamp((gap ->> 1)::float8 / 1000) as to_at
    from marks cross join jsonb_array_elements(marks.missing) gap
  ), minutes as (
    select history.service, history.namespace, history.hour_at + (place - 1) * interval '1 minute' as minute_at,
      history.line_counts[place] as line_count, history.error_counts[place] as error_count, true as is_known,
      marks.ledger_from_at
    from marks
    join count_history history on history.tenant_id = $1 and history.watch_id = marks.watch_id
      and history.hour_at > to_timestamp($2::float8 / 1000) - interval '1 hour' and history.hour_at < to_timestamp($3::float8 / 1000)
    cross join generate_series(1, 60) as place
    union all
    select services.service, services.namespace, minute_at, 0, null, false, gaps.ledger_from_at
    from gaps
    join (select distinct watch_id, service, namespace from count_history where tenant_id = $1) services
      on services.watch_id = gaps.watch_id
    cross join generate_series(greatest(gaps.from_at, to_timestamp($2::float8 / 1000)),
      least(gaps.to_at, to_timestamp($3::float8 / 1000)) - interval '1 minute', interval '1 minute') as minute_at
  )
  select service, namespace, minute_at, sum(line_count)::bigint as line_count,
    case when bool_or(error_count is null) then null else sum(error_count)::bigint end as error_count, bool_and(is_known) as is_known
  from minutes
  where minute_at >= to_timestamp($2::float8 / 1000) and minute_at < to_timestamp($3::float8 / 1000)
    and (ledger_from_at is null or minute_at < ledger_from_at)
  group by 1, 2, 3 order by minute_at, service, namespace`;

/** Counts of services from before the ledger, in a SQL database. */
export function createCountHistoryStore(database: SqlDatabase): CountHistoryStore {
  return {
    write: (tenantId, hours, mark) =>
      database.withTenant(tenantId, async (session) => {
        await writeHours(session, tenantId, mark.watchId, hours);
        await writeMark(session, tenantId, mark);
      }),
    listMarks: (tenantId) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<MarkRow>(
          `select marks.watch_id, marks.read_from_at, marks.read_up_to_at, marks.missing, marks.is_complete
           from count_history_marks marks join watches on watches.tenant_id = $1 and watches.id = marks.watch_id
           where marks.tenant_id = $1 and watches.retired_at is null order by marks.watch_id`,
          [tenantId]
        );
        return rows.map(presentMark);
      }),
    read: (tenantId, { fromMs, toMs }) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<MinuteRow>(historyMinutes, [tenantId, fromMs, toMs]);
        return rows.map(presentMinute);
      }),
    deleteBefore: (tenantId, cutMs, limit) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query(
          `delete from count_history where tenant_id = $1 and (watch_id, hour_at, service, namespace) in (
             select watch_id, hour_at, service, namespace from count_history
             where tenant_id = $1 and hour_at < to_timestamp($2::float8 / 1000) limit $3)
           returning watch_id`,
          [tenantId, cutMs, limit]
        );
        return rows.length;
      }),
  };
}

/** Sixty numbers as an array literal: drivers nest no arrays in arrays. */
function toLiteral(counts: readonly number[] | null): string | null {
  return counts === null ? null : `{${counts.join(',')}}`;
}

async function writeHours(
  session: SqlSession,
  tenantId: string,
  watchId: string,
  hours: readonly HistoryHour[]
): Promise<void> {
  if (hours.length === 0) {
    return;
  }
  await session.query(
    `insert into count_history (tenant_id, watch_id, service, namespace, hour_at, line_counts, error_counts)
     select $1, $2, service, namespace, to_timestamp(hour_ms / 1000), line_counts::integer[], error_counts::integer[]
     from unnest($3::text[], $4::text[], $5::float8[], $6::text[], $7::text[])
       as given (service, namespace, hour_ms, line_counts, error_counts)
     on conflict (tenant_id, watch_id, hour_at, service, namespace) do update
       set line_counts = excluded.line_counts, error_counts = excluded.error_counts, updated_at = now()`,
    [
      tenantId,
      watchId,
      hours.map(({ service }) => service),
      hours.map(({ namespace }) => namespace),
      hours.map(({ hourMs }) => hourMs),
      hours.map(({ lineCounts }) => toLiteral(lineCounts)),
      hours.map(({ errorCounts }) => toLiteral(errorCounts)),
    ]
  );
}

async function writeMark(session: SqlSession, tenantId: string, mark: HistoryMark): Promise<void> {
  const { watchId, range, missing, isComplete } = mark;
  await session.query(
    `insert into count_history_marks (tenant_id, watch_id, read_from_at, read_up_to_at, missing, is_complete)
     values ($1, $2, to_timestamp($3::float8 / 1000), to_timestamp($4::float8 / 1000), $5::jsonb, $6)
     on conflict (tenant_id, watch_id) do update
       set read_from_at = excluded.read_from_at, read_up_to_at = excluded.read_up_to_at, missing = excluded.missing,
         is_complete = excluded.is_complete, updated_at = now()`,
    [
      ...[tenantId, watchId, range.fromMs, range.toMs],
      ...[JSON.stringify(missing.map(({ fromMs, toMs }) => [fromMs, toMs])), isComplete],
    ]
  );
}

function presentMark(row: MarkRow): HistoryMark {
  return {
    watchId: row.watch_id,
    range: { fromMs: row.read_from_at.getTime(), toMs: row.read_up_to_at.getTime() },
    missing: row.missing.map(([fromMs, toMs]) => ({ fromMs, toMs })),
    isComplete: row.is_complete,
  };
}

function presentMinute(row: MinuteRow): HistoryMinute {
  return {
    service: row.service,
    namespace: row.namespace,
    minuteMs: row.minute_at.getTime(),
    lineCount: row.line_count,
    errorCount: row.error_count,
    isKnown: row.is_known,
  };
}
