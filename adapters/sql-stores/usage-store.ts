import type { SqlDatabase, UsageRow, UsageStore } from '@loghunter/ports';

interface SumRow extends Record<string, unknown> {
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly hour_at: Date;
  readonly request_count: number;
  readonly weight_sum: number;
  readonly refused_count: number;
}

const maxActors = 1000;

/** Usage in a SQL database. */
export function createUsageStore(database: SqlDatabase): UsageStore {
  return {
    addUsage: (tenantId, rows) =>
      database.withTenant(tenantId, async (session) => {
        await session.query(
          `insert into api_usage
             (tenant_id, actor_kind, actor_id, actor_name, hour_at, request_count, weight_sum, refused_count)
           select $1, kind, id, name, hour, requests, weight, refused
           from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::bigint[], $7::bigint[], $8::bigint[])
             as added (kind, id, name, hour, requests, weight, refused)
           -- In one order, so that two replicas never wait for each other in a circle.
           order by kind, id, hour
           on conflict (tenant_id, actor_kind, actor_id, hour_at) do update set
             actor_name = excluded.actor_name,
             request_count = api_usage.request_count + excluded.request_count,
             weight_sum = api_usage.weight_sum + excluded.weight_sum,
             refused_count = api_usage.refused_count + excluded.refused_count,
             updated_at = now()`,
          [
            tenantId,
            rows.map((row) => row.actorKind),
            rows.map((row) => row.actorId),
            rows.map((row) => row.actorName),
            rows.map((row) => new Date(row.hourMs).toISOString()),
            rows.map((row) => row.requestCount),
            rows.map((row) => row.weightSum),
            rows.map((row) => row.refusedCount),
          ]
        );
      }),
    sumUsage: (tenantId, { fromMs, toMs }) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<SumRow>(
          `select actor_kind, actor_id, (array_agg(actor_name order by hour_at desc))[1] as actor_name,
             min(hour_at) as hour_at, sum(request_count)::float8 as request_count,
             sum(weight_sum)::float8 as weight_sum, sum(refused_count)::float8 as refused_count
           from api_usage where tenant_id = $1 and hour_at >= $2 and hour_at < $3
           group by actor_kind, actor_id order by sum(request_count) desc, actor_kind, actor_id limit $4`,
          [tenantId, new Date(fromMs), new Date(toMs), maxActors]
        );
        return rows.map(presentRow);
      }),
  };
}

function presentRow(row: SumRow): UsageRow {
  return {
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    hourMs: row.hour_at.getTime(),
    requestCount: row.request_count,
    weightSum: row.weight_sum,
    refusedCount: row.refused_count,
  };
}
