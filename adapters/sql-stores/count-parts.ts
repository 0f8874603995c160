import type { SqlDatabase } from '@loghunter/ports';

const dayMs = 86_400_000;

/** Length of the parts of the tables of counts. */
export const weekMs = 7 * dayMs;
const firstMondayMs = 4 * dayMs;

/** Start of the week (Monday, UTC) of a time in milliseconds since 1970: counts of a week lie in one part. */
export function startOfWeek(timeMs: number): number {
  return Math.floor((timeMs - firstMondayMs) / weekMs) * weekMs + firstMondayMs;
}

/**
 * Makes what makes the parts in which minutes are written, before the transaction that writes them: a new part waits for writers. The role of
 * the server owns no table, so that a function of the owner's does it.
 */
export function createPartMaker(
  database: SqlDatabase,
  nowMs: () => number = Date.now
): (minutesMs: readonly number[]) => Promise<void> {
  const madeWeeks = new Set<number>();
  return async (minutesMs) => {
    const weeks = [...new Set(minutesMs.map(startOfWeek))].filter(
      // Any replica may drop a week that is over when nobody keeps it any more.
      (weekStartMs) => !madeWeeks.has(weekStartMs) || weekStartMs + weekMs <= nowMs()
    );
    if (weeks.length === 0) {
      return;
    }
    await database.withInstallation((session) =>
      session.query('select make_count_parts($1::timestamptz[])', [weeks.sort((a, b) => a - b).map(toTimestamp)])
    );
    weeks.forEach((weekStartMs) => madeWeeks.add(weekStartMs));
  };
}

/**
 * Drops the parts of whole weeks before a time, unless a tenant's sums of them are still there or somebody is in the way for longer than half a
 * second: the next call finds them.
 */
export async function dropParts(database: SqlDatabase, beforeMs: number): Promise<void> {
  await database.withInstallation((session) =>
    session.query('select drop_count_parts($1::timestamptz)', [toTimestamp(beforeMs)])
  );
}

/** When the part ends that was there before counts were split by week, in milliseconds since 1970; minus infinity when it is gone. */
export async function readOldestPartEnd(database: SqlDatabase): Promise<number> {
  const [row] = await database.withInstallation((session) =>
    session.query<{ end_at: Date | null }>('select end_of_oldest_counts() as end_at')
  );
  return row?.end_at?.getTime() ?? Number.NEGATIVE_INFINITY;
}

/**
 * A time as a value that is compared with a column. `to_timestamp` of another table's column may not lead into an index under row-level security
 * (it is not marked leakproof), and the rows of a whole stream are read for one minute.
 */
export function toTimestamp(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/** The earliest and the latest of times, so that Postgres knows the parts when it plans; both as `toTimestamp` gives them. */
export function outermost(timesMs: readonly number[]): readonly [first: string, last: string] {
  const first = timesMs.reduce((least, timeMs) => Math.min(least, timeMs), Number.POSITIVE_INFINITY);
  const last = timesMs.reduce((greatest, timeMs) => Math.max(greatest, timeMs), Number.NEGATIVE_INFINITY);
  return [toTimestamp(first), toTimestamp(last)];
}
