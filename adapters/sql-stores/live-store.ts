import type { LiveRow, LiveStore, LiveTopic, SqlDatabase } from '@loghunter/ports';

interface StoredEvent extends Record<string, unknown> {
  readonly position: number;
  readonly topic: LiveTopic;
  readonly ids: readonly string[];
  readonly occurred_at: Date;
}

/** Live events in a SQL database; every method is one transaction. */
export function createLiveStore(database: SqlDatabase): LiveStore {
  return {
    append: (tenantId, { topic, ids, atMs }) =>
      database.withTenant(tenantId, async (session) => {
        await session.query(
          `with newest as (
             insert into live_positions (tenant_id, position) values ($1, 1)
             on conflict (tenant_id) do update set position = live_positions.position + 1, updated_at = now()
             returning position
           )
           insert into live_events (tenant_id, position, topic, ids, occurred_at)
           select $1, position, $2, $3::text[], to_timestamp($4::float8 / 1000) from newest`,
          [tenantId, topic, ids, atMs]
        );
      }),
    readAfter: (tenantId, position, limit) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<StoredEvent>(
          `select position, topic, ids, occurred_at from live_events where tenant_id = $1 and position > $2 order by position limit $3`,
          [tenantId, position, limit]
        );
        return rows.map(present);
      }),
    readEnds: (tenantId) =>
      database.withTenant(tenantId, async (session) => {
        const [row] = await session.query<{ newest: number | null; oldest_kept: number | null }>(
          `select (select position from live_positions where tenant_id = $1) as newest,
             (select min(position) from live_events where tenant_id = $1) as oldest_kept`,
          [tenantId]
        );
        return { newest: row?.newest ?? 0, oldestKept: row?.oldest_kept ?? null };
      }),
    deleteBefore: (tenantId, cutMs, limit) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query(
          `delete from live_events where tenant_id = $1 and position in (
             select position from live_events
             where tenant_id = $1 and occurred_at < to_timestamp($2::float8 / 1000) order by position limit $3)
           returning position`,
          [tenantId, cutMs, limit]
        );
        return rows.length;
      }),
  };
}

function present({ position, topic, ids, occurred_at }: StoredEvent): LiveRow {
  return { position, topic, ids, atMs: occurred_at.getTime() };
}
