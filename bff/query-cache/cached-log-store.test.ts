import { randomBytes } from 'node:crypto';
import type { LogEntry } from '@loghunter/engine/records';
import { PortError, type FindEntriesRequest, type LogStore } from '@loghunter/ports';
import { createFakeCache, createFakeLogStore, type FakeLogStore } from '@loghunter/ports/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CacheOutcome } from '../query-budget/query-meter.ts';
import { createCachedLogStore } from './cached-log-store.ts';
import { keyOfSearch } from './query-key.ts';
import { entriesFormat } from './stored-answer.ts';

const ttlMs = 60_000;

interface Bench {
  readonly fake: FakeLogStore;
  readonly cache: ReturnType<typeof createFakeCache>;
  readonly stores: readonly [LogStore, LogStore];
  readonly time: { nowMs: number };
  readonly outcomes: readonly CacheOutcome[];
}

/** The stores of two tenants on one cache. */
async function createBench(over: Partial<LogStore> = {}): Promise<Bench> {
  const time = { nowMs: 1_000_000 };
  const fake = createFakeLogStore();
  const cache = createFakeCache(() => time.nowMs);
  await fake.push(
    [{ labels: { app: 'shop' }, entries: [{ timestampNs: 5n, line: 'a line', metadata: { trace: 'x' } }] }],
    new AbortController().signal
  );
  const store: LogStore = { ...fake, ...over };
  const outcomes: CacheOutcome[] = [];
  const meter = { observeCache: (outcome: CacheOutcome) => void outcomes.push(outcome) };
  const [first, second] = ['one', 'two'].map((tenantId) =>
    createCachedLogStore({ tenantId, store, cache, ttlMs, meter })
  );
  if (first === undefined || second === undefined) {
    throw new RangeError('two stores');
  }
  return { fake, cache, stores: [first, second], time, outcomes };
}

function search(changes: Partial<FindEntriesRequest> = {}): FindEntriesRequest {
  return {
    query: '{app="shop"}',
    fromNs: 0n,
    toNs: 60_000_000_000n,
    direction: 'newest-first',
    limit: 10,
    signal: new AbortController().signal,
    ...changes,
  };
}

function searchCount({ fake }: Bench): number {
  return fake.calls.filter((call) => call === 'findEntries').length;
}

describe('equal queries', () => {
  test('are counted as misses, hits and joined ones', async () => {
    const bench = await createBench();
    await Promise.all([bench.stores[0].findEntries(search()), bench.stores[0].findEntries(search())]);
    await bench.stores[0].findEntries(search());
    await bench.stores[1].findEntries(search());
    expect(bench.outcomes.toSorted()).toEqual(['hit', 'joined', 'miss', 'miss']);
  });

  test('fifty at once reach the store once', async () => {
    const bench = await createBench();
    const answers = await Promise.all(Array.from({ length: 50 }, () => bench.stores[0].findEntries(search())));
    expect(searchCount(bench)).toBe(1);
    expect(new Set(answers.map((answer) => answer[0]?.line))).toEqual(new Set(['a line']));
  });

  test('reach the store once a minute, however they are written', async () => {
    const bench = await createBench();
    await bench.stores[0].findEntries(search());
    const kept = await bench.stores[0].findEntries(search({ query: '{ app = `shop` } # the shop' }));
    expect(kept).toEqual([
      { labels: { app: 'shop' }, timestampNs: 5n, line: 'a line', metadata: { trace: 'x' } } satisfies LogEntry,
    ]);
    expect(searchCount(bench)).toBe(1);
    bench.time.nowMs += ttlMs + 1;
    await bench.stores[0].findEntries(search());
    expect(searchCount(bench)).toBe(2);
  });

  test('counts are kept as well', async () => {
    const bench = await createBench();
    const request = { selector: '{app="shop"}', fromNs: 0n, toNs: 60_000_000_000n, stepMs: 60_000 };
    const { signal } = new AbortController();
    const fresh = await bench.stores[0].countEntries({ ...request, signal });
    expect(await bench.stores[0].countEntries({ ...request, signal })).toEqual(fresh);
    expect(fresh).toEqual([{ labels: { app: 'shop' }, startMs: 0, lineCount: 1 }]);
    expect(bench.fake.calls.filter((call) => call === 'countEntries')).toHaveLength(1);
  });
});

test.each([
  ['query', { query: '{app="shop"} |= "x"' }],
  ['start', { fromNs: 1n }],
  ['end', { toNs: 61_000_000_000n }],
  ['direction', { direction: 'oldest-first' as const }],
  ['limit', { limit: 11 }],
])('another %s is another question', async (_what, changes) => {
  const bench = await createBench();
  await bench.stores[0].findEntries(search());
  await bench.stores[0].findEntries(search(changes));
  expect(searchCount(bench)).toBe(2);
});

describe('tenants', () => {
  test('each asks for itself', async () => {
    const bench = await createBench();
    await bench.stores[0].findEntries(search());
    await bench.stores[1].findEntries(search());
    expect(searchCount(bench)).toBe(2);
  });

  test("another tenant's answer is not taken, wherever it lies", async () => {
    const bench = await createBench();
    await bench.stores[0].findEntries(search());
    const foreign = await bench.cache.get(keyOfSearch('one', search()).name);
    await bench.cache.set(keyOfSearch('two', search()).name, foreign ?? '', ttlMs);
    bench.fake.failWith(new PortError({ system: 'loki', kind: 'unavailable', message: 'asked' }));
    await expect(bench.stores[1].findEntries(search())).rejects.toThrow('asked');
    expect((await bench.stores[0].findEntries(search()))[0]?.line).toBe('a line');
  });

  test('names with separators stay apart', () => {
    const names = ['a', 'a:b', 'a%3Ab', ''].map((tenantId) => keyOfSearch(tenantId, search()).name);
    expect(new Set(names).size).toBe(4);
    expect(names[1]).toMatch(/^loki:query:a%3Ab:[\w-]{43}$/);
  });
});

describe('what goes wrong', () => {
  test('failures are not kept', async () => {
    const bench = await createBench();
    bench.fake.failWith(new PortError({ system: 'loki', kind: 'unavailable', message: 'away' }));
    await expect(bench.stores[0].findEntries(search())).rejects.toThrow('away');
    bench.fake.failWith(null);
    expect(await bench.stores[0].findEntries(search())).toHaveLength(1);
  });

  test.each(['', 'no base64!', Buffer.from('{}').toString('base64')])('%j in the cache is no answer', async (text) => {
    const bench = await createBench();
    await bench.cache.set(keyOfSearch('one', search()).name, text, ttlMs);
    expect(await bench.stores[0].findEntries(search())).toHaveLength(1);
  });

  test('an answer that is too large is given and not kept', async () => {
    const entry = { labels: { app: 'shop' }, timestampNs: 1n, metadata: {} };
    const large = Array.from({ length: 40 }, () => ({ ...entry, line: randomBytes(60_000).toString('base64') }));
    let asked = 0;
    const bench = await createBench({
      findEntries() {
        asked += 1;
        return Promise.resolve(large);
      },
    });
    expect(await bench.stores[0].findEntries(search())).toHaveLength(40);
    expect(await bench.cache.get(keyOfSearch('one', search()).name)).toBeUndefined();
    await bench.stores[0].findEntries(search());
    expect(asked).toBe(2);
  });
});

describe('whoever gives up', () => {
  function createSlow() {
    const signals: AbortSignal[] = [];
    const { promise, resolve } = Promise.withResolvers<readonly LogEntry[]>();
    const findEntries: LogStore['findEntries'] = ({ signal }) => {
      signals.push(signal);
      return promise;
    };
    return { signals, resolve, findEntries };
  }

  async function turns(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  test('leaves the others their answer', async () => {
    const slow = createSlow();
    const { stores } = await createBench({ findEntries: slow.findEntries });
    const impatient = new AbortController();
    const first = stores[0].findEntries(search({ signal: impatient.signal }));
    const second = stores[0].findEntries(search());
    await turns();
    impatient.abort(new DOMException('gone', 'AbortError'));
    await expect(first).rejects.toThrow('gone');
    expect(slow.signals[0]?.aborted).toBe(false);
    slow.resolve([]);
    expect(await second).toEqual([]);
    expect(slow.signals).toHaveLength(1);
  });

  test('as the last one ends the query, and the next one asks anew', async () => {
    const slow = createSlow();
    const { stores } = await createBench({ findEntries: slow.findEntries });
    const impatient = new AbortController();
    const first = stores[0].findEntries(search({ signal: impatient.signal }));
    await turns();
    impatient.abort();
    await expect(first).rejects.toThrow();
    expect(slow.signals[0]?.aborted).toBe(true);
    void stores[0].findEntries(search());
    await turns();
    expect(slow.signals).toHaveLength(2);
  });
});

test('a label that is named __proto__ comes back from the cache', async () => {
  const labels = Object.fromEntries([['__proto__', 'x']]);
  const entries = [{ labels, timestampNs: 0n, line: '', metadata: {} }];
  const text = await entriesFormat.write('me', entries);
  expect(await entriesFormat.read('me', text ?? '')).toEqual(entries);
});

test('any lines come back from the cache as they were', async () => {
  const labels = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), { maxKeys: 3 });
  const entry = fc.record({
    labels,
    timestampNs: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
    line: fc.string({ unit: 'binary' }),
    metadata: labels,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(entry), async (entries) => {
      const text = await entriesFormat.write('me', entries);
      expect(await entriesFormat.read('me', text ?? '')).toEqual(entries.map((each) => ({ ...each, line: each.line })));
      expect(await entriesFormat.read('you', text ?? '')).toBeUndefined();
    }),
    { numRuns: 100 }
  );
});
