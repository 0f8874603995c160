import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';

import { createLokiLogStore } from './index.ts';

const { signal } = new AbortController();
const range = { fromNs: 0n, toNs: 1_000_000_000n };

/** A Loki of lines at one time each, with a limit of its own; counts what it was asked. */
function fakeLoki(lineCount: number, maxLimit: number): { readonly fetch: typeof fetch; readonly limits: number[] } {
  const limits: number[] = [];
  return {
    limits,
    fetch: async (input) => {
      const { pathname, searchParams } = new URL(String(input));
      if (pathname.endsWith('/series')) {
        return Response.json({ data: [{ app: 'x' }] });
      }
      const limit = Number(searchParams.get('limit'));
      limits.push(limit);
      if (limit > maxLimit) {
        return new Response(
          `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${maxLimit})\n`,
          { status: 400 }
        );
      }
      const from = Number(searchParams.get('start'));
      const values = Array.from({ length: lineCount }, (_unused, index) => [String(index), `line ${index}`, {}]).slice(
        from,
        from + limit
      );
      return Response.json({ data: { resultType: 'streams', result: [{ stream: { app: 'x' }, values }] } });
    },
  };
}

/** A Loki that knows no streams and gives one answer to every query. */
function answering(body: string): typeof fetch {
  return (input) => Promise.resolve(new Response(String(input).includes('/series') ? '{"data":[]}' : body));
}

async function readLines(settings: Partial<Parameters<typeof createLokiLogStore>[0]>): Promise<string[]> {
  const store = createLokiLogStore({ url: 'http://loki', timeoutMs: 1000, ...settings });
  const lines: string[] = [];
  for await (const page of store.readEntries({ query: '{app="x"}', ...range, signal })) {
    lines.push(...page.entries.map(({ line }) => line));
  }
  return lines;
}

describe('the limit of a page', () => {
  test("is lowered to the one in Loki's error and stays there", async () => {
    const loki = fakeLoki(250, 100);
    const lines = await readLines({ fetch: loki.fetch });
    expect(lines).toHaveLength(250);
    expect(new Set(lines).size).toBe(250);
    expect(loki.limits).toEqual([5000, 100, 100, 100]);
  });

  test('is lowered when the answer is too large for Loki, and raised again', async () => {
    const loki = fakeLoki(50, 5000);
    let refusals = 0;
    const lines = await readLines({
      maxEntriesPerQuery: 1000,
      fetch: (input, init) => {
        if (Number(new URL(String(input)).searchParams.get('limit') ?? 0) > 20) {
          refusals += 1;
          return Promise.resolve(
            new Response('rpc error: grpc: received message larger than max (5 vs. 4)', { status: 500 })
          );
        }
        return loki.fetch(input, init);
      },
    });
    expect(new Set(lines).size).toBe(50);
    // 1000, 250 and 63 are too many, 16 fit; then 32 are too many again, 8 fit, and so on.
    expect(refusals).toBeGreaterThan(3);
    expect(Math.max(...loki.limits)).toBe(16);
  });
});

describe('the size of a page', () => {
  test('shrinks after an answer that did not come in time, and grows when Loki is quick again', async () => {
    const loki = fakeLoki(50, 5000);
    const asked: number[] = [];
    let isStuck = true;
    const store = createLokiLogStore({
      ...{ url: 'http://loki', timeoutMs: 50, maxEntriesPerQuery: 4000 },
      fetch: (input, init) => {
        const limit = Number(new URL(String(input)).searchParams.get('limit') ?? 0);
        if (limit === 0) {
          return loki.fetch(input, init);
        }
        asked.push(limit);
        return isStuck
          ? new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))))
          : loki.fetch(input, init);
      },
    });
    const read = async () => {
      for await (const page of store.readEntries({ query: '{app="x"}', ...range, signal })) {
        expect(page.unreadableEntryCount).toBe(0);
      }
    };
    await expect(read()).rejects.toMatchObject({ kind: 'timeout' });
    isStuck = false;
    await read();
    await read();
    expect(asked).toEqual([4000, 1000, 2000]);
  });
});

describe('answers that are not as they should be', () => {
  test.each([
    '{}',
    '[]',
    'null',
    '{"data":null}',
    '{"data":{"resultType":"matrix","result":[]}}',
    '{"data":{"resultType":"streams","result":{}}}',
    '{"data":{"resultType":"streams","result":[{"stream":{},"values":[["x","line"]]}]}}',
    '{"data":{"resultType":"streams","result":[{"stream":{},"values":[[12,"line"]]}]}}',
    '{"data":{"resultType":"streams","result":[{"stream":{},"values":[["1"]]}]}}',
    '{"data":{"resultType":"streams","result":[{"values":[]}]}}',
  ])('%s is an invalid answer', async (body) => {
    await expect(readLines({ fetch: answering(body) })).rejects.toMatchObject({
      kind: 'invalid-answer',
    });
  });

  test('an answer without lines is empty, also without a result', async () => {
    expect(await readLines({ fetch: answering('{"data":{"resultType":"streams","result":null}}') })).toEqual([]);
  });

  test('a Loki that does not keep metadata apart is understood', async () => {
    const body = '{"data":{"resultType":"streams","result":[{"stream":{"a":"b"},"values":[["1","line"]]}]}}';
    expect(await readLines({ fetch: answering(body) })).toEqual(['line']);
  });
});

describe('pushing', () => {
  test('large pushes are sent in pieces that hold every line once', async () => {
    const sizes: number[] = [];
    const lines: unknown[] = [];
    const store = createLokiLogStore({
      url: 'http://loki',
      timeoutMs: 1000,
      fetch: (_input, init) => {
        const body = String(init?.body);
        sizes.push(body.length);
        const parsed: { streams: Array<{ values: unknown[][] }> } = JSON.parse(body);
        lines.push(...parsed.streams.flatMap(({ values }) => values.map(([, line]) => line)));
        return Promise.resolve(new Response(null, { status: 204 }));
      },
    });
    const streams = ['a', 'b'].map((app) => ({
      labels: { app },
      entries: Array.from({ length: 5000 }, (_unused, index) => ({
        timestampNs: BigInt(index),
        line: `${app} ${index} ${'x'.repeat(500)}`,
        metadata: {},
      })),
    }));
    await store.push(streams, signal);
    expect(lines).toHaveLength(10_000);
    expect(new Set(lines).size).toBe(10_000);
    expect(sizes).toHaveLength(2);
  });
});

describe('what a Loki says of itself', () => {
  const facts = (routes: Readonly<Record<string, Response>>) => {
    const store = createLokiLogStore({
      url: 'http://loki',
      timeoutMs: 1000,
      fetch: (input) => {
        const { pathname } = new URL(String(input));
        return Promise.resolve(routes[pathname]?.clone() ?? new Response('404 page not found', { status: 404 }));
      },
    });
    return store.readFacts?.(signal);
  };
  const limitsPath = '/loki/api/v1/drilldown-limits';
  const volumePath = '/loki/api/v1/index/volume';

  test('is read from its published limits', async () => {
    const limits = { max_entries_limit_per_query: 1000, max_query_length: '30d1h', retention_period: '0s' };
    const answer = await facts({
      [limitsPath]: Response.json({ limits, pattern_ingester_enabled: true, version: '3.7.8' }),
      [volumePath]: Response.json({ data: { resultType: 'vector', result: [] } }),
    });
    expect(answer).toEqual({
      version: '3.7.8',
      answersVolume: true,
      maxEntriesPerQuery: 1000,
      maxQueryRangeMs: 30 * 86_400_000 + 3_600_000,
      retentionMs: 0,
      mayHavePatterns: true,
    });
  });

  test('is not known of one that publishes nothing and has volume switched off', async () => {
    expect(await facts({})).toEqual({
      version: null,
      answersVolume: false,
      maxEntriesPerQuery: null,
      maxQueryRangeMs: null,
      retentionMs: null,
      mayHavePatterns: null,
    });
  });

  test('is a failure where Loki is away', async () => {
    const away = new Response('', { status: 503 });
    await expect(facts({ [limitsPath]: away, [volumePath]: away })).rejects.toMatchObject({ system: 'loki' });
  });
});

describe('a stream that Loki deals out to several', () => {
  const streams = [{ app: 'x', __stream_shard__: '0' }, { app: 'x', __stream_shard__: '1' }, { app: 'x' }];
  const dealt: typeof fetch = (input) => {
    const result = streams.map((stream, index) => ({ stream, values: [[String(3 - index), `line ${3 - index}`, {}]] }));
    return Promise.resolve(
      Response.json({ data: String(input).includes('/series') ? streams : { resultType: 'streams', result } })
    );
  };

  test('is read as the one that was written, in order of time', async () => {
    const store = createLokiLogStore({ url: 'http://loki', timeoutMs: 1000, fetch: dealt });
    for await (const { entries } of store.readEntries({ query: '{app="x"}', ...range, signal })) {
      expect(entries.map(({ line }) => line)).toEqual(['line 1', 'line 2', 'line 3']);
      expect(new Set(entries.map(({ labels }) => JSON.stringify(labels)))).toEqual(new Set(['{"app":"x"}']));
    }
    expect.assertions(2);
  });

  test('is counted once, over all that it was dealt to', async () => {
    const asked: string[] = [];
    const counting: typeof fetch = (input, init) => {
      if (String(input).includes('/series')) {
        return dealt(input, init);
      }
      asked.push(new URL(String(input)).searchParams.get('query') ?? '');
      const result = [{ metric: { app: 'x' }, values: [[0, '3']] }];
      return Promise.resolve(Response.json({ data: { resultType: 'matrix', result } }));
    };
    const store = createLokiLogStore({ url: 'http://loki', timeoutMs: 1000, fetch: counting });
    const request = { selector: '{app="x"}', stepMs: 1000, ...range, signal };
    expect(await store.countEntries(request)).toEqual([{ labels: { app: 'x' }, startMs: 0, lineCount: 3 }]);
    expect(asked).toEqual([expect.stringMatching(/^sum by \(app\)/)]);
  });
});

test('counts of more points than a call has arguments are answered', async () => {
  const streams = Array.from({ length: 150 }, (_unused, index) => ({ app: 'x', pod: `p${index}` }));
  const values = Array.from({ length: 1440 }, (_unused, index) => [index * 60, '1']);
  const answer: typeof fetch = async (input) =>
    String(input).includes('/series')
      ? Response.json({ data: streams })
      : Response.json({ data: { resultType: 'matrix', result: streams.map((metric) => ({ metric, values })) } });
  const store = createLokiLogStore({ url: 'http://loki', timeoutMs: 10_000, fetch: answer });
  const dayNs = 1440n * 60_000_000_000n;
  const counts = await store.countEntries({ selector: '{app="x"}', fromNs: 0n, toNs: dayNs, stepMs: 60_000, signal });
  expect(counts).toHaveLength(150 * 1440);
});

describe('lines of one nanosecond that do not fit into a page lowered for time', () => {
  const lines = Array.from({ length: 300 }, (_unused, index) => `${index % 3 === 0 ? 'Error: a' : '  at b'} ${index}`);
  const slowMs = 100;
  /** A Loki that does not answer in time for the first `slowCount` calls, nor for pages of more than `mostLines` lines; those of a third are slow. */
  function slowLoki(slowCount: number, mostLines: number): typeof fetch {
    let callCount = 0;
    return async (input) => {
      const { pathname, searchParams } = new URL(String(input));
      if (pathname.endsWith('/series')) {
        return Response.json({ data: [{ app: 'x' }] });
      }
      callCount += 1;
      const limit = Number(searchParams.get('limit'));
      if (callCount <= slowCount || limit > mostLines) {
        return new Response('context deadline exceeded', { status: 504 });
      }
      if (limit > mostLines / 3) {
        await sleep(slowMs);
      }
      const query = searchParams.get('query') ?? '';
      const filters = [...query.matchAll(/\n(\|=|!=) "((?:[^"\\]|\\.)*)"/g)];
      const kept = lines.filter((line) =>
        filters.every(([, operator, text = '']) => line.includes(text) === (operator === '|='))
      );
      const isPast = Number(searchParams.get('start')) > 500;
      const values = kept.slice(0, isPast ? 0 : limit).map((line) => ['500', line, {}]);
      return Response.json({ data: { resultType: 'streams', result: [{ stream: { app: 'x' }, values }] } });
    };
  }

  async function readAfterTimeouts(send: typeof fetch, attempts: number): Promise<readonly string[]> {
    const store = createLokiLogStore({ url: 'http://loki', timeoutMs: 2 * slowMs, fetch: send });
    for (let attempt = 0; ; attempt += 1) {
      try {
        const found: string[] = [];
        for await (const page of store.readEntries({ query: '{app="x"}', ...range, signal })) {
          found.push(...page.entries.map(({ line }) => line));
        }
        return found;
      } catch (error) {
        if (attempt === attempts) {
          throw error;
        }
      }
    }
  }

  test('come in the order in which they were written, by one larger page', async () => {
    expect(await readAfterTimeouts(slowLoki(3, 50_000), 3)).toEqual(lines);
  });

  test('come in parts, none lost, from a Loki that is too slow for a larger one', async () => {
    const found = await readAfterTimeouts(slowLoki(0, 500), 2);
    expect(found.toSorted()).toEqual(lines.toSorted());
  });
});
