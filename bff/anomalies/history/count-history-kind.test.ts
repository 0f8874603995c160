import type { Labels } from '@loghunter/engine/records';
import { PortError, type Job, type LogStore } from '@loghunter/ports';
import {
  createFakeCountHistoryStore,
  createFakeLogStore,
  createFakeStores,
  createManualClock,
} from '@loghunter/ports/testing';
import { describe, expect, test } from 'vitest';
import { defaultServiceSettings } from '@loghunter/engine/records';
import { createCountHistoryKind } from './count-history-kind.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const nowMs = Date.UTC(2026, 9, 20, 12);
const ledgerFromMs = nowMs - 6 * hourMs;
const never = new AbortController().signal;

/** Two days of a line a minute before the ledger, and the ledger's hours; `labels` and `metadata` as a test has them. */
async function open(labels: Labels, levels: (ms: number) => Labels = () => ({})) {
  const logs = createFakeLogStore();
  const entries = [];
  for (let ms = ledgerFromMs - 2 * dayMs; ms < nowMs; ms += minuteMs) {
    entries.push({ timestampNs: BigInt(ms) * 1_000_000n, line: 'a line', metadata: levels(ms) });
  }
  await logs.push([{ labels, entries }], never);
  const { ledger } = createFakeStores(() => nowMs);
  const { id: tenantId } = await ledger.ensureTenant('default', null);
  const watch = await ledger.ensureWatch(tenantId, {
    name: 'all',
    selectors: ['{app=~".+"}'],
    discoveredLabelNames: [],
  });
  const progress = { readFromMs: ledgerFromMs, readUpToMs: nowMs };
  await ledger.write(tenantId, { watchId: watch.id, minutes: [], clusters: [], samples: [], progress });
  const history = createFakeCountHistoryStore(ledger);
  let errorsPerMinute = 0;
  async function run(over: Partial<LogStore> = {}) {
    const kind = createCountHistoryKind({
      ...{ ledger, countHistory: history, clock: createManualClock(nowMs), historyMs: 14 * dayMs },
      services: defaultServiceSettings,
      openLogs: () => Promise.resolve({ logs: { ...logs, ...over }, sources: undefined }),
      series: {
        // The other watches have what the first has.
        listServicesOf: () => Promise.resolve([{ service: labels['app'] ?? '', namespace: '' }]),
        readServiceMinutes: (_tenant, { fromMs, toMs }) =>
          Promise.resolve(
            Array.from({ length: (toMs - fromMs) / minuteMs }, (_unused, minute) => ({
              ...{ service: labels['app'] ?? '', namespace: '', minuteMs: fromMs + minute * minuteMs },
              ...{ lineCount: 1, unreadLineCount: 0, skippedLineCount: 0, errorCount: errorsPerMinute },
            }))
          ),
      },
    });
    const job = { id: 'job', kind: kind.name, input: {} } as Job;
    return kind.run({ tenantId, job, signal: never, report: () => undefined });
  }
  return {
    run,
    async addWatch(name: string, selector: string) {
      const added = await ledger.ensureWatch(tenantId, { name, selectors: [selector], discoveredLabelNames: [] });
      await ledger.write(tenantId, { watchId: added.id, minutes: [], clusters: [], samples: [], progress });
      return added.id;
    },
    setLedgerErrors: (count: number) => void (errorsPerMinute = count),
    marks: () => history.listMarks(tenantId),
    minutes: (fromMs: number, toMs: number) => history.read(tenantId, { fromMs, toMs }),
  };
}

describe('counting what was before the ledger', () => {
  test('every minute before it has its lines, and what is older than the lines is not asked for to the end', async () => {
    const opened = await open({ app: 'cart' }, (ms) => ({ level: ms % (10 * minuteMs) === 0 ? 'error' : 'info' }));
    opened.setLedgerErrors(0.1);
    await opened.run();
    const minutes = await opened.minutes(ledgerFromMs - 2 * dayMs, nowMs);
    expect(minutes).toHaveLength(2 * 1440);
    expect(minutes.every(({ lineCount, isKnown }) => lineCount === 1 && isKnown)).toBe(true);
    expect(minutes.reduce((sum, { errorCount }) => sum + (errorCount ?? 0), 0)).toBe(288);
    const [mark] = await opened.marks();
    expect(mark).toMatchObject({ isComplete: true, missing: [] });
    expect(mark?.range.fromMs).toBe(ledgerFromMs - 5 * dayMs);
  });

  test('errors are unknown, not none, where lines tell no level, or labels call other lines errors than the ledger does', async () => {
    const silent = await open({ app: 'cart' });
    await silent.run();
    expect((await silent.minutes(ledgerFromMs - hourMs, ledgerFromMs)).map(({ errorCount }) => errorCount)).toEqual(
      Array.from({ length: 60 }, () => null)
    );
    const different = await open({ app: 'cart' }, () => ({ level: 'info' }));
    different.setLedgerErrors(1);
    await different.run();
    const [minute] = await different.minutes(ledgerFromMs - minuteMs, ledgerFromMs);
    expect(minute).toMatchObject({ lineCount: 1, errorCount: null });
  });

  test('errors of a service that several watches have are compared with what all of them count', async () => {
    const opened = await open({ app: 'cart' }, () => ({ level: 'error' }));
    await opened.addWatch('other', '{app=~"c.+"}');
    // As if each watch had streams of its own: the ledger has the errors of both.
    opened.setLedgerErrors(2);
    await opened.run();
    const minutes = await opened.minutes(ledgerFromMs - hourMs, ledgerFromMs);
    expect(minutes.map(({ lineCount, errorCount }) => [lineCount, errorCount])).toEqual(
      Array.from({ length: 60 }, () => [2, 2])
    );
  });

  test('errors stay as they are counted while another watch of the service cannot be: its part of the ledger is not known', async () => {
    const opened = await open({ app: 'cart' }, () => ({ level: 'error' }));
    await opened.addWatch('other', '{app=~"c.+"}');
    opened.setLedgerErrors(4);
    const away = new PortError({ system: 'loki', kind: 'unavailable', message: 'no answer' });
    const startMs = ledgerFromMs - 2 * dayMs;
    await expect(
      opened.run({
        countByLabels: ({ selector, fromNs, toNs }) =>
          selector.includes('c.+')
            ? Promise.reject(away)
            : Promise.resolve(
                Array.from({ length: Number((toNs - fromNs) / BigInt(minuteMs * 1_000_000)) }, (_, minute) => ({
                  labels: { app: 'cart', level: 'error' },
                  startMs: Number(fromNs / 1_000_000n) + minute * minuteMs,
                  lineCount: 1,
                })).filter((count) => count.startMs >= startMs)
              ),
      })
    ).rejects.toThrow('no answer');
    const [minute] = await opened.minutes(ledgerFromMs - minuteMs, ledgerFromMs);
    expect(minute).toMatchObject({ lineCount: 1, errorCount: 1 });
  });

  test('a store that refuses a day leaves it missing in pieces, one that answers in part as well', async () => {
    const opened = await open({ app: 'cart' }, () => ({ level: 'info' }));
    let calls = 0;
    const refusing: Partial<LogStore> = {
      countByLabels(request) {
        calls += 1;
        // The comparison with the ledger is the first; of the first day two pieces fail, and the day itself.
        if (calls === 2 || calls === 4 || calls === 5) {
          return Promise.reject(new PortError({ system: 'loki', kind: 'rejected', message: 'too many series' }));
        }
        const fromMs = Number(request.fromNs / 1_000_000n);
        return Promise.resolve([{ labels: { app: 'cart', level: 'info' }, startMs: fromMs, lineCount: 7 }]);
      },
    };
    expect(await opened.run(refusing)).toEqual({ watchCount: 1, missingHours: 12 });
    const [mark] = await opened.marks();
    expect(mark?.missing).toHaveLength(2);
    const [gap] = mark?.missing ?? [];
    const unknown = await opened.minutes(gap?.fromMs ?? 0, (gap?.fromMs ?? 0) + minuteMs);
    expect(unknown).toMatchObject([{ service: 'cart', isKnown: false, lineCount: 0 }]);
  });

  test('a store that asks for a pause while a refused day is counted in pieces fails the run, and leaves no hole', async () => {
    const opened = await open({ app: 'cart' }, () => ({ level: 'info' }));
    let calls = 0;
    const busy: Partial<LogStore> = {
      countByLabels() {
        calls += 1;
        // The comparison with the ledger is the first; the day is refused, and its pieces are too many for now.
        return calls === 1
          ? Promise.resolve([])
          : Promise.reject(
              new PortError({
                ...{ system: 'loki', kind: 'rejected', isRetryable: calls > 2 },
                message: calls > 2 ? 'too many outstanding requests' : 'too many series',
              })
            );
      },
    };
    await expect(opened.run(busy)).rejects.toThrow('too many outstanding requests');
    expect(await opened.marks()).toEqual([]);
    await opened.run();
    expect((await opened.marks())[0]).toMatchObject({ isComplete: true, missing: [] });
  });

  test('a watch whose store is away fails the run after the others were counted', async () => {
    const opened = await open({ app: 'cart' }, () => ({ level: 'info' }));
    const other = await opened.addWatch('other', '{app="pay"}');
    const away = new PortError({ system: 'loki', kind: 'unavailable', message: 'no answer' });
    const answers: Partial<LogStore> = {
      countByLabels: ({ selector }) => (selector.includes('.+') ? Promise.reject(away) : Promise.resolve([])),
    };
    await expect(opened.run(answers)).rejects.toThrow('no answer');
    expect(await opened.marks()).toMatchObject([{ watchId: other, isComplete: true }]);
  });

  test('a store that goes away fails the run, and the next one goes on from the last mark', async () => {
    const opened = await open({ app: 'cart' }, () => ({ level: 'info' }));
    let calls = 0;
    const away = new PortError({ system: 'loki', kind: 'unavailable', message: 'no answer' });
    await expect(
      opened.run({
        countByLabels(request) {
          calls += 1;
          return calls > 2
            ? Promise.reject(away)
            : Promise.resolve([
                { labels: { app: 'cart', level: 'info' }, startMs: Number(request.fromNs / 1_000_000n), lineCount: 1 },
              ]);
        },
      })
    ).rejects.toThrow('no answer');
    const [halfway] = await opened.marks();
    expect(halfway).toMatchObject({ isComplete: false, range: { fromMs: ledgerFromMs - dayMs, toMs: ledgerFromMs } });
    const asked: number[] = [];
    await opened.run({
      countByLabels(request) {
        asked.push(Number(request.fromNs / 1_000_000n));
        return Promise.resolve([]);
      },
    });
    expect(Math.max(...asked.filter((ms) => ms < ledgerFromMs))).toBe(ledgerFromMs - 2 * dayMs);
    expect((await opened.marks())[0]?.isComplete).toBe(true);
  });

  test('many services are counted in several queries, each service once', async () => {
    const opened = await open({ app: 'cart' });
    const values = Array.from({ length: 120 }, (_, index) => `service.${index}`);
    const selectors = new Set<string>();
    await opened.run({
      listLabelNames: () => Promise.resolve(['app', 'pod']),
      listLabelValues: () => Promise.resolve(values),
      countByLabels({ selector }) {
        selectors.add(selector);
        return Promise.resolve([]);
      },
    });
    expect(selectors.size).toBe(4);
    const text = [...selectors].join('\n');
    expect(text).toContain(String.raw`service\\.0|`);
    expect(text).toContain('app=""');
    expect(text).toContain('loghunter!="anomaly"');
  });
});
