import type { UsageRow, UsageStore } from '../usage-store.ts';

/** Usage in memory. */
export function createFakeUsageStore(): UsageStore {
  const rows: Array<{ readonly tenantId: string; readonly row: UsageRow }> = [];
  return {
    addUsage(tenantId, added) {
      rows.push(...added.map((row) => ({ tenantId, row })));
      return Promise.resolve();
    },
    sumUsage(tenantId, { fromMs, toMs }) {
      const own = rows.filter((entry) => entry.tenantId === tenantId).map(({ row }) => row);
      const inRange = own.filter(({ hourMs }) => hourMs >= fromMs && hourMs < toMs);
      const byActor = Map.groupBy(inRange, ({ actorKind, actorId }) => JSON.stringify([actorKind, actorId]));
      const sums = [...byActor.values()].map((group) => group.reduce(add));
      return Promise.resolve(sums.toSorted((a, b) => b.requestCount - a.requestCount));
    },
  };
}

function add(a: UsageRow, b: UsageRow): UsageRow {
  return {
    ...a,
    actorName: b.hourMs > a.hourMs ? b.actorName : a.actorName,
    hourMs: Math.min(a.hourMs, b.hourMs),
    requestCount: a.requestCount + b.requestCount,
    weightSum: a.weightSum + b.weightSum,
    refusedCount: a.refusedCount + b.refusedCount,
  };
}
