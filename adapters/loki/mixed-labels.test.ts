import { describe, expect, test } from 'vitest';
import { createLokiLogStore } from './index.ts';

const { signal } = new AbortController();
const flag = 'X-Loki-Response-Encoding-Flags';

interface Written {
  readonly stream: Readonly<Record<string, string>>;
  readonly at: number;
  readonly line: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Answers as Loki does: with the flag a stream's lines in the order of writing, without it apart by their metadata. */
function lokiOf(written: readonly Written[]) {
  const asked: Array<'apart' | 'mixed'> = [];
  const send: typeof fetch = async (input, init) => {
    if (String(input).includes('/series')) {
      return Response.json({ data: written.map(({ stream }) => stream) });
    }
    const isMixed = !new Headers(init?.headers).has(flag);
    asked.push(isMixed ? 'mixed' : 'apart');
    const groups = Map.groupBy(written, ({ stream, metadata }) =>
      JSON.stringify(isMixed ? { ...stream, ...metadata } : stream)
    );
    const result = [...groups].map(([labels, lines]) => ({
      stream: JSON.parse(labels),
      values: lines.map(({ at, line, metadata }) =>
        isMixed ? [String(at), line] : [String(at), line, { structuredMetadata: metadata }]
      ),
    }));
    return Response.json({ data: { resultType: 'streams', result } });
  };
  return { asked, send };
}

async function readAll(send: typeof fetch, { query = '{app="a"}', times = 1, isSettled = true } = {}) {
  const store = createLokiLogStore({ url: 'http://loki', timeoutMs: 1000, fetch: send });
  const entries = [];
  for (let time = 0; time < times; time += 1) {
    for await (const page of store.readEntries({ query, fromNs: 0n, toNs: 1000n, isSettled, signal })) {
      entries.push(...page.entries);
    }
  }
  return entries;
}

const info = { detected_level: 'info' };
const error = { detected_level: 'error' };

function line(
  at: number,
  text: string,
  metadata: Written['metadata'] = info,
  stream = { app: 'a', pod: '1' }
): Written {
  return { stream, at, line: text, metadata };
}

describe('a page whose streams have the same label names', () => {
  test('is asked for without categories, and labels and metadata are told apart', async () => {
    const { asked, send } = lokiOf([
      line(1, 'first'),
      line(2, 'second', error),
      line(3, 'third', info, { app: 'a', pod: '2' }),
      line(4, 'fourth'),
      line(5, 'fifth'),
      line(6, 'sixth'),
    ]);
    const entries = await readAll(send);
    expect(asked).toEqual(['mixed']);
    expect(entries.slice(0, 3)).toEqual([
      { labels: { app: 'a', pod: '1' }, timestampNs: 1n, line: 'first', metadata: info },
      { labels: { app: 'a', pod: '1' }, timestampNs: 2n, line: 'second', metadata: error },
      { labels: { app: 'a', pod: '2' }, timestampNs: 3n, line: 'third', metadata: info },
    ]);
    expect(entries[0]?.labels).toBe(entries[1]?.labels);
    expect(entries[0]?.metadata).toBe(entries[2]?.metadata);
  });

  test('is asked for again with categories where lines of one nanosecond would lose their order', async () => {
    const written = [line(5, 'Error: x', error), line(5, '  at y', info), line(5, '  at z', error), line(6, 'after')];
    const { asked, send } = lokiOf(written);
    const entries = await readAll(send, { times: 2 });
    expect(asked).toEqual(['mixed', 'apart', 'apart']);
    expect(entries.slice(0, 4).map(({ line: text }) => text)).toEqual(written.map(({ line: text }) => text));
  });

  test('keeps equal moments of different streams, and of equal metadata, as they are', async () => {
    const { asked, send } = lokiOf([
      line(5, 'first'),
      line(5, 'second'),
      line(5, 'of another', error, { app: 'a', pod: '2' }),
      line(6, 'x'),
      line(7, 'y'),
    ]);
    expect(await readAll(send)).toHaveLength(5);
    expect(asked).toEqual(['mixed']);
  });

  test('is asked for with categories after one whose lines each had metadata of their own', async () => {
    const moments = Array.from({ length: 150 }, (_, index) => index);
    const { asked, send } = lokiOf(moments.map((at) => line(at, `line ${at}`, { trace_id: `t${at}` })));
    expect(await readAll(send, { times: 3 })).toHaveLength(450);
    expect(asked).toEqual(['mixed', 'apart', 'apart']);
  });

  test('is asked for without categories however many streams there are, and however few lines', async () => {
    const many = lokiOf(
      Array.from({ length: 300 }, (_, index) => line(index, 'one of each', info, { app: 'a', pod: String(index) }))
    );
    await readAll(many.send, { times: 2 });
    const few = lokiOf([line(1, 'first', { trace_id: 'a' }), line(2, 'second', { trace_id: 'b' })]);
    await readAll(few.send, { times: 2 });
    expect([...many.asked, ...few.asked]).toEqual(['mixed', 'mixed', 'mixed', 'mixed']);
  });
});

test('what may still get new streams is asked for with categories: the names of their labels are not known', async () => {
  const { asked, send } = lokiOf([line(1, 'first'), line(2, 'second'), line(3, 'third')]);
  await readAll(send, { isSettled: false });
  expect(asked).toEqual(['apart']);
});

test('a query that looks into lines is asked for with categories: what it parses would look like metadata', async () => {
  const { asked, send } = lokiOf([line(1, '{"a": 1}'), line(2, '{"a": 2}')]);
  await readAll(send, { query: '{app="a"} | json' });
  expect(asked).toEqual(['apart']);
});
