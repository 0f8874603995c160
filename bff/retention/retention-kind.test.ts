import {
  createAuditLog,
  createIdempotencyStore,
  createLedger,
  createWorkListStore,
} from '@loghunter/adapters/sql-stores';
import { countOf, createManualClock, minuteOf, writeMinutes } from '@loghunter/ports/testing';
import { beforeAll, expect, test } from 'vitest';
import { createSharedSqlStores, openSharedDatabase } from '../testing/shared-sql-stores.ts';
import type { JobRun } from '../jobs/job-kind.ts';
import { createRetentionKind } from './retention-kind.ts';

const dayMs = 86_400_000;
// A Saturday, long ago, so that the counts of other tests are not in the same weeks.
const nowMs = Date.UTC(2019, 5, 15, 12);

const [one, two] = [crypto.randomUUID(), crypto.randomUUID()];
beforeAll(() => openSharedDatabase(one), 60_000);

test('a tenant that keeps less than the longest loses days, one that keeps the longest loses weeks', async () => {
  const database = await openSharedDatabase(two);
  const ledger = createLedger(database);
  const keptMs = new Map<string, number>([
    [one, 9 * dayMs],
    [two, 17 * dayMs],
  ]);
  const retention = createRetentionKind({
    ...{ ...createSharedSqlStores(), ledger, workList: createWorkListStore(database), clock: createManualClock(nowMs) },
    ...{ auditLog: createAuditLog(database), idempotency: createIdempotencyStore(database) },
    ...{
      workHistoryMs: dayMs,
      auditMs: 400 * dayMs,
      countsMs: (tenantId) => Promise.resolve(keptMs.get(tenantId) ?? 0),
    },
    longestCountsMs: () => Promise.resolve(Math.max(...keptMs.values())),
  });
  const ages = [0, 8, 10, 16, 18, 20];
  const watchIds = new Map<string, string>();
  for (const tenantId of keptMs.keys()) {
    const watch = await ledger.ensureWatch(tenantId, { name: 'all', selectors: [], discoveredLabelNames: [] });
    const minutes = ages.map((age) => minuteOf(nowMs - age * dayMs, [countOf(1, nowMs - age * dayMs, 1)]));
    const tenant = { id: tenantId, name: tenantId, lokiOrgId: null, settings: {} };
    await writeMinutes({ ledger }, { tenant, watch }, minutes);
    watchIds.set(tenantId, watch.id);
  }
  for (const tenantId of keptMs.keys()) {
    // The kind looks at nothing else of a run.
    const run = { tenantId, signal: new AbortController().signal, report: () => undefined };
    await retention.run(Object.assign({} as JobRun, run));
  }
  async function readAges(tenantId: string): Promise<readonly number[]> {
    const kept = await ledger.readMinutes(tenantId, watchIds.get(tenantId) ?? '', nowMs - 30 * dayMs, nowMs + dayMs);
    return kept.map(({ minuteMs }) => (nowMs - minuteMs) / dayMs);
  }
  expect(await readAges(one)).toEqual([8, 0]);
  // 17 days before is a Wednesday: its week waits for its end.
  expect(await readAges(two)).toEqual([18, 16, 10, 8, 0]);
});
