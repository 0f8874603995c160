import { boundNotice } from '@loghunter/ports';
import type { Notice, NoticeStore, SqlDatabase, SqlValue } from '@loghunter/ports';
import {
  noticeColumns as columns,
  noticeColumnsOf as columnsOf,
  presentNotice,
  writtenNoticeColumns as written,
  type StoredNotice,
} from './notice-row.ts';
import { storableValue, toStorableText } from './storable-text.ts';

/** Notices in a SQL database. */
export function createNoticeStore(database: SqlDatabase): NoticeStore {
  async function run(tenantId: string, text: string, values: readonly SqlValue[]): Promise<readonly Notice[]> {
    const rows = await database.withTenant(tenantId, (session) =>
      session.query<StoredNotice>(text, [tenantId, ...values])
    );
    return rows.map(presentNotice);
  }
  return {
    async add(tenantId, added) {
      const notice = boundNotice(added);
      const [made] = await run(
        tenantId,
        `insert into notices (tenant_id, ${written})
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, to_timestamp($12::float8 / 1000),
           to_timestamp($13::float8 / 1000), to_timestamp($14::float8 / 1000), $15, $16, $17,
           to_timestamp($18::float8 / 1000))
         on conflict (tenant_id, dedup_key) do nothing returning ${columns}`,
        [
          ...[notice.dedupKey, notice.kind, notice.severity, notice.service, notice.namespace].map(toStorableText),
          ...[notice.clusterId, notice.incidentId, toStorableText(notice.title)],
          ...[JSON.stringify(notice.lines, storableValue), notice.count, notice.firstSeenAtMs],
          ...[notice.range.fromMs, notice.range.toMs],
          ...[notice.query, notice.suspectDeploy, notice.verdict].map(orNull),
          notice.createdAtMs,
        ]
      );
      if (made !== undefined) {
        return { notice: made, isNew: true };
      }
      const byKey = `select ${columns} from notices where tenant_id = $1 and dedup_key = $2`;
      const [before] = await run(tenantId, byKey, [toStorableText(notice.dedupKey)]);
      if (before === undefined) {
        throw new TypeError('a notice conflicts with one that is not there');
      }
      return { notice: before, isNew: false };
    },
    async get(tenantId, id) {
      return (await run(tenantId, `select ${columns} from notices where tenant_id = $1 and id = $2`, [id]))[0] ?? null;
    },
    take: (tenantId, limit) =>
      run(
        tenantId,
        // Materialised: a planner that ran the choice once a row would choose others each time, as the chosen ones are skipped.
        `with waiting as materialized (
           select id from notices where tenant_id = $1 and taken_at is null
           order by noticed_at, id limit $2 for update skip locked),
         taken as (
           update notices n set taken_at = now(), updated_at = now()
           from waiting w where n.tenant_id = $1 and n.id = w.id
           returning ${columnsOf('n')})
         select * from taken order by noticed_at, id`,
        [limit]
      ),
    async deleteTakenBefore(tenantId, cutMs, limit) {
      const text = `with old as materialized (
          select id from notices
          where tenant_id = $1 and taken_at is not null and noticed_at < to_timestamp($2::float8 / 1000) limit $3)
        delete from notices n using old where n.tenant_id = $1 and n.id = old.id returning ${columnsOf('n')}`;
      return (await run(tenantId, text, [cutMs, limit])).length;
    },
  };
}

function orNull(text: string | null): string | null {
  return text === null ? null : toStorableText(text);
}
