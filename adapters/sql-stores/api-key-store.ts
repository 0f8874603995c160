import { PortError } from '@loghunter/ports';
import type { ApiKey, ApiKeyStore, NewApiKey, SqlDatabase, SqlSession } from '@loghunter/ports';

interface ApiKeyRow extends Record<string, unknown> {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly key_hash: string;
  readonly prefix: string;
  readonly last_four: string;
  readonly scopes: readonly string[];
  readonly hourly_limit: number | null;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
  readonly created_at: Date;
  readonly created_by: string;
}

const columns = `id, tenant_id, name, key_hash, prefix, last_four, scopes, hourly_limit, expires_at, last_used_at,
  revoked_at, created_at, created_by`;

/** API keys in a SQL database. */
export function createApiKeyStore(database: SqlDatabase): ApiKeyStore {
  return {
    findByHash: (hash) =>
      database.withInstallation(async (session) => {
        // Opens the one row of this hash; see the policy api_keys_by_hash.
        await session.query(`select set_config('loghunter.key_hash', $1, true)`, [hash]);
        const [row] = await session.query<ApiKeyRow>(`select ${columns} from api_keys where key_hash = $1`, [hash]);
        return row === undefined ? null : presentKey(row);
      }),
    listKeys: (tenantId) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<ApiKeyRow>(
          `select ${columns} from api_keys where tenant_id = $1 order by created_at desc, id`,
          [tenantId]
        );
        return rows.map(presentKey);
      }),
    createKey: (tenantId, key) =>
      database.withTenant(tenantId, (session) => insertKey(database, session, tenantId, key)),
    rotateKey: (tenantId, id, successor, endsAtMs) =>
      database.withTenant(tenantId, async (session) => {
        const [old] = await session.query<ApiKeyRow>(
          `update api_keys set expires_at = least(expires_at, $3::timestamptz), updated_at = now()
           where tenant_id = $1 and id = $2 and revoked_at is null and (expires_at is null or expires_at > now())
           returning ${columns}`,
          [tenantId, id, new Date(endsAtMs)]
        );
        if (old === undefined) {
          return null;
        }
        return insertKey(database, session, tenantId, { ...presentKey(old), ...successor });
      }),
    revokeKey: (tenantId, id) =>
      database.withTenant(tenantId, async (session) => {
        const [row] = await session.query<ApiKeyRow>(
          `update api_keys set revoked_at = coalesce(revoked_at, now()), updated_at = now()
           where tenant_id = $1 and id = $2 returning ${columns}`,
          [tenantId, id]
        );
        return row === undefined ? null : presentKey(row);
      }),
    noteUses: (tenantId, uses) =>
      database.withTenant(tenantId, async (session) => {
        await session.query(
          `update api_keys set last_used_at = greatest(last_used_at, used.at)
           from unnest($2::uuid[], $3::timestamptz[]) as used (id, at)
           where tenant_id = $1 and api_keys.id = used.id`,
          [tenantId, uses.map((use) => use.id), uses.map((use) => new Date(use.atMs).toISOString())]
        );
      }),
  };
}

async function insertKey(
  database: SqlDatabase,
  session: SqlSession,
  tenantId: string,
  key: NewApiKey
): Promise<ApiKey> {
  const [row] = await session.query<ApiKeyRow>(
    `insert into api_keys (tenant_id, name, key_hash, prefix, last_four, scopes, hourly_limit, expires_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${columns}`,
    [
      tenantId,
      key.name,
      key.hash,
      key.prefix,
      key.lastFour,
      key.scopes,
      key.hourlyLimit,
      key.expiresAtMs === null ? null : new Date(key.expiresAtMs),
      key.createdBy,
    ]
  );
  if (row === undefined) {
    const message = 'The database wrote a row and did not return it';
    throw new PortError({ system: database.system, kind: 'invalid-answer', message });
  }
  return presentKey(row);
}

function presentKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    name: row.name,
    hash: row.key_hash,
    prefix: row.prefix,
    lastFour: row.last_four,
    scopes: row.scopes,
    hourlyLimit: row.hourly_limit,
    expiresAtMs: row.expires_at?.getTime() ?? null,
    lastUsedAtMs: row.last_used_at?.getTime() ?? null,
    revokedAtMs: row.revoked_at?.getTime() ?? null,
    createdAtMs: row.created_at.getTime(),
    createdBy: row.created_by,
  };
}
