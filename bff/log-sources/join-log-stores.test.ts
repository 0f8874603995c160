import { createFakeLogStore } from '@loghunter/ports/testing';
import { PortError, type LogStore } from '@loghunter/ports';
import { expect, test } from 'vitest';
import { joinLogStores } from './join-log-stores.ts';

const { signal } = new AbortController();
const range = { fromNs: 0n, toNs: 60_000_000_000n, signal };

async function createJoined() {
  const [first, second] = [createFakeLogStore({ pageSize: 2 }), createFakeLogStore({ pageSize: 3 })];
  const entry = (second: number) => ({
    timestampNs: BigInt(second) * 1_000_000_000n,
    line: `line ${second}`,
    metadata: {},
  });
  await first.push([{ labels: { app: 'shop', zone: 'eu' }, entries: [1, 3, 5, 7].map(entry) }], signal);
  await second.push([{ labels: { app: 'shop', zone: 'us' }, entries: [2, 4, 6, 8].map(entry) }], signal);
  await second.push([{ labels: { app: 'shop', zone: 'eu' }, entries: [9].map(entry) }], signal);
  return { first, second, joined: joinLogStores([first, second]) };
}

async function readAll(store: LogStore): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const page of store.readEntries({ query: '{app="shop"}', ...range })) {
    lines.push(...page.entries.map(({ line }) => line));
  }
  return lines;
}

test('lines of all stores come in order of time, once each', async () => {
  const { joined } = await createJoined();
  expect(await readAll(joined)).toEqual(Array.from({ length: 9 }, (_, index) => `line ${index + 1}`));
});

test('the newest and the oldest lines are found over all stores', async () => {
  const { joined } = await createJoined();
  const find = async (direction: 'newest-first' | 'oldest-first') =>
    (await joined.findEntries({ query: '{app="shop"}', ...range, direction, limit: 3 })).map(({ line }) => line);
  expect(await find('newest-first')).toEqual(['line 9', 'line 8', 'line 7']);
  expect(await find('oldest-first')).toEqual(['line 1', 'line 2', 'line 3']);
});

test('a stream that two stores have is one stream, and its lines are added up', async () => {
  const { joined } = await createJoined();
  const counts = await joined.countEntries({ selector: '{app="shop"}', stepMs: 60_000, ...range });
  expect(counts.map(({ labels, lineCount }) => [labels['zone'], lineCount])).toEqual([
    ['eu', 5],
    ['us', 4],
  ]);
  expect(await joined.listStreams({ selector: '{app="shop"}', ...range })).toHaveLength(2);
  expect(await joined.listLabelValues('zone', range)).toEqual(['eu', 'us']);
});

test('a store that is away fails the question', async () => {
  const { second, joined } = await createJoined();
  second.failWith(new PortError({ system: 'loki', kind: 'unavailable', message: 'away' }));
  await expect(readAll(joined)).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(joined.ping(signal)).rejects.toMatchObject({ kind: 'unavailable' });
});

test('one store alone stays what it is', () => {
  const store = createFakeLogStore();
  expect(joinLogStores([store])).toBe(store);
});
