import type { LogEntry } from '@loghunter/engine/records';
import { PortError, type LogStore } from '@loghunter/ports';
import { createFakeLogStore, createFakeStores, createManualClock, type FakeLogStore } from '@loghunter/ports/testing';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import type { BudgetSettings, QueryKind } from './budget-settings.ts';
import { createBudgetedLogStore } from './budgeted-log-store.ts';
import { createQueryBudget, describeLoad, type QueryBudget } from './query-budget.ts';
import { createQueryMeter } from './query-meter.ts';

const nowMs = Date.UTC(2026, 9, 5, 10, 0, 0);
const hourMs = 3_600_000;
const lineBytes = 100;
const { signal } = new AbortController();

interface Bench {
  readonly fake: FakeLogStore;
  readonly budget: QueryBudget;
  readonly stores: Readonly<Record<QueryKind, LogStore>>;
  readonly renderMetrics: () => Promise<string>;
}

/** Two services with a line a minute each over the last day. */
async function createBench(changes: Partial<BudgetSettings> = {}, over: Partial<LogStore> = {}): Promise<Bench> {
  const fake = createFakeLogStore({ pageSize: 50 });
  const clock = createManualClock(nowMs);
  const { ledger } = createFakeStores(() => nowMs);
  const tenant = await ledger.ensureTenant('default', null);
  for (const service of ['checkout', 'db']) {
    await fake.push([{ labels: { service }, entries: linesOf(service) }], signal);
  }
  const registry = new Registry();
  const limits = { minuteBytes: 1_000_000, queryBytes: 50_000 };
  const settings: BudgetSettings = {
    mode: 'enforce',
    maxConcurrentQueries: 4,
    maxWaitMs: 0,
    limits: { people: limits, background: limits, ai: limits },
    ...changes,
  };
  const meter = createQueryMeter(registry);
  const store: LogStore = { ...fake, ...over };
  const budget = createQueryBudget({ tenantId: tenant.id, ledger, store, settings, meter, clock, system: 'loki' });
  return {
    fake,
    budget,
    stores: {
      people: createBudgetedLogStore(budget, store, 'people'),
      background: createBudgetedLogStore(budget, store, 'background'),
      ai: createBudgetedLogStore(budget, store, 'ai'),
    },
    renderMetrics: () => registry.metrics(),
  };
}

function linesOf(service: string): ReadonlyArray<Pick<LogEntry, 'timestampNs' | 'line' | 'metadata'>> {
  return Array.from({ length: 1440 }, (_unused, index) => ({
    timestampNs: BigInt(nowMs - (index + 1) * 60_000) * 1_000_000n,
    line: `${service} ${index} `.padEnd(lineBytes, '.'),
    metadata: {},
  }));
}

function lastHours(hours: number) {
  return { fromNs: BigInt(nowMs - hours * hourMs) * 1_000_000n, toNs: BigInt(nowMs) * 1_000_000n, signal };
}

function search(query: string, hours: number) {
  return { query, ...lastHours(hours), direction: 'newest-first', limit: 10 } as const;
}

async function linesRead(store: LogStore, query: string, hours: number): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const page of store.readEntries({ query, ...lastHours(hours) })) {
    lines.push(...page.entries.map(({ line }) => line));
  }
  return lines;
}

describe('a query that costs too much', () => {
  test('is refused and told what would fit', async () => {
    const { stores, fake } = await createBench();
    const refused = stores.people.findEntries(search('{service="checkout"}', 24));
    await expect(refused).rejects.toMatchObject({
      code: 'query-rejected',
      message:
        'This would have Loki read about 144 kB; one query may read 50 kB. What fits: last 6 hours of service=checkout: about 36 kB.',
    });
    expect(fake.calls).not.toContain('findEntries');
  });

  test('what was said to fit does', async () => {
    const { stores } = await createBench();
    expect(await stores.people.findEntries(search('{service="checkout"}', 6))).toHaveLength(10);
  });

  test('is told so when not even a minute fits', async () => {
    const limits = { minuteBytes: 10, queryBytes: 10 };
    const { stores } = await createBench({ limits: { people: limits, background: limits, ai: limits } });
    await expect(stores.ai.findEntries(search('{service=~".+"}', 24))).rejects.toMatchObject({
      code: 'query-rejected',
      message: expect.stringContaining('Not even one minute of {service=~".+"} fits'),
    });
  });

  test('runs in shadow mode and is counted', async () => {
    const { stores, renderMetrics } = await createBench({ mode: 'shadow' });
    expect(await stores.people.findEntries(search('{service="checkout"}', 24))).toHaveLength(10);
    expect(await renderMetrics()).toContain('loghunter_loki_queries_total{kind="people",outcome="would-refuse"} 1');
  });

  test('runs without an estimate when the budget is off', async () => {
    const { stores, fake } = await createBench({ mode: 'off' });
    await stores.people.findEntries(search('{service="checkout"}', 24));
    expect(fake.calls).not.toContain('readStats');
  });
});

describe('background work', () => {
  test('is cut into stretches and reads every line once', async () => {
    const { stores, fake } = await createBench();
    const lines = await linesRead(stores.background, '{service="checkout"}', 24);
    expect(lines).toHaveLength(1440);
    expect(new Set(lines).size).toBe(1440);
    expect(fake.calls.filter((call) => call === 'readEntries')).toHaveLength(4);
  });

  test('tells each stretch of a read how many lines to expect of it', async () => {
    const expected: Array<number | undefined> = [];
    const empty = createFakeLogStore();
    const { stores } = await createBench(
      {},
      {
        readEntries(request) {
          expected.push(request.expectedByStream);
          return empty.readEntries(request);
        },
      }
    );
    const request = { query: '{service="checkout"}', ...lastHours(24), expectedByStream: 1440 };
    for await (const page of stores.background.readEntries(request)) {
      expect(page.entries).toEqual([]);
    }
    expect(expected).toEqual([360, 360, 360, 360]);
  });

  test('counts the same in stretches as in one', async () => {
    const { stores, fake } = await createBench();
    const request = { selector: '{service=~".+"}', stepMs: hourMs, ...lastHours(24) };
    const sorted = (counts: ReadonlyArray<{ startMs: number; lineCount: number }>) =>
      counts.map(({ startMs, lineCount }) => `${startMs} ${lineCount}`).toSorted();
    expect(sorted(await stores.background.countEntries(request))).toEqual(sorted(await fake.countEntries(request)));
    expect(fake.calls.filter((call) => call === 'countEntries').length).toBeGreaterThan(2);
  });

  test('is held back by an overloaded Loki and knows for how long', async () => {
    const { stores, fake, budget } = await createBench();
    fake.failWith(
      new PortError({ system: 'loki', kind: 'rejected', message: 'busy', isRetryable: true, retryAfterMs: 7000 })
    );
    await expect(stores.people.findEntries(search('{service="checkout"}', 1))).rejects.toThrow('busy');
    fake.failWith(null);
    expect(budget.gate.condition.cautiousUntilMs).toBe(nowMs + 7000);
    await expect(settledSoon(linesRead(stores.background, '{service="checkout"}', 1))).resolves.toBe('waits');
  });
});

/** Whether work is done or waits for the clock, which stands. */
async function settledSoon(work: Promise<unknown>): Promise<'done' | 'waits'> {
  const done = work.then(() => 'done' as const);
  return Promise.race([done, new Promise<'waits'>((resolve) => setTimeout(() => resolve('waits'), 50))]);
}

describe('the estimate', () => {
  test('is the largest of statistics and volume', async () => {
    const { stores } = await createBench({}, { readVolume: () => Promise.resolve(60_000) });
    await expect(stores.people.findEntries(search('{service="checkout"}', 1))).rejects.toMatchObject({
      message: expect.stringContaining('about 60 kB'),
    });
  });

  test('without statistics and volume a query counts as much as one may have', async () => {
    const away = () => Promise.reject(new PortError({ system: 'loki', kind: 'unavailable', message: 'no index' }));
    const { stores, budget } = await createBench({}, { readStats: away });
    await stores.people.findEntries(search('{service="checkout"}', 1));
    expect(budget.gate.loadBytes('people')).toBe(50_000);
  });

  test('is made once for many who ask the same', async () => {
    const { stores, fake } = await createBench({ maxConcurrentQueries: 100 });
    await Promise.all(Array.from({ length: 20 }, () => stores.people.findEntries(search('{service="db"}', 1))));
    expect(fake.calls.filter((call) => call === 'readStats')).toHaveLength(1);
  });
});

describe('the meter', () => {
  test('what the store says it read takes the place of the estimate', async () => {
    const findEntries: LogStore['findEntries'] = (request) => {
      request.observeProcessed?.(123);
      return Promise.resolve([]);
    };
    const { stores, budget, renderMetrics } = await createBench({}, { findEntries });
    await stores.people.findEntries(search('{service="checkout"}', 1));
    expect(budget.gate.loadBytes('people')).toBe(123);
    expect(describeLoad(budget.settings, [budget])).toBe(
      "LogHunter's queries over the last minute: people 123 bytes of 1 MB"
    );
    const metrics = await renderMetrics();
    expect(metrics).toContain('loghunter_loki_read_bytes_total{kind="people"} 123');
    expect(metrics).toContain('loghunter_loki_estimated_bytes_total{kind="people"} 6000');
  });

  test('a reader that stops half-way gives its place back', async () => {
    const { stores, budget } = await createBench({ maxConcurrentQueries: 1 });
    for await (const page of stores.people.readEntries({ query: '{service="db"}', ...lastHours(1) })) {
      expect(page.entries.length).toBeGreaterThan(0);
      break;
    }
    expect(await stores.people.findEntries(search('{service="db"}', 1))).toHaveLength(10);
    expect(budget.gate.loadBytes('people')).toBe(12_000);
  });
});

test('counts of many streams come through, however many there are', async () => {
  const counted = Array.from({ length: 200_000 }, () => ({ labels: { service: 'db' }, startMs: nowMs, lineCount: 1 }));
  const { stores } = await createBench({}, { countEntries: () => Promise.resolve(counted) });
  const request = { selector: '{service="db"}', stepMs: 60_000, ...lastHours(1) };
  expect(await stores.background.countEntries(request)).toHaveLength(200_000);
});
