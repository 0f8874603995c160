import { createHash } from 'node:crypto';
import { PortError } from '@loghunter/ports';
import type { IdempotencyStore, RepeatableRequest, SqlDatabase, SqlSession } from '@loghunter/ports';

interface KeyRow extends Record<string, unknown> {
  readonly request_hash: string;
  readonly answer: string | null;
}

/** First answers in a SQL database. */
export function createIdempotencyStore(database: SqlDatabase): IdempotencyStore {
  return {
    claim: (tenantId, request) =>
      database.withTenant(tenantId, async (session) => {
        if (await claim(session, tenantId, request)) {
          return null;
        }
        const [row] = await session.query<KeyRow>(
          'select request_hash, answer from idempotency_keys where tenant_id = $1 and route = $2 and key_hash = $3',
          [tenantId, request.route, hashKey(request)]
        );
        if (row === undefined || row.answer === null) {
          const message = 'The first request with this key has ended meanwhile without an answer; send it again';
          throw new PortError({ system: database.system, kind: 'conflict', message, isRetryable: true });
        }
        return { isSameRequest: row.request_hash === request.requestHash, answer: row.answer };
      }),
    keep: (tenantId, request, answer) =>
      database.withTenant(tenantId, async (session) => {
        await session.query(
          'update idempotency_keys set answer = $4, updated_at = now() where tenant_id = $1 and route = $2 and key_hash = $3',
          [tenantId, request.route, hashKey(request), answer]
        );
      }),
    deleteExpired: (tenantId, limit) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query(
          `delete from idempotency_keys where tenant_id = $1 and (route, key_hash) in (
             select route, key_hash from idempotency_keys
             where tenant_id = $1 and created_at < now() - interval '24 hours' limit $2)
           returning 1 as one`,
          [tenantId, limit]
        );
        return rows.length;
      }),
  };
}

// The insert waits for another transaction that has the same key and has not ended.
async function claim(session: SqlSession, tenantId: string, request: RepeatableRequest): Promise<boolean> {
  const rows = await session.query(
    `insert into idempotency_keys as stored (tenant_id, route, key_hash, request_hash) values ($1, $2, $3, $4)
     on conflict (tenant_id, route, key_hash) do update
       set request_hash = excluded.request_hash, answer = null, created_at = now(), updated_at = now()
       where stored.created_at < now() - interval '24 hours'
     returning 1 as one`,
    [tenantId, request.route, hashKey(request), request.requestHash]
  );
  return rows.length > 0;
}

function hashKey(request: RepeatableRequest): string {
  return createHash('sha256').update(request.key).digest('hex');
}
