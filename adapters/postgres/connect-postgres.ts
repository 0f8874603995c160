import { PortError } from '@loghunter/ports';
import type { SqlDatabase, SqlSession } from '@loghunter/ports';
import { openPool } from './connection-pool.ts';
import { describeServer } from './errors.ts';
import { transact } from './transact.ts';

/** How to reach the database, and for how long to wait. */
export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`; the login owns the schema or is a member of loghunter_app. */
  readonly url: string;
  /** Default: 10. */
  readonly maxConnections?: number;
  /** Default: 5 s. */
  readonly connectTimeoutMs?: number;
  /** Limit of one statement, kept by the server. Default: 30 s. */
  readonly statementTimeoutMs?: number;
  /** Limit of one whole transaction, kept here. Default: 60 s. */
  readonly transactionTimeoutMs?: number;
}

// One statement, so that entering costs one round trip. Plans are made anew for each call because a range of an hour and one of a month need
// different ones, and without compilation to machine code, which costs more than it saves at a few
// hundred thousand rows, and without helpers, so that one page never takes all processors from the others.
const enterTenant = `
  select set_config('role', 'loghunter_app', true), set_config('loghunter.tenant_id', $1, true),
    set_config('statement_timeout', $2, true), set_config('idle_in_transaction_session_timeout', $2, true),
    set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true),
    set_config('max_parallel_workers_per_gather', '0', true)`;

const readRole = `
  select rolname, rolsuper, rolbypassrls,
    exists (select from pg_tables where schemaname = current_schema() and tableowner = current_user) as is_owner
  from pg_roles where rolname = current_user`;

interface RoleRow extends Record<string, unknown> {
  readonly rolname: string;
  readonly rolsuper: boolean;
  readonly rolbypassrls: boolean;
  readonly is_owner: boolean;
}

/**
 * Postgres 15 or newer, every transaction as the role loghunter_app. Connects when first used.
 * The first transaction checks that row-level security holds for that role; otherwise every call throws `PortError` `rejected`.
 */
export function connectPostgres(options: PostgresOptions): SqlDatabase {
  const { url, statementTimeoutMs = 30_000, transactionTimeoutMs = 60_000, connectTimeoutMs = 5_000 } = options;
  const pool = openPool({ url, maxConnections: options.maxConnections ?? 10, connectTimeoutMs });
  let isRoleChecked = false;

  function transactAs<T>(tenantId: string, deadlineMs: number, work: (session: SqlSession) => Promise<T>): Promise<T> {
    return transact(pool, deadlineMs, async (session) => {
      await session.query(enterTenant, [tenantId, String(statementTimeoutMs)]);
      if (!isRoleChecked) {
        await assertRoleIsBound(session, url);
        isRoleChecked = true;
      }
      return work(session);
    });
  }

  return {
    system: 'postgres',
    withTenant: (tenantId, work) => transactAs(tenantId, transactionTimeoutMs, work),
    withInstallation: (work) => transactAs('', transactionTimeoutMs, work),
    async ping() {
      await transactAs('', connectTimeoutMs, (session) => session.query('select 1 as one'));
    },
    close: () => pool.close(),
  };
}

async function assertRoleIsBound(session: SqlSession, url: string): Promise<void> {
  const [role] = await session.query<RoleRow>(readRole);
  const reason =
    role === undefined
      ? 'is not known'
      : role.rolsuper
        ? 'is a superuser'
        : role.rolbypassrls
          ? 'may bypass row-level security'
          : role.is_owner
            ? 'owns tables'
            : undefined;
  if (reason !== undefined) {
    throw new PortError({
      system: 'postgres',
      kind: 'rejected',
      message: `${describeServer(url)}: the role ${role?.rolname ?? 'loghunter_app'} ${reason}, so tenants would not be kept apart; refusing to work`,
    });
  }
}
