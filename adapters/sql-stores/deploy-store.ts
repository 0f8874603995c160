import { PortError } from '@loghunter/ports';
import type { DeployRow, DeployStore, SqlDatabase } from '@loghunter/ports';

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly service: string;
  readonly namespace: string;
  readonly version: string;
  readonly deployed_at: Date;
  readonly link: string | null;
  readonly source: string;
  readonly created_by_kind: string;
  readonly created_by_id: string;
  readonly created_by_name: string;
}

const columns =
  'id, service, namespace, version, deployed_at, link, source, created_by_kind, created_by_id, created_by_name';

/** Marks of deploys in a SQL database. */
export function createDeployStore(database: SqlDatabase): DeployStore {
  return {
    create: (tenantId, deploy) =>
      database.withTenant(tenantId, async (session) => {
        // The empty update makes a row that is there come back as well.
        const [row] = await session.query<Row>(
          `insert into deploys (tenant_id, service, namespace, version, deployed_at, link, source,
             created_by_kind, created_by_id, created_by_name)
           values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), $6, $7, $8, $9, $10)
           on conflict (tenant_id, service, namespace, version, deployed_at) do update set updated_at = deploys.updated_at
           returning ${columns}`,
          [
            ...[tenantId, deploy.service, deploy.namespace, deploy.version, deploy.deployedAtMs, deploy.link],
            ...[deploy.source, deploy.createdBy.kind, deploy.createdBy.id, deploy.createdBy.name],
          ]
        );
        if (row === undefined) {
          const message = 'The database wrote a deploy and did not return it';
          throw new PortError({ system: database.system, kind: 'invalid-answer', message });
        }
        return present(row);
      }),
    get: (tenantId, id) =>
      database.withTenant(tenantId, async (session) => {
        const [row] = await session.query<Row>(`select ${columns} from deploys where tenant_id = $1 and id = $2`, [
          tenantId,
          id,
        ]);
        return row === undefined ? null : present(row);
      }),
    list: (tenantId, { range, services }, { limit, offset }) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<Row & { readonly total: number }>(
          `select ${columns}, count(*) over () as total from deploys
           where tenant_id = $1 and deployed_at >= to_timestamp($2::float8 / 1000) and deployed_at < to_timestamp($3::float8 / 1000)
             and (cardinality($4::text[]) = 0 or service = any($4))
           order by deployed_at desc, id limit $5 offset $6`,
          [tenantId, range.fromMs, range.toMs, services, limit, offset]
        );
        return { deploys: rows.map(present), totalCount: rows[0]?.total ?? 0 };
      }),
    deleteBefore: (tenantId, cutMs, limit) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query(
          `delete from deploys where tenant_id = $1 and id in (
             select id from deploys where tenant_id = $1 and deployed_at < to_timestamp($2::float8 / 1000) limit $3)
           returning id`,
          [tenantId, cutMs, limit]
        );
        return rows.length;
      }),
  };
}

function present(row: Row): DeployRow {
  return {
    id: row.id,
    service: row.service,
    namespace: row.namespace,
    version: row.version,
    deployedAtMs: row.deployed_at.getTime(),
    link: row.link,
    source: row.source,
    createdBy: { kind: row.created_by_kind, id: row.created_by_id, name: row.created_by_name },
  };
}
