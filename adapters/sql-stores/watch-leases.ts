import type { HeldBackBy, SqlSession } from '@loghunter/ports';

/** Who asks for which lease. */
export interface LeaseRequest {
  readonly watchId: string;
  readonly holder: string;
  readonly ttlMs: number;
  readonly isShared?: boolean;
  readonly heldBackBy?: HeldBackBy | null;
}

interface ShareRow extends Record<string, unknown> {
  readonly share: number;
  readonly held_count: number;
  readonly is_held: boolean;
}

/** Replicas that were not seen for so many lengths of a lease are forgotten. */
const forgottenAfter = 10;

/** Takes or renews the lease; see `Ledger.leaseWatch`. The database's clock decides, so that replicas agree. */
export async function leaseWatch(session: SqlSession, tenantId: string, request: LeaseRequest): Promise<boolean> {
  const { watchId, holder, ttlMs, isShared = false, heldBackBy = null } = request;
  if (isShared) {
    // Also a lock: the holder's loops ask one after the other, or two of them would give back the same surplus.
    await noteSeen(session, tenantId, holder);
    if (!(await keepsToShare(session, tenantId, request))) {
      return false;
    }
  }
  const rows = await session.query(
    `update watches
     set lease_holder = $3, lease_expires_at = clock_timestamp() + $4 * interval '1 millisecond', held_back_by = $5, updated_at = now()
     where tenant_id = $1 and id = $2 and retired_at is null
       and (lease_holder is null or lease_holder = $3 or lease_expires_at <= clock_timestamp())
     returning id`,
    [tenantId, watchId, holder, ttlMs, heldBackBy]
  );
  return rows.length > 0;
}

/** Notes that this replica is alive. In a transaction of its own where no share is asked for: its row is locked until the commit. */
export async function noteSeen(session: SqlSession, tenantId: string, holder: string): Promise<void> {
  await session.query(
    `insert into scanner_replicas (tenant_id, holder, seen_at) values ($1, $2, clock_timestamp())
     on conflict (tenant_id, holder) do update set seen_at = excluded.seen_at, updated_at = now()`,
    [tenantId, holder]
  );
}

async function keepsToShare(session: SqlSession, tenantId: string, request: LeaseRequest): Promise<boolean> {
  const { watchId, holder, ttlMs } = request;
  await session.query(
    `delete from scanner_replicas where tenant_id = $1 and seen_at < clock_timestamp() - $2 * interval '1 millisecond'`,
    [tenantId, forgottenAfter * ttlMs]
  );
  const [row] = await session.query<ShareRow>(
    `select ceil(count(*)::float8 / greatest(1, (
         select count(*) from scanner_replicas where tenant_id = $1 and seen_at > clock_timestamp() - $4 * interval '1 millisecond'
       ))) as share,
       count(*) filter (where lease_holder = $3 and lease_expires_at > clock_timestamp())::integer as held_count,
       coalesce(bool_or(id = $2 and lease_holder = $3 and lease_expires_at > clock_timestamp()), false) as is_held
     from watches where tenant_id = $1 and retired_at is null`,
    [tenantId, watchId, holder, ttlMs]
  );
  const { share = 1, held_count: heldCount = 0, is_held: isHeld = false } = row ?? {};
  if (isHeld && heldCount > share) {
    await giveBack(session, tenantId, watchId, holder);
    return false;
  }
  return isHeld || heldCount < share;
}

/** Gives the lease back when this holder has it, and forgets a holder without any. */
export async function releaseWatch(
  session: SqlSession,
  tenantId: string,
  watchId: string,
  holder: string
): Promise<void> {
  await giveBack(session, tenantId, watchId, holder);
  await session.query(
    `delete from scanner_replicas where tenant_id = $1 and holder = $2
       and not exists (select from watches where tenant_id = $1 and lease_holder = $2)`,
    [tenantId, holder]
  );
}

async function giveBack(session: SqlSession, tenantId: string, watchId: string, holder: string): Promise<void> {
  await session.query(
    `update watches set lease_holder = null, lease_expires_at = null, updated_at = now()
     where tenant_id = $1 and id = $2 and lease_holder = $3`,
    [tenantId, watchId, holder]
  );
}
