import type {
  DeliveryRow,
  DeliveryStatus,
  DeliveryStore,
  NewDelivery,
  Notice,
  SqlDatabase,
  SqlSession,
  SqlValue,
} from '@loghunter/ports';
import { noticeColumnsOf, presentNotice, type StoredNotice } from './notice-row.ts';

interface StoredDelivery extends Record<string, unknown> {
  readonly id: string;
  readonly channel_id: string;
  readonly channel_name: string;
  readonly status: DeliveryStatus;
  readonly reason: string | null;
  readonly is_test: boolean;
  readonly attempt_count: number;
  readonly due_at: Date;
  readonly delivered_at: Date | null;
  readonly decided_at: Date;
  readonly updated_at: Date;
}

const columns = `d.id, d.channel_id, c.name as channel_name, d.status, d.reason, d.is_test, d.attempt_count, d.due_at,
  d.delivered_at, d.decided_at, d.updated_at`;
const withChannel = `notification_deliveries d
  join notification_channels c on c.tenant_id = d.tenant_id and c.id = d.channel_id`;
const open = `('waiting', 'sending', 'retrying')`;

/** Deliveries in a SQL database. */
export function createDeliveryStore(database: SqlDatabase): DeliveryStore {
  function count(tenantId: string, text: string, values: readonly SqlValue[]): Promise<number> {
    return database.withTenant(
      tenantId,
      async (session) => (await session.query(`${text} returning 1 as one`, [tenantId, ...values])).length
    );
  }
  async function exists(tenantId: string, text: string, values: readonly SqlValue[]): Promise<boolean> {
    const rows = await database.withTenant(tenantId, (session) =>
      session.query(`select 1 as one ${text} limit 1`, [tenantId, ...values])
    );
    return rows.length > 0;
  }
  return {
    create: (tenantId, delivery) => database.withTenant(tenantId, (session) => create(session, tenantId, delivery)),
    join: (tenantId, channelId, noticeId, due) =>
      database.withTenant(tenantId, (session) => join(session, tenantId, { channelId, noticeId }, due)),
    begin: (tenantId, id) => database.withTenant(tenantId, (session) => begin(session, tenantId, id)),
    async settle(tenantId, id, { status, reason }, atMs) {
      await count(
        tenantId,
        `update notification_deliveries
         set status = $3, reason = $4, updated_at = now(),
           delivered_at = case when $3 = 'delivered' then to_timestamp($5::float8 / 1000) end
         where tenant_id = $1 and id = $2 and status in ${open}`,
        [id, status, reason, atMs]
      );
    },
    get: (tenantId, id) => database.withTenant(tenantId, (session) => read(session, tenantId, id)),
    list: (tenantId, { channelId, status, limit, offset }) =>
      database.withTenant(tenantId, (session) =>
        select(
          session,
          tenantId,
          `where d.tenant_id = $1 and ($2::uuid is null or d.channel_id = $2) and ($3::text is null or d.status = $3)
           order by d.decided_at desc, d.id limit $4 offset $5`,
          [channelId ?? null, status ?? null, limit, offset]
        )
      ),
    hasOpenTest: (tenantId, channelId) =>
      exists(
        tenantId,
        `from notification_deliveries where tenant_id = $1 and channel_id = $2 and is_test and status in ${open}`,
        [channelId]
      ),
    isOvertaken: (tenantId, channelId, notice) =>
      exists(
        tenantId,
        `from notices n
         join notification_delivery_notices l on l.tenant_id = n.tenant_id and l.notice_id = n.id and l.channel_id = $2
         join notification_deliveries d on d.tenant_id = l.tenant_id and d.id = l.delivery_id
         where n.tenant_id = $1 and d.status <> 'suppressed' and n.noticed_at > to_timestamp($3::float8 / 1000)
           and (n.incident_id = $4 or ($4::uuid is null and n.incident_id is null and n.cluster_id = $5))`,
        [channelId, notice.createdAtMs, notice.incidentId, notice.clusterId]
      ),
    failAbandoned: (tenantId, jobKind, reason) =>
      count(
        tenantId,
        `update notification_deliveries d set status = 'failed', reason = $3, updated_at = now()
         where d.tenant_id = $1 and d.status in ${open} and not exists (
           select from jobs j where j.tenant_id = $1 and j.kind = $2 and j.status in ('queued', 'running')
             and j.input ->> 'deliveryId' = d.id::text)`,
        [jobKind, reason]
      ),
    deleteEndedBefore: (tenantId, cutMs, limit) =>
      count(
        tenantId,
        `delete from notification_deliveries where tenant_id = $1 and id in (
           select id from notification_deliveries
           where tenant_id = $1 and status not in ${open} and decided_at < to_timestamp($2::float8 / 1000) limit $3)`,
        [cutMs, limit]
      ),
  };
}

async function create(session: SqlSession, tenantId: string, delivery: NewDelivery): Promise<DeliveryRow> {
  const { channelId, status, reason, isTest, dueAtMs, createdAtMs } = delivery;
  const [made] = await session.query<{ readonly id: string }>(
    `insert into notification_deliveries (tenant_id, channel_id, status, reason, is_test, due_at, decided_at)
     values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), to_timestamp($7::float8 / 1000)) returning id`,
    [tenantId, channelId, status, reason, isTest, dueAtMs, createdAtMs]
  );
  if (made === undefined) {
    throw new TypeError('an insert returned no row');
  }
  for (const noticeId of delivery.noticeIds) {
    await link(session, tenantId, { channelId, deliveryId: made.id, noticeId });
  }
  const row = await read(session, tenantId, made.id);
  if (row === null) {
    throw new TypeError('a delivery that was made is not there');
  }
  return row;
}

async function begin(session: SqlSession, tenantId: string, id: string): Promise<DeliveryRow | null> {
  const begun = await session.query(
    `update notification_deliveries
     set status = 'sending', attempt_count = attempt_count + 1, updated_at = now()
     where tenant_id = $1 and id = $2 and status not in ('delivered', 'suppressed') returning 1 as one`,
    [tenantId, id]
  );
  return begun.length === 0 ? null : read(session, tenantId, id);
}

// The lock on the row decides against a worker that begins at the same moment: one of both sees what the other did.
async function join(
  session: SqlSession,
  tenantId: string,
  { channelId, noticeId }: { readonly channelId: string; readonly noticeId: string },
  due: { readonly fromMs: number; readonly toMs: number }
): Promise<boolean> {
  const [waiting] = await session.query<{ readonly id: string }>(
    `select id from notification_deliveries
     where tenant_id = $1 and channel_id = $2 and status = 'waiting' and not is_test
       and due_at > to_timestamp($3::float8 / 1000) and due_at <= to_timestamp($4::float8 / 1000)
     order by due_at limit 1 for update`,
    [tenantId, channelId, due.fromMs, due.toMs]
  );
  if (waiting === undefined) {
    return false;
  }
  await link(session, tenantId, { channelId, deliveryId: waiting.id, noticeId });
  return true;
}

async function link(
  session: SqlSession,
  tenantId: string,
  ids: { readonly channelId: string; readonly deliveryId: string; readonly noticeId: string }
): Promise<void> {
  await session.query(
    `insert into notification_delivery_notices (tenant_id, channel_id, notice_id, delivery_id) values ($1, $2, $3, $4)`,
    [tenantId, ids.channelId, ids.noticeId, ids.deliveryId]
  );
}

async function read(session: SqlSession, tenantId: string, id: string): Promise<DeliveryRow | null> {
  return (await select(session, tenantId, 'where d.tenant_id = $1 and d.id = $2', [id]))[0] ?? null;
}

async function select(
  session: SqlSession,
  tenantId: string,
  condition: string,
  values: readonly SqlValue[]
): Promise<readonly DeliveryRow[]> {
  const rows = await session.query<StoredDelivery>(`select ${columns} from ${withChannel} ${condition}`, [
    tenantId,
    ...values,
  ]);
  const noticeRows = await session.query<StoredNotice & { readonly delivery_id: string }>(
    `select l.delivery_id, ${noticeColumnsOf('n')}
     from notification_delivery_notices l join notices n on n.tenant_id = l.tenant_id and n.id = l.notice_id
     where l.tenant_id = $1 and l.delivery_id in (select value::uuid from jsonb_array_elements_text($2::jsonb))
     order by n.noticed_at, n.id`,
    [tenantId, JSON.stringify(rows.map(({ id }) => id))]
  );
  const byDelivery = Map.groupBy(noticeRows, (row) => row.delivery_id);
  return rows.map((row) => presentDelivery(row, (byDelivery.get(row.id) ?? []).map(presentNotice)));
}

function presentDelivery(row: StoredDelivery, notices: readonly Notice[]): DeliveryRow {
  return {
    ...{ id: row.id, channelId: row.channel_id, channelName: row.channel_name, status: row.status },
    ...{ reason: row.reason, isTest: row.is_test, notices, attemptCount: row.attempt_count },
    dueAtMs: row.due_at.getTime(),
    deliveredAtMs: row.delivered_at?.getTime() ?? null,
    createdAtMs: row.decided_at.getTime(),
    updatedAtMs: row.updated_at.getTime(),
  };
}
