import { expect } from 'vitest';
import type { CountHistoryStore, HistoryHour } from '../count-history-store.ts';
import type { Ledger } from '../ledger.ts';
import type { ContractCase } from './contract-case.ts';

/** A store with two tenants whose ledger and history are empty. */
export interface CountHistoryUnderTest {
  readonly history: CountHistoryStore;
  readonly ledger: Ledger;
  readonly tenantIds: readonly [string, string];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const startMs = Date.UTC(2026, 10, 20, 10);

function hourOf(service: string, hour: number, lines: number, errors: number | null = 0): HistoryHour {
  return {
    ...{ service, namespace: 'shop', hourMs: startMs + hour * hourMs },
    lineCounts: Array.from({ length: 60 }, (_, minute) => lines + minute),
    errorCounts: errors === null ? null : Array.from({ length: 60 }, () => errors),
  };
}

async function createWatch(
  { ledger }: CountHistoryUnderTest,
  tenantId: string,
  name: string,
  readFromMs: number | null
) {
  const watch = await ledger.ensureWatch(tenantId, { name, selectors: ['{a="b"}'], discoveredLabelNames: [] });
  if (readFromMs !== null) {
    const progress = { readFromMs, readUpToMs: readFromMs + minuteMs };
    await ledger.write(tenantId, { watchId: watch.id, minutes: [], clusters: [], samples: [], progress });
  }
  return watch.id;
}

function rangeOf(fromHour: number, toHour: number) {
  return { fromMs: startMs + fromHour * hourMs, toMs: startMs + toHour * hourMs };
}

/** What every {@link CountHistoryStore} does. */
export const countHistoryCases: ReadonlyArray<ContractCase<CountHistoryUnderTest>> = [
  {
    title:
      'minutes of before the ledger come back in order, of each watch up to its first mark, to their own tenant only',
    async run(opened) {
      const { history, tenantIds } = opened;
      const [one, two] = tenantIds;
      const early = await createWatch(opened, one, 'early', startMs + hourMs + 30 * minuteMs);
      const late = await createWatch(opened, one, 'late', startMs + 2 * hourMs);
      const mark = { range: rangeOf(0, 2), missing: [], isComplete: true };
      await history.write(one, [hourOf('cart', 0, 100), hourOf('cart', 1, 200)], { watchId: early, ...mark });
      await history.write(one, [hourOf('cart', 1, 1000, 3), hourOf('pay', 1, 7, null)], { watchId: late, ...mark });
      const minutes = await history.read(one, { fromMs: startMs + 59 * minuteMs, toMs: startMs + 2 * hourMs });
      expect(minutes.map(({ minuteMs: ms }) => ms)).toEqual(
        minutes.map(({ minuteMs: ms }) => ms).toSorted((a, b) => a - b)
      );
      const at = (service: string, minute: number) =>
        minutes.find((row) => row.service === service && row.minuteMs === startMs + minute * minuteMs);
      expect(at('cart', 59)).toMatchObject({ lineCount: 159, errorCount: 0, isKnown: true, namespace: 'shop' });
      expect(at('cart', 60)).toMatchObject({ lineCount: 1200, errorCount: 3 });
      expect(at('cart', 90)).toMatchObject({ lineCount: 1030, errorCount: 3 });
      expect(at('pay', 119)).toMatchObject({ lineCount: 66, errorCount: null });
      expect(at('pay', 59)).toBeUndefined();
      expect(await history.read(two, rangeOf(0, 2))).toEqual([]);
    },
  },
  {
    title: 'what the log store could not count is there as unknown, for every service of the watch',
    async run(opened) {
      const { history, tenantIds } = opened;
      const watchId = await createWatch(opened, tenantIds[0], 'all', startMs + 3 * hourMs);
      const missing = [{ fromMs: startMs + hourMs, toMs: startMs + hourMs + 2 * minuteMs }];
      const hours = [hourOf('cart', 0, 1), hourOf('pay', 2, 1)];
      await history.write(tenantIds[0], hours, { watchId, range: rangeOf(0, 3), missing, isComplete: false });
      const minutes = await history.read(tenantIds[0], rangeOf(1, 2));
      expect(minutes.map(({ service, isKnown, errorCount }) => [service, isKnown, errorCount])).toEqual([
        ['cart', false, null],
        ['pay', false, null],
        ['cart', false, null],
        ['pay', false, null],
      ]);
      expect(await history.listMarks(tenantIds[0])).toEqual([
        { watchId, range: rangeOf(0, 3), missing, isComplete: false },
      ]);
    },
  },
  {
    title: 'an hour written again replaces what was there, and a mark what was said before',
    async run(opened) {
      const { history, tenantIds } = opened;
      const watchId = await createWatch(opened, tenantIds[0], 'all', null);
      const mark = { watchId, range: rangeOf(0, 1), missing: [], isComplete: false };
      await history.write(tenantIds[0], [hourOf('cart', 0, 1)], mark);
      await history.write(tenantIds[0], [hourOf('cart', 0, 50)], { ...mark, isComplete: true });
      const minutes = await history.read(tenantIds[0], rangeOf(0, 1));
      expect([minutes.length, minutes[0]?.lineCount]).toEqual([60, 50]);
      expect((await history.listMarks(tenantIds[0]))[0]?.isComplete).toBe(true);
    },
  },
  {
    title: 'old hours are deleted, so many at a time',
    async run(opened) {
      const { history, tenantIds } = opened;
      const watchId = await createWatch(opened, tenantIds[0], 'all', null);
      const hours = [0, 1, 2].map((hour) => hourOf('cart', hour, 1));
      await history.write(tenantIds[0], hours, { watchId, range: rangeOf(0, 3), missing: [], isComplete: true });
      expect(await history.deleteBefore(tenantIds[0], startMs + 2 * hourMs, 1)).toBe(1);
      expect(await history.deleteBefore(tenantIds[0], startMs + 2 * hourMs, 10)).toBe(1);
      expect(await history.read(tenantIds[0], rangeOf(0, 3))).toHaveLength(60);
    },
  },
];
