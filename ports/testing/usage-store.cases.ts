import { expect } from 'vitest';
import type { UsageRow, UsageStore } from '../usage-store.ts';
import type { ContractCase } from './contract-case.ts';

/** A store with two tenants. */
export interface UsageUnderTest {
  readonly usage: UsageStore;
  readonly tenantIds: readonly [string, string];
}

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 10, 20, 10);

function rowOf(actorId: string, hour: number, requestCount: number, actorName = actorId): UsageRow {
  const counts = { requestCount, weightSum: requestCount * 2, refusedCount: 1 };
  return { actorKind: 'api-key', actorId, actorName, hourMs: startMs + hour * hourMs, ...counts };
}

/** What every {@link UsageStore} does. */
export const usageStoreCases: ReadonlyArray<ContractCase<UsageUnderTest>> = [
  {
    title: 'usage adds up by actor over the hours asked for, under the latest name, the most first',
    async run({ usage, tenantIds: [one, two] }) {
      await usage.addUsage(one, [rowOf('a', 0, 3, 'before'), rowOf('b', 0, 9)]);
      await usage.addUsage(one, [rowOf('a', 0, 2, 'before'), rowOf('a', 1, 10, 'after'), rowOf('a', 2, 100)]);
      await usage.addUsage(two, [rowOf('a', 1, 5)]);
      const sums = await usage.sumUsage(one, { fromMs: startMs, toMs: startMs + 2 * hourMs });
      expect(
        sums.map(({ actorName, requestCount, weightSum, hourMs: first }) => [actorName, requestCount, weightSum, first])
      ).toEqual([
        ['after', 15, 30, startMs],
        ['b', 9, 18, startMs],
      ]);
      const [theirs] = await usage.sumUsage(two, { fromMs: startMs, toMs: startMs + 2 * hourMs });
      expect(theirs).toEqual(rowOf('a', 1, 5));
      expect(await usage.sumUsage(one, { fromMs: startMs + 3 * hourMs, toMs: startMs + 4 * hourMs })).toEqual([]);
    },
  },
];
