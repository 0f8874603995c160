import type { CompareClustersResponse, ListClustersResponse, ListClusterVariablesResponse } from '@loghunter/contracts';
import { describe, expect, test } from 'vitest';
import { createTestServer, testNowMs, type TestLine, type TestServer } from '../testing/test-server.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

async function getJson<T>(server: TestServer, path: string): Promise<T> {
  const response = await server.get(path);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

function linesOf(fromMs: number, count: number, text: (index: number) => string, stepMs = 10_000): TestLine[] {
  return Array.from({ length: count }, (_, index) => [fromMs + index * stepMs, text(index)]);
}

async function serverWith(lines: readonly TestLine[]): Promise<TestServer> {
  const server = await createTestServer({ scan: { backfillMs: 4 * hourMs } });
  await server.push({ service_name: 'shop' }, lines);
  await server.scanner.scanOnce();
  return server;
}

async function idOf(server: TestServer, text: string): Promise<string> {
  const list = await getJson<ListClustersResponse>(server, `/api/v1/clusters?text=${encodeURIComponent(text)}`);
  return list.clusters[0]?.id ?? 'none';
}

describe("a cluster's variables", () => {
  test('have their values with counts, distinct values and ranges of numbers', async () => {
    const text = (index: number): string =>
      `checkout of cart c-${index} took ${index + 1} ms on ${index % 4 < 3 ? 1 : 2} nodes`;
    const server = await serverWith(linesOf(testNowMs - 30 * minuteMs, 100, text));
    const answer = await getJson<ListClusterVariablesResponse>(
      server,
      `/api/v1/clusters/${await idOf(server, 'checkout')}/variables?values=2`
    );
    expect(answer).toMatchObject({ readEventCount: 100, eventCount: 100, isComplete: true });
    expect(answer.variables.map(({ valueCount }) => valueCount)).toEqual([100, 100, 100]);
    const [cart, duration, nodes] = answer.variables;
    expect(cart?.distinctEstimate).toBeGreaterThan(95);
    expect(duration?.numbers).toMatchObject({ unit: 'ms', min: 1, max: 100 });
    expect(duration?.topValues).toHaveLength(2);
    expect(nodes?.topValues.map(({ value, count }) => [value, count])).toEqual([
      ['1', 75],
      ['2', 25],
    ]);
  });

  test('show people and machines of people as pseudonyms only', async () => {
    const text = (index: number): string => `mail to user${index % 2}@example.com sent from 10.0.0.${index % 3}`;
    const server = await serverWith(linesOf(testNowMs - 30 * minuteMs, 60, text));
    const response = await server.get(`/api/v1/clusters/${await idOf(server, 'mail to')}/variables`);
    const answer = (await response.clone().json()) as ListClusterVariablesResponse;
    const body = JSON.stringify(answer.variables);
    expect(body).not.toContain('example.com');
    expect(body).not.toContain('10.0.0');
    expect(answer.variables.map(({ isPersonal }) => isPersonal)).toEqual([true, true]);
    expect(answer.variables.map(({ topValues }) => topValues.map(({ count }) => count))).toEqual([
      [30, 30],
      [20, 20, 20],
    ]);
  });

  test('say that they are of the newest events when there are more than are read', async () => {
    const server = await serverWith(linesOf(testNowMs - 30 * minuteMs, 100, (index) => `step ${index} done`));
    const answer = await getJson<ListClusterVariablesResponse>(
      server,
      `/api/v1/clusters/${await idOf(server, 'step')}/variables?events=10`
    );
    expect(answer).toMatchObject({ readEventCount: 10, eventCount: 100, isComplete: false });
    expect(answer.variables[0]?.numbers).toMatchObject({ min: 90, max: 99 });
    expect(answer.oldestRead).toBe(new Date(testNowMs - 30 * minuteMs + 900_000).toISOString());
  });

  test('of an unknown cluster are not found', async () => {
    const server = await createTestServer();
    expect((await server.get('/api/v1/clusters/11111111-2222-4333-8444-555555555555/variables')).status).toBe(404);
  });
});

describe('a comparison', () => {
  const before = testNowMs - 2 * hourMs;
  const after = testNowMs - hourMs;
  const evenly = (fromMs: number, count: number, text: (index: number) => string): TestLine[] =>
    linesOf(fromMs, count, text, hourMs / count);
  const shop = (): Promise<TestServer> =>
    serverWith([
      ...evenly(before, 200, (index) => `page ${index} served`),
      ...evenly(after, 200, (index) => `page ${index} served`),
      ...evenly(before, 20, (index) => `cache entry ${index} expired`),
      ...evenly(after, 120, (index) => `cache entry ${index} expired`),
      ...evenly(before, 40, (index) => `payment ${index} settled`),
      ...evenly(after, 40, (index) => `bank refused payment ${index}`),
      ...linesOf(after, 40, (index) => `burst ${index} came once`, 10),
    ]);

  test('names clusters that are new, gone and more frequent, not those that stayed, and does not trust a single burst', async () => {
    const answer = await getJson<CompareClustersResponse>(await shop(), '/api/v1/clusters/compare');
    expect(answer.before.range).toEqual({ from: '2026-10-05T08:20:00.000Z', to: '2026-10-05T09:20:00.000Z' });
    expect(
      answer.changes
        .map(({ templateText, kind, countBefore, countAfter }) => [templateText, kind, countBefore, countAfter])
        .sort()
    ).toEqual([
      ['bank refused payment <*>', 'new', 0, 40],
      ['burst <*> came once', 'new', 0, 40],
      ['cache entry <*> expired', 'up', 20, 120],
      ['payment <*> settled', 'gone', 40, 0],
    ]);
    expect(answer.changes.filter((change) => !change.isSignificant).map((change) => change.templateText)).toEqual([
      'burst <*> came once',
    ]);
    expect(answer).toMatchObject({ totalChangeCount: 4, leftOutClusterCount: 0 });
    expect(answer.changes.find(({ kind }) => kind === 'new')).toMatchObject({ ratio: null, ratioHigh: null });
  });

  test('gives the kinds that are asked for, in pages', async () => {
    const server = await shop();
    const all = await getJson<CompareClustersResponse>(server, '/api/v1/clusters/compare?kind=unchanged&kind=gone');
    expect(all.changes.map(({ kind }) => kind).sort()).toEqual(['gone', 'unchanged']);
    const one = await getJson<CompareClustersResponse>(server, '/api/v1/clusters/compare?limit=1');
    expect(one).toMatchObject({ totalChangeCount: 4, changes: [{}] });
  });

  test('compares two services at the same time by what they say', async () => {
    const server = await createTestServer();
    const lines = (text: string, count: number) =>
      linesOf(testNowMs - 55 * minuteMs, count, () => text, (50 * minuteMs) / count);
    await server.push({ service_name: 'blue' }, [...lines('cart is empty', 40), ...lines('only here', 30)]);
    await server.push({ service_name: 'green' }, [...lines('cart is empty', 300), ...lines('never there', 30)]);
    await server.scanner.scanOnce();
    const path = '/api/v1/clusters/compare?service=green&beforeService=blue';
    const { changes } = await getJson<CompareClustersResponse>(server, path);
    const shown = changes.map(({ templateText, kind, countBefore, countAfter }) => [
      ...[templateText, kind, countBefore, countAfter],
    ]);
    expect(shown.toSorted()).toEqual([
      ['cart is empty', 'up', 40, 300],
      ['never there', 'new', 0, 30],
      ['only here', 'gone', 30, 0],
    ]);
  });

  test('says how much of each range was read, and compares nothing with a range that was not', async () => {
    const server = await shop();
    const path = `/api/v1/clusters/compare?beforeFrom=${testNowMs - 20 * hourMs}&beforeTo=${testNowMs - 19 * hourMs}`;
    const answer = await getJson<CompareClustersResponse>(server, path);
    expect(answer.before.readMs).toBe(0);
    expect(answer.changes).toEqual([]);
  });

  test.each(['beforeFrom=1&beforeTo=0', 'kind=bigger', 'limit=0'])('refuses %s', async (query) => {
    const server = await createTestServer();
    expect((await server.get(`/api/v1/clusters/compare?${query}`)).status).toBe(400);
  });
});
