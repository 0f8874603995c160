import type { SqlSession, Watch } from '@loghunter/ports';

interface WatchRow extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly selectors: readonly string[];
  readonly discovered_label_names: readonly string[];
  readonly read_from_at: Date | null;
  readonly read_up_to_at: Date | null;
}

/** Creates or updates the watch of this name; its marks stay. */
export async function ensureWatch(
  session: SqlSession,
  tenantId: string,
  watch: Pick<Watch, 'name' | 'selectors' | 'discoveredLabelNames'>
): Promise<readonly Watch[]> {
  const rows = await session.query<WatchRow>(
    `insert into watches (tenant_id, name, selectors, discovered_label_names) values ($1, $2, $3, $4)
     on conflict (tenant_id, name) do update
       set selectors = excluded.selectors, discovered_label_names = excluded.discovered_label_names, updated_at = now()
     returning id, name, selectors, discovered_label_names, read_from_at, read_up_to_at`,
    [tenantId, watch.name, watch.selectors, watch.discoveredLabelNames]
  );
  return rows.map(presentWatch);
}

/** All watches of the tenant, by name. */
export async function listWatches(session: SqlSession, tenantId: string): Promise<readonly Watch[]> {
  const rows = await session.query<WatchRow>(
    `select id, name, selectors, discovered_label_names, read_from_at, read_up_to_at
     from watches where tenant_id = $1 order by name`,
    [tenantId]
  );
  return rows.map(presentWatch);
}

/** Takes or renews the lease; false when another holder has it. The database's clock decides, so that replicas agree. */
export async function leaseWatch(
  session: SqlSession,
  tenantId: string,
  watchId: string,
  holder: string,
  ttlMs: number
): Promise<boolean> {
  const rows = await session.query(
    `update watches
     set lease_holder = $3, lease_expires_at = clock_timestamp() + $4 * interval '1 millisecond', updated_at = now()
     where tenant_id = $1 and id = $2
       and (lease_holder is null or lease_holder = $3 or lease_expires_at <= clock_timestamp())
     returning id`,
    [tenantId, watchId, holder, ttlMs]
  );
  return rows.length > 0;
}

/** Gives the lease back when this holder has it. */
export async function releaseWatch(
  session: SqlSession,
  tenantId: string,
  watchId: string,
  holder: string
): Promise<void> {
  await session.query(
    `update watches set lease_holder = null, lease_expires_at = null, updated_at = now()
     where tenant_id = $1 and id = $2 and lease_holder = $3`,
    [tenantId, watchId, holder]
  );
}

/** Sets what the watch has read. */
export async function moveMarks(
  session: SqlSession,
  tenantId: string,
  watchId: string,
  progress: { readonly readFromMs: number; readonly readUpToMs: number }
): Promise<void> {
  await session.query(
    `update watches
     set read_from_at = to_timestamp($3::float8 / 1000), read_up_to_at = to_timestamp($4::float8 / 1000), updated_at = now()
     where tenant_id = $1 and id = $2`,
    [tenantId, watchId, progress.readFromMs, progress.readUpToMs]
  );
}

function presentWatch(row: WatchRow): Watch {
  return {
    id: row.id,
    name: row.name,
    selectors: row.selectors,
    discoveredLabelNames: row.discovered_label_names,
    readUpToMs: row.read_up_to_at?.getTime() ?? null,
    readFromMs: row.read_from_at?.getTime() ?? null,
  };
}
