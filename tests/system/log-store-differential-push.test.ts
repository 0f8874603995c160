// What of a push is taken and what is refused: the embedded store and a real Loki answer with the same status, and hold the same lines after.
// Apart from two: Loki takes a label that is a number for its digits, and answers 422 to a push without streams, which is nothing to do here.
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startComparedStores } from './log-store-differential-stores.ts';
import type { ComparedStores } from './log-store-differential-stores.ts';

let stores: ComparedStores;
beforeAll(async () => {
  stores = await startComparedStores();
});
afterAll(() => stores.stop());

const nowNs = BigInt(Date.now() - 60_000) * 1_000_000n;

function pushOf(stream: unknown, values: unknown): string {
  return JSON.stringify({ streams: [{ stream, values }] });
}
function line(text: string, metadata?: unknown): unknown {
  return metadata === undefined ? [String(nowNs), text] : [String(nowNs), text, metadata];
}
function manyLabels(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_unused, index) => [`l${index}`, 'x']));
}

test.each<[title: string, body: string]>([
  ['15 labels', pushOf(manyLabels(15), [line('x')])],
  ['16 labels', pushOf(manyLabels(16), [line('x')])],
  ['a label name of 1025 characters', pushOf({ ['a'.repeat(1025)]: 'x' }, [line('x')])],
  ['a label value of 2048 characters', pushOf({ app: 'a'.repeat(2048) }, [line('x')])],
  ['a label value of 2049 characters', pushOf({ app: 'a'.repeat(2049) }, [line('x')])],
  ['no labels', pushOf({}, [line('x')])],
  ['a label name with a hyphen', pushOf({ 'a-b': 'x' }, [line('x')])],
  ['a stream without lines', pushOf({ app: 'x' }, [])],
  ['no JSON', '{"streams":['],
  ['a list', '[]'],
  ['a time that is a number', pushOf({ app: 'x' }, [[5, 'x']])],
  ['a time that is no number', pushOf({ app: 'x' }, [['soon', 'x']])],
  ['a line that is a number', pushOf({ app: 'x' }, [[String(nowNs), 5]])],
  ['128 pairs of metadata', pushOf({ app: 'pairs' }, [line('x', manyLabels(128))])],
  ['129 pairs of metadata', pushOf({ app: 'more' }, [line('x', manyLabels(129))])],
  ['65 KB of metadata', pushOf({ app: 'long' }, [line('x', { a: 'x'.repeat(65_600) })])],
  ['metadata in an object', pushOf({ app: 'x' }, [line('x', { a: { b: 'c' } })])],
  ['a line of 256 KB', pushOf({ app: 'wide' }, [line('x'.repeat(256 * 1024))])],
  ['a line of 256 KB and one byte', pushOf({ app: 'wider' }, [line('x'.repeat(256 * 1024 + 1))])],
  ['NUL, escapes and line breaks', pushOf({ app: 'odd' }, [line('a\0b\u001b[31mred\r\nnext\u2028')])],
])('%s', async (_title, body) => {
  const [ofLoki, ofEmbedded] = await stores.statusesOfPush(body);
  expect(ofEmbedded).toBe(ofLoki);
});

test('the lines that were taken are the same', async () => {
  const range = { start: String(nowNs - 1n), end: String(nowNs + 1_000_000_000n), limit: '1000' };
  await stores.expectSame('/loki/api/v1/query_range', { query: '{service_name=~".+"}', ...range });
});

test('a batch that comes a hundred times at once is there once', async () => {
  const body = pushOf({ app: 'again' }, [line('one'), line('two'), line('one')]);
  await Promise.all(Array.from({ length: 100 }, () => stores.statusesOfPush(body)));
  const range = { start: String(nowNs - 1n), end: String(nowNs + 1_000_000_000n) };
  const found = await stores.expectSame('/loki/api/v1/query_range', { query: '{app="again"}', ...range });
  expect(found).toHaveLength(3);
});
