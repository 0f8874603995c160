import { createFakeLogStore } from '@loghunter/ports/testing';
import { expect, test } from 'vitest';
import { hasLinesAround } from './read-line.ts';

const atNs = 1_790_000_000_000_000_000n;
const signal = new AbortController().signal;

async function storeOf(...streams: ReadonlyArray<Readonly<Record<string, string>>>) {
  const logs = createFakeLogStore();
  const entries = (place: number) => [{ timestampNs: atNs + BigInt(place), line: 'a line', metadata: {} }];
  await logs.push(
    streams.map((labels, place) => ({ labels, entries: entries(place) })),
    signal
  );
  return logs;
}

test('lines of a stream with further labels are no lines of the stream', async () => {
  const gone = await storeOf({ app: 'shop', pod: 'shop-1' }, { app: 'shop', pod: 'shop-2', node: 'a' });
  expect(await hasLinesAround(gone, { app: 'shop' }, atNs, signal)).toBe(false);
  expect(await hasLinesAround(gone, { app: 'shop', pod: 'shop-1' }, atNs, signal)).toBe(true);
});

test('a stream is found although one with further labels wrote after it', async () => {
  const both = await storeOf({ app: 'shop' }, { app: 'shop', pod: 'shop-1' });
  expect(await hasLinesAround(both, { app: 'shop' }, atNs, signal)).toBe(true);
  expect(await hasLinesAround(both, { app: 'shop' }, atNs + 3_600_000_000_000n, signal)).toBe(false);
});
