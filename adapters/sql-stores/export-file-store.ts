import type { ExportFileStore, SqlDatabase } from '@loghunter/ports';
import { toStorableText } from './storable-text.ts';

/** Files of exports in a SQL database, which compresses their pieces itself. */
export function createExportFileStore(database: SqlDatabase): ExportFileStore {
  return {
    async write(tenantId, fileId, part, content) {
      const text = toStorableText(content);
      await database.withTenant(tenantId, (session) =>
        session.query(
          `insert into export_parts (tenant_id, file_id, part, content, size_bytes) values ($1, $2, $3, $4, octet_length($4::text))`,
          [tenantId, fileId, part, text]
        )
      );
    },
    read: (tenantId, fileId, part) =>
      database.withTenant(tenantId, async (session) => {
        const [row] = await session.query<{ content: string }>(
          `select content from export_parts where tenant_id = $1 and file_id = $2 and part = $3`,
          [tenantId, fileId, part]
        );
        return row?.content ?? null;
      }),
    readSize: (tenantId) =>
      database.withTenant(tenantId, async (session) => {
        const [row] = await session.query<{ size: number }>(
          `select coalesce(sum(size_bytes), 0)::float8 as size from export_parts where tenant_id = $1`,
          [tenantId]
        );
        return row?.size ?? 0;
      }),
    listSizes: (tenantId) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<{ file_id: string; size: number }>(
          `select file_id, sum(size_bytes)::float8 as size from export_parts where tenant_id = $1 group by file_id`,
          [tenantId]
        );
        return new Map(rows.map((row) => [row.file_id, row.size]));
      }),
    async delete(tenantId, fileId) {
      await database.withTenant(tenantId, (session) =>
        session.query(`delete from export_parts where tenant_id = $1 and file_id = $2`, [tenantId, fileId])
      );
    },
    deleteBefore: (tenantId, cutMs, limit) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query(
          `delete from export_parts where tenant_id = $1 and (file_id, part) in (
             select file_id, part from export_parts
             where tenant_id = $1 and created_at < to_timestamp($2::float8 / 1000) limit $3)
           returning 1 as one`,
          [tenantId, cutMs, limit]
        );
        return rows.length;
      }),
  };
}
