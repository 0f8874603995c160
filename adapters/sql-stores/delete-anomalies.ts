import type { SqlSession } from '@loghunter/ports';

/** Deletes what ended before the cut, `limit` of each kind of row at most; events of an incident go with it. Returns how many. */
export async function deleteEndedBefore(
  session: SqlSession,
  tenantId: string,
  cutMs: number,
  limit: number
): Promise<number> {
  let deletedCount = 0;
  for (const [table, column, condition] of [
    ['incidents', 'ended_at', 'true'],
    ['anomaly_events', 'ended_at', 'incident_id is null'],
    ['anomaly_suppressions', 'expires_at', 'true'],
  ] as const) {
    const rows = await session.query(
      `delete from ${table} where tenant_id = $1 and id in (
         select id from ${table} where tenant_id = $1 and ${column} < to_timestamp($2::float8 / 1000) and ${condition} limit $3)
       returning id`,
      [tenantId, cutMs, limit]
    );
    deletedCount += rows.length;
  }
  return deletedCount;
}
