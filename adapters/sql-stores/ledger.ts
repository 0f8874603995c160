import { PortError } from '@loghunter/ports';
import type { Ledger, SqlDatabase } from '@loghunter/ports';
import { checkSums, checkTotals } from './check-sums.ts';
import { createPartMaker, weekMs } from './count-parts.ts';
import { deleteCountsBefore } from './delete-counts.ts';
import { rebuildSums, rebuildTotals } from './rebuild-sums.ts';
import { checkSeenTimes } from './seen-times.ts';
import { readMinutes } from './stored-minutes.ts';
import { ensureTenant, listTenants } from './tenants.ts';
import { leaseWatch, noteSeen, releaseWatch } from './watch-leases.ts';
import { changeLeasedWatch, ensureWatch, leaseLost, listWatches, retireOtherWatches } from './watches.ts';
import { writeMinutes } from './write-minutes.ts';

/** The ledger in a SQL database; every method is one transaction. */
export function createLedger(database: SqlDatabase): Ledger {
  const makeParts = createPartMaker(database);
  return {
    listTenants: () => database.withInstallation(listTenants),
    ensureTenant: (name, lokiOrgId) =>
      database.withInstallation(async (session) => only(database, await ensureTenant(session, name, lokiOrgId))),
    ensureWatch: (tenantId, watch, leaseHolder) =>
      database.withTenant(tenantId, async (session) => {
        if (leaseHolder === undefined) {
          return only(database, await ensureWatch(session, tenantId, watch));
        }
        const [changed] = await changeLeasedWatch(session, tenantId, watch, leaseHolder);
        if (changed === undefined) {
          throw leaseLost(database.system);
        }
        return changed;
      }),
    retireOtherWatches: (tenantId, keptNames) =>
      database.withTenant(tenantId, (session) => retireOtherWatches(session, tenantId, keptNames)),
    listWatches: (tenantId) => database.withTenant(tenantId, (session) => listWatches(session, tenantId)),
    async leaseWatch(tenantId, watchId, holder, ttlMs, options) {
      if (options?.isShared !== true) {
        // Apart: a renewal that waits for a slow write of its watch must not hold up those of all others.
        await database.withTenant(tenantId, (session) => noteSeen(session, tenantId, holder));
      }
      return database.withTenant(tenantId, (session) =>
        leaseWatch(session, tenantId, { watchId, holder, ttlMs, ...options })
      );
    },
    releaseWatch: (tenantId, watchId, holder) =>
      database.withTenant(tenantId, (session) => releaseWatch(session, tenantId, watchId, holder)),
    async write(tenantId, write) {
      await makeParts(write.minutes.map((minute) => minute.minuteMs));
      return database.withTenant(tenantId, async (session) => ({
        foreignStreams: await writeMinutes(session, database.system, tenantId, write),
      }));
    },
    readMinutes: (tenantId, watchId, fromMs, toMs) =>
      database.withTenant(tenantId, (session) => readMinutes(session, tenantId, watchId, fromMs, toMs)),
    async deleteCountsBefore(tenantId, cutMs, everyonesCutMs) {
      // With what is done by the hour, and not by the first write of a Monday: a new part waits for all others that write.
      await makeParts([Date.now() + weekMs]);
      return deleteCountsBefore(database, tenantId, cutMs, everyonesCutMs);
    },
    checkSums: (tenantId, range) => database.withTenant(tenantId, (session) => checkSums(session, tenantId, range)),
    checkTotals: (tenantId) => database.withTenant(tenantId, (session) => checkTotals(session, tenantId)),
    checkSeenTimes: (tenantId) => database.withTenant(tenantId, (session) => checkSeenTimes(session, tenantId)),
    rebuildSums: (tenantId, range) => database.withTenant(tenantId, (session) => rebuildSums(session, tenantId, range)),
    rebuildTotals: (tenantId) => database.withTenant(tenantId, (session) => rebuildTotals(session, tenantId)),
  };
}

function only<T>(database: SqlDatabase, rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) {
    throw new PortError({
      system: database.system,
      kind: 'invalid-answer',
      message: 'The database wrote a row and did not return it',
    });
  }
  return row;
}
