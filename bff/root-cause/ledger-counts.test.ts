import { expect, test } from 'vitest';
import { aPack } from '../testing/plant-analysis.ts';
import { withLedgerCounts } from './ledger-counts.ts';

const minuteMs = 60_000;
const [known, late] = [crypto.randomUUID(), crypto.randomUUID()];
const windows = {
  baseline: { fromMs: 0, toMs: 10 * minuteMs },
  incident: { fromMs: 10 * minuteMs, toMs: 14.5 * minuteMs },
};
const cluster = {
  ...{
    service: 'payments',
    level: 'error' as const,
    templateText: 'failed',
    kind: 'up' as const,
    surprise: 9,
    firstAt: null,
  },
  ...{ baselineCount: 2, incidentCount: 20, baselinePerMinute: 4, incidentPerMinute: 40, isOldNoise: false },
};
const counts: Readonly<Record<string, readonly [number, number]>> = { [known]: [50, 500], [late]: [50, 3] };
const ledger = {
  readEventCounts: (_: string, ids: readonly string[], { fromMs }: { readonly fromMs: number }) =>
    Promise.resolve(new Map(ids.map((id) => [id, [counts[id]?.[fromMs === 0 ? 0 : 1] ?? 0]]))),
};

function packOf(isComplete: boolean) {
  const pack = aPack({
    comparison: [
      { ...cluster, clusterId: known },
      { ...cluster, clusterId: late },
      { ...cluster, clusterId: null },
    ],
  });
  const { incident } = pack.windows;
  const made = { ...pack, windows: { ...pack.windows, incident: { ...incident, isComplete } } };
  // The wire's pack may say undefined where the server's leaves out.
  return made as Parameters<typeof withLedgerCounts>[3];
}

test('counts of a window that was read in slices are the ledger’s, by whole minutes', async () => {
  const { comparison } = await withLedgerCounts(ledger, 'tenant', windows, packOf(false));
  expect(comparison[0]).toMatchObject({
    ...{ baselineCount: 50, baselinePerMinute: 5, incidentCount: 500, incidentPerMinute: 100, countedFrom: 'ledger' },
  });
});

test('clusters that the ledger lacks, or has not counted that far, keep what was read', async () => {
  const { comparison } = await withLedgerCounts(ledger, 'tenant', windows, packOf(false));
  expect(comparison.slice(1).map(({ incidentCount, countedFrom }) => [incidentCount, countedFrom])).toEqual([
    [20, undefined],
    [20, undefined],
  ]);
});

test('windows that were read whole need no ledger', async () => {
  const pack = packOf(true);
  expect(await withLedgerCounts(ledger, 'tenant', windows, pack)).toBe(pack);
});
