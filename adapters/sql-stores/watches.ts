import { PortError } from '@loghunter/ports';
import type { SqlDatabase, SqlSession, WantedWatch, Watch } from '@loghunter/ports';

interface WatchRow extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly selectors: readonly string[];
  readonly discovered_label_names: readonly string[];
  readonly read_from_at: Date | null;
  readonly read_up_to_at: Date | null;
  readonly one_in: number;
  readonly source: string;
  readonly is_retired: boolean;
}

const watchColumns =
  'id, name, selectors, discovered_label_names, read_from_at, read_up_to_at, one_in, source, retired_at is not null as is_retired';

/** Creates or updates the watch of this name; its marks stay. A list without selectors keeps those that are stored. */
export async function ensureWatch(
  session: SqlSession,
  tenantId: string,
  watch: WantedWatch
): Promise<readonly Watch[]> {
  const rows = await session.query<WatchRow>(
    `insert into watches (tenant_id, name, selectors, discovered_label_names, one_in, source, counts_kept_from_at)
     values ($1, $2, $3, $4, $5, $6, (select max(counts_kept_from_at) from watches where tenant_id = $1))
     on conflict (tenant_id, name) do update
       set selectors = case when cardinality(excluded.selectors) = 0 then watches.selectors else excluded.selectors end,
         discovered_label_names = case when cardinality(excluded.selectors) = 0 then watches.discovered_label_names
           else excluded.discovered_label_names end,
         one_in = excluded.one_in, source = excluded.source, retired_at = null, updated_at = now()
     returning ${watchColumns}`,
    [tenantId, watch.name, watch.selectors, watch.discoveredLabelNames, watch.oneIn ?? 1, watch.source ?? '']
  );
  return rows.map(presentWatch);
}

/** Changes a watch while `holder` has its lease; no row otherwise. */
export async function changeLeasedWatch(
  session: SqlSession,
  tenantId: string,
  watch: WantedWatch,
  holder: string
): Promise<readonly Watch[]> {
  const rows = await session.query<WatchRow>(
    `update watches set selectors = $3, discovered_label_names = $4, updated_at = now()
     where tenant_id = $1 and name = $2 and lease_holder = $5
     returning ${watchColumns}`,
    [tenantId, watch.name, watch.selectors, watch.discoveredLabelNames, holder]
  );
  return rows.map(presentWatch);
}

/** Retires all watches but those named; returns the names of those that were in use. */
export async function retireOtherWatches(
  session: SqlSession,
  tenantId: string,
  keptNames: readonly string[]
): Promise<readonly string[]> {
  // Without its lease a scanner that still reads the watch can write nothing more to it.
  const rows = await session.query<{ name: string }>(
    `update watches set retired_at = now(), lease_holder = null, lease_expires_at = null, updated_at = now()
     where tenant_id = $1 and retired_at is null and name <> all($2::text[])
     returning name`,
    [tenantId, keptNames]
  );
  return rows.map((row) => row.name).sort();
}

/**
 * Locks the watch for a write and tells from when on its counts are kept. The lock makes whoever wants the lease wait for the end of the
 * write, so that a holder that has it here has it until the commit. Throws `not-found` for an unknown watch, `conflict` for a lost lease.
 */
export async function lockWatch(
  session: SqlSession,
  system: SqlDatabase['system'],
  tenantId: string,
  watchId: string,
  leaseHolder: string | undefined
): Promise<{ readonly keptFromMs: number }> {
  const [watch] = await session.query<{ counts_kept_from_at: Date | null; lease_holder: string | null }>(
    'select counts_kept_from_at, lease_holder from watches where tenant_id = $1 and id = $2 for no key update',
    [tenantId, watchId]
  );
  if (watch === undefined) {
    throw new PortError({ system, kind: 'not-found', message: `There is no watch ${watchId}` });
  }
  // A lease that has ended and that nobody took still keeps others from having written meanwhile.
  if (leaseHolder !== undefined && watch.lease_holder !== leaseHolder) {
    throw leaseLost(system);
  }
  return { keptFromMs: watch.counts_kept_from_at?.getTime() ?? -Infinity };
}

/** Every writer locks its watch first: nobody writes until this transaction ends. In one order, so that two who do this do not wait for each other. */
export async function lockWriters(session: SqlSession, tenantId: string): Promise<void> {
  await session.query('select id from watches where tenant_id = $1 order by id for no key update', [tenantId]);
}

/** The failure of a writer whose lease another holder has. */
export function leaseLost(system: SqlDatabase['system']): PortError {
  return new PortError({
    system,
    kind: 'conflict',
    isRetryable: true,
    message: 'The lease of the watch was lost to another process before the write',
  });
}

/** All watches of the tenant, also retired ones, by name. */
export async function listWatches(session: SqlSession, tenantId: string): Promise<readonly Watch[]> {
  const rows = await session.query<WatchRow>(`select ${watchColumns} from watches where tenant_id = $1 order by name`, [
    tenantId,
  ]);
  return rows.map(presentWatch);
}

/** Widens what the watch has read: a holder that comes late with an old mark must not take back what another has read. */
export async function moveMarks(
  session: SqlSession,
  tenantId: string,
  watchId: string,
  progress: { readonly readFromMs: number; readonly readUpToMs: number }
): Promise<void> {
  await session.query(
    `update watches
     set read_from_at = least(read_from_at, to_timestamp($3::float8 / 1000)),
       read_up_to_at = greatest(read_up_to_at, to_timestamp($4::float8 / 1000)), updated_at = now()
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
    oneIn: row.one_in,
    source: row.source,
    isRetired: row.is_retired,
  };
}
