import type {
  GetOverviewResponse,
  ListOverviewQueriesResponse,
  ProblemDetails,
  SearchLogsRequest,
  SearchLogsResponse,
} from '@loghunter/contracts';
import { describe, expect, test } from 'vitest';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';

const minuteMs = 60_000;

async function search<T = SearchLogsResponse>(server: TestServer, body: SearchLogsRequest, status = 200): Promise<T> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await server.get('/api/v1/search', { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as T;
  expect([response.status, answer]).toEqual([status, answer]);
  return answer;
}

const trace = [
  'java.lang.IllegalStateException: pool is empty',
  '\tat shop.Pool.take(Pool.java:12)',
  '\tat shop.Cart.add(Cart.java:5)',
];

/** Two services with ten lines each, one of them in a stack trace of three lines. */
async function createShop(): Promise<TestServer> {
  const server = await createTestServer();
  const at = (minute: number) => testNowMs - 30 * minuteMs + minute * minuteMs;
  const lines = Array.from({ length: 7 }, (_, n) => [at(n), `level=info request ${n} took ${n} ms`] as const);
  await server.push({ service_name: 'cart' }, [
    ...lines,
    ...trace.map((text, index) => [at(8) + index, text] as const),
  ]);
  await server.push(
    { service_name: 'billing' },
    Array.from({ length: 10 }, (_, n) => [at(n), `level=error card ${n} was REFUSED`] as const)
  );
  await server.scanner.scanOnce();
  return server;
}

describe('a search', () => {
  test('groups what it finds by cluster, a stack trace as one event, and says that it saw all', async () => {
    const server = await createShop();
    const answer = await search(server, { service: ['cart'], linesPerCluster: 2 });
    expect(
      answer.groups.map(({ templateText, eventCount, lineCount }) => [templateText, eventCount, lineCount])
    ).toEqual([
      ['level=info request <*> took <*>', 7, 7],
      [expect.stringContaining('IllegalStateException'), 1, 3],
    ]);
    expect(answer.groups.map(({ isKnown, lines }) => [isKnown, lines.length])).toEqual([
      [true, 2],
      [true, 1],
    ]);
    expect(answer.groups[0]?.lines[0]?.text).toBe('level=info request 6 took 6 ms');
    expect(answer.coverage).toMatchObject({ isComplete: true, searchedLineCount: 10, lineCount: 10 });
    expect(answer.nextBefore).toBeNull();
  });

  test('for a line inside a stack trace finds the whole trace and its cluster', async () => {
    const server = await createShop();
    const answer = await search(server, { text: 'shop.cart.add' });
    expect(answer.groups).toMatchObject([{ isKnown: true, eventCount: 1, lineCount: 3 }]);
    expect(answer.groups[0]?.lines[0]?.text).toBe(trace.join('\n'));
  });

  test('finds lines of a pod that came after the others were counted', async () => {
    const server = await createTestServer();
    const push = (pod: string, minute: number) =>
      server.push({ service_name: 'cart', pod }, [[testNowMs - minute * minuteMs, `level=warn slow answer of ${pod}`]]);
    await Promise.all([push('cart-1', 30), push('cart-2', 29)]);
    await server.scanner.scanOnce();
    await push('cart-3', 20);
    const answer = await search(server, { text: 'slow answer' });
    expect(answer.groups.flatMap(({ lines }) => lines.map(({ text }) => text))).toContain(
      'level=warn slow answer of cart-3'
    );
    expect(answer.query).not.toContain('pod');
  });

  test('takes text as it stands, in any case, and narrows by level', async () => {
    const server = await createShop();
    expect((await search(server, { text: 'refused' })).eventCount).toBe(10);
    expect((await search(server, { text: 're.used' })).eventCount).toBe(0);
    expect((await search(server, { text: '"} | x' })).eventCount).toBe(0);
    expect((await search(server, { level: ['info'] })).groups.map(({ service }) => service)).toEqual(['cart']);
  });

  test('that stops at its limit says how much of the range it saw, and goes on from there', async () => {
    const server = await createShop();
    const first = await search(server, { service: ['billing'], limit: 4 });
    expect(first.lineCount).toBe(4);
    expect(first.coverage).toMatchObject({ isComplete: false, searchedLineCount: 4, lineCount: 10 });
    const seen = new Set<string>();
    let before: string | undefined;
    for (let page = 0; page < 10; page += 1) {
      const more: SearchLogsRequest = { service: ['billing'], limit: 4, ...(before === undefined ? {} : { before }) };
      const answer = await search(server, more);
      answer.groups.flatMap(({ lines }) => lines).forEach(({ text }) => seen.add(text));
      if (answer.nextBefore === null) {
        break;
      }
      before = answer.nextBefore;
    }
    expect(seen.size).toBe(10);
  });

  test('takes LogQL that the guard lets through, and no metric query', async () => {
    const server = await createShop();
    const answer = await search(server, { query: '{service_name="billing"} |= "card 3"' });
    expect(answer).toMatchObject({ eventCount: 1, coverage: { lineCount: null } });
    for (const query of ['{service_name="billing"', 'sum(rate({service_name="billing"}[5m]))', '{}']) {
      expect((await search<ProblemDetails>(server, { query }, 400)).code).toBe('query-rejected');
    }
    const both = { query: '{service_name="billing"}', text: 'x' };
    expect((await search<ProblemDetails>(server, both, 400)).code).toBe('invalid-request');
  });
});

test('the overview adds up: levels, sources and totals are the same events, compared with the range before', async () => {
  const server = await createShop();
  const response = await server.get(`/api/v1/overview?from=${testNowMs - 40 * minuteMs}&to=${testNowMs}&points=10`);
  const overview = (await response.json()) as GetOverviewResponse;
  expect(overview.totals).toEqual({ eventCount: 18, errorCount: 11, lineCount: 20 });
  expect(overview.totalsBefore).toEqual({ eventCount: 0, errorCount: 0, lineCount: 0 });
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  expect(overview.stepMs).toBe(5 * minuteMs);
  expect(Date.parse(overview.start)).toBe(Math.floor((testNowMs - 40 * minuteMs) / overview.stepMs) * overview.stepMs);
  expect(overview.levels.map(({ level, counts }) => [level, counts.length, sum(counts)])).toEqual([
    ['error', 8, 11],
    ['info', 8, 7],
  ]);
  expect(overview.sources.map(({ service, counts, errorCounts }) => [service, sum(counts), sum(errorCounts)])).toEqual([
    ['billing', 10, 10],
    ['cart', 8, 1],
  ]);
  expect(overview.newestClusters).toHaveLength(3);
  expect(overview.states).toEqual([{ state: 'new', clusterCount: 3 }]);
  expect(overview.coverage.lineCount).toBe(20);
});

test('the LogQL behind the overview counts what it counts: lines, errors by what Loki guesses, by level and by service', async () => {
  const server = await createShop();
  const range = `from=${testNowMs - 40 * minuteMs}&to=${testNowMs}`;
  const ask = async (more = '') =>
    (await (await server.get(`/api/v1/overview/queries?${range}${more}`)).json()) as ListOverviewQueriesResponse;
  const { figures } = await ask();
  const all = '{service_name=~"billing|cart"}';
  const errors = `sum(count_over_time(${all} | detected_level=~"error|fatal|critical" [40m]))`;
  const texts = Object.values(figures ?? {}).map(({ expression }) => expression.replaceAll(/\s+/g, ' '));
  expect(texts).toEqual([
    `sum(count_over_time(${all} [40m]))`,
    `${errors} / sum(count_over_time(${all} [40m]))`,
    `sum by (detected_level) (count_over_time(${all} [1m]))`,
    `sum by (service_name) (count_over_time(${all} [40m]))`,
    errors.replace('sum(', 'sum by (service_name) ('),
  ]);
  expect(figures?.trend.type).toBe('range');
  expect(figures?.events).toMatchObject({ type: 'instant', isExact: false });
  expect((await ask('&service=cart')).figures?.events.expression).toContain('service_name="cart"');
  expect((await ask('&service=nobody')).figures).toBeNull();
});
