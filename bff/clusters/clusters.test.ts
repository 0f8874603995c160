import type {
  GetClusterCountsResponse,
  GetClusterResponse,
  ListClusterLabelsResponse,
  ListClusterLinesResponse,
  ListClustersResponse,
} from '@loghunter/contracts';
import { PortError, type LogStore } from '@loghunter/ports';
import { createFakeLogStore } from '@loghunter/ports/testing';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../http/problem-error.ts';
import { createTestServer, testNowMs, type TestLine, type TestServer } from '../testing/test-server.ts';

const minuteMs = 60_000;
const trace = [
  'java.lang.IllegalStateException: no stock',
  '\tat com.shop.Cart.add(Cart.java:12)',
  '\tat com.shop.Main.run(Main.java:7)',
];

async function getJson<T>(server: TestServer, path: string): Promise<T> {
  const response = await server.get(path);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

function misses(fromMs: number, count: number, stepMs = 1000): TestLine[] {
  return Array.from({ length: count }, (_, index) => [
    fromMs + index * stepMs,
    `level=warn msg="cache miss for key ${index}"`,
  ]);
}

async function createShop(): Promise<TestServer> {
  const server = await createTestServer();
  await server.push({ service_name: 'shop', namespace: 'web', pod: 'a' }, misses(testNowMs - 30 * minuteMs, 90));
  await server.push({ service_name: 'shop', namespace: 'web', pod: 'b' }, misses(testNowMs - 20 * minuteMs, 10));
  await server.push({ service_name: 'pay', namespace: 'web' }, [
    [testNowMs - 15 * minuteMs, 'paid order 17 of 3 EUR'],
    ...trace.map((line, index): TestLine => [testNowMs - 10 * minuteMs + index, line]),
    [testNowMs - 5 * minuteMs, 'paid order 18 of 4 EUR'],
  ]);
  await server.scanner.scanOnce();
  return server;
}

async function idOf(server: TestServer, text: string): Promise<string> {
  const list = await getJson<ListClustersResponse>(server, `/api/v1/clusters?text=${encodeURIComponent(text)}`);
  return list.clusters[0]?.id ?? 'none';
}

describe('list', () => {
  test('clusters of the last hour come with shares of all events', async () => {
    const list = await getJson<ListClustersResponse>(await createShop(), '/api/v1/clusters');
    expect(list.range).toEqual({ from: '2026-10-05T09:20:00.000Z', to: '2026-10-05T10:20:00.000Z' });
    expect(
      list.clusters.map((cluster) => [cluster.service, cluster.level, cluster.eventCount, cluster.lineCount])
    ).toEqual([
      ['shop', 'warn', 100, 100],
      ['pay', expect.any(String), 2, 2],
      ['pay', 'error', 1, 3],
    ]);
    expect(list.clusters.map((cluster) => cluster.share)).toEqual([100 / 103, 2 / 103, 1 / 103]);
    expect(list).toMatchObject({
      totalClusterCount: 3,
      totalEventCount: 103,
      totalLineCount: 105,
      coverage: { lineCount: 105, unreadLineCount: 0 },
    });
  });

  test('filters, order and pages are those of the request', async () => {
    const server = await createShop();
    const errors = await getJson<ListClustersResponse>(server, '/api/v1/clusters?level=error');
    expect(errors.totalClusterCount).toBe(1);
    const second = await getJson<ListClustersResponse>(
      server,
      '/api/v1/clusters?sort=count&order=asc&limit=1&offset=1'
    );
    expect(second.clusters.map((cluster) => cluster.eventCount)).toEqual([2]);
    const pay = await getJson<ListClustersResponse>(server, '/api/v1/clusters?service=pay&service=none');
    expect(pay.totalEventCount).toBe(3);
  });

  test('a range is widened to whole minutes', async () => {
    const list = await getJson<ListClustersResponse>(
      await createShop(),
      '/api/v1/clusters?from=2026-10-05T09:20:30Z&to=2026-10-05T12:00:01.5%2B02:00'
    );
    expect(list.range).toEqual({ from: '2026-10-05T09:20:00.000Z', to: '2026-10-05T10:01:00.000Z' });
  });

  test.each([
    'from=2026-10-05T10:00:00Z&to=2026-10-05T10:00:00Z',
    'from=2026-08-01T00:00:00Z&to=2026-10-05T00:00:00Z',
    'to=9999999999999999',
    'to=2026-02-30T25:00:00Z',
  ])('the range %s is refused', async (query) => {
    expect((await (await createTestServer()).get(`/api/v1/clusters?${query}`)).status).toBe(400);
  });

  test('only what is first seen well after reading began is new', async () => {
    const server = await createTestServer();
    const readFromMs = testNowMs - 6 * 60 * minuteMs;
    await server.push({ service_name: 'shop' }, [
      [readFromMs + 2 * minuteMs, 'old alpha'],
      [readFromMs + 30 * minuteMs, 'fresh beta'],
    ]);
    await server.scanner.scanOnce();
    const whole = await getJson<ListClustersResponse>(server, `/api/v1/clusters?from=${readFromMs}`);
    expect(Object.fromEntries(whole.clusters.map((cluster) => [cluster.templateText, cluster.isNew]))).toEqual({
      'old alpha': false,
      'fresh beta': true,
    });
    const later = await getJson<ListClustersResponse>(server, `/api/v1/clusters?from=${readFromMs + 31 * minuteMs}`);
    expect(later.clusters).toEqual([]);
  });
});

describe('one cluster', () => {
  test('it comes with samples and the query behind it', async () => {
    const server = await createShop();
    const answer = await getJson<GetClusterResponse>(server, `/api/v1/clusters/${await idOf(server, 'cache miss')}`);
    expect(answer.cluster).toMatchObject({ eventCount: 100, share: 100 / 103 });
    expect(answer.samples.map((sample) => sample.text)).toContain('level=warn msg="cache miss for key 0"');
    expect(answer.query).toMatchObject({ isExact: false });
    expect(answer.query.expression).toMatch(/^\{namespace="web", pod=~"a\|b", service_name="shop"\} \|= "/);
  });

  test('counts have a row per level and the wanted number of steps', async () => {
    const server = await createShop();
    const id = await idOf(server, 'cache miss');
    const counts = await getJson<GetClusterCountsResponse>(server, `/api/v1/clusters/${id}/counts?points=6`);
    expect(counts).toMatchObject({ stepMs: 10 * minuteMs, series: [{ level: 'warn', counts: [0, 0, 0, 90, 10, 0] }] });
  });

  test('labels that set the cluster apart come first', async () => {
    const server = await createShop();
    const answer = await getJson<ListClusterLabelsResponse>(
      server,
      `/api/v1/clusters/${await idOf(server, 'cache miss')}/labels`
    );
    expect(answer.labels.map((label) => label.name)).toEqual(
      ['service_name', 'pod', 'namespace'].toSorted((a, b) => order(answer, a) - order(answer, b))
    );
    const pod = answer.labels.find((label) => label.name === 'pod');
    expect(pod?.values.map((value) => [value.value, value.lineCount, value.share])).toEqual([
      ['a', 90, 0.9],
      ['b', 10, 0.1],
    ]);
    const namespace = answer.labels.at(-1);
    expect(namespace).toMatchObject({ name: 'namespace', values: [{ value: 'web', share: 1, overallShare: 1 }] });
  });

  function order(answer: ListClusterLabelsResponse, name: string): number {
    return answer.labels.findIndex((label) => label.name === name);
  }
});

describe('lines', () => {
  test('they come newest first with spans that tile them', async () => {
    const server = await createShop();
    const answer = await getJson<ListClusterLinesResponse>(
      server,
      `/api/v1/clusters/${await idOf(server, 'cache miss')}/lines?limit=3`
    );
    expect(answer.lines.map((line) => line.text)).toEqual(
      [9, 8, 7].map((index) => `level=warn msg="cache miss for key ${index}"`)
    );
    expect(answer.isComplete).toBe(true);
    for (const { text, spans } of answer.lines) {
      expect(spans.map((span) => text.slice(span.start, span.end)).join('')).toBe(text);
    }
  });

  test('lines of other clusters that pass the filters are left out', async () => {
    const server = await createTestServer();
    await server.push({ service_name: 'shop' }, [
      [testNowMs - 9 * minuteMs, 'order shipped'],
      [testNowMs - 8 * minuteMs, 'order shipped twice by mistake'],
    ]);
    await server.scanner.scanOnce();
    const list = await getJson<ListClustersResponse>(server, '/api/v1/clusters?text=shipped');
    const plain = list.clusters.find((cluster) => cluster.templateText === 'order shipped');
    const answer = await getJson<ListClusterLinesResponse>(server, `/api/v1/clusters/${plain?.id ?? ''}/lines`);
    expect(answer).toMatchObject({ scannedLineCount: 2, isComplete: true, lines: [{ text: 'order shipped' }] });
  });

  test('a stack trace comes whole', async () => {
    const server = await createShop();
    const answer = await getJson<ListClusterLinesResponse>(
      server,
      `/api/v1/clusters/${await idOf(server, 'IllegalState')}/lines`
    );
    expect(answer.lines.map((line) => line.text)).toEqual([trace.join('\n')]);
    expect(answer.query.expression).toContain('|= "java.lang.IllegalStateException"');
  });

  test('a search over more lines than its budget says that it stopped', async () => {
    const server = await createTestServer();
    await server.push({ service_name: 'shop' }, [
      [testNowMs - 50 * minuteMs, 'order shipped'],
      ...Array.from({ length: 21_000 }, (_, index): TestLine => [
        testNowMs - 40 * minuteMs + index * 100,
        `order shipped to customer ${index} again`,
      ]),
    ]);
    await server.scanner.scanOnce();
    const list = await getJson<ListClustersResponse>(server, '/api/v1/clusters?sort=count&order=asc');
    const answer = await getJson<ListClusterLinesResponse>(
      server,
      `/api/v1/clusters/${list.clusters[0]?.id ?? ''}/lines`
    );
    expect(answer).toMatchObject({ lines: [], isComplete: false });
    expect(answer.scannedLineCount).toBeGreaterThanOrEqual(20_000);
  });

  test('a cluster without lines in the range has none to show', async () => {
    const server = await createShop();
    const id = await idOf(server, 'cache miss');
    const answer = await getJson<ListClusterLinesResponse>(
      server,
      `/api/v1/clusters/${id}/lines?from=2026-10-05T08:00:00Z&to=2026-10-05T08:10:00Z`
    );
    expect(answer).toMatchObject({ lines: [], scannedLineCount: 0, isComplete: true });
    expect(answer.query.expression).toContain('service_name="shop"');
  });

  /** A shop whose log store answers the first `answeredPages` pages of searches and then fails. */
  async function createHeldUpShop(answeredPages: number, failure: unknown): Promise<TestServer> {
    const fake = createFakeLogStore({ pageSize: 50 });
    let pageCount = 0;
    const logs: LogStore = {
      ...fake,
      findEntries(request) {
        pageCount += 1;
        return pageCount > answeredPages ? Promise.reject(failure) : fake.findEntries(request);
      },
    };
    const server = await createTestServer({ logs });
    const others = Array.from({ length: 3000 }, (_, index): TestLine => [
      testNowMs - 40 * minuteMs + index * 100,
      index % 100 === 0 ? 'order shipped' : `order shipped to customer ${index} again`,
    ]);
    const entries = others.map(([atMs, line]) => ({ timestampNs: BigInt(atMs) * 1_000_000n, line, metadata: {} }));
    await fake.push([{ labels: { service_name: 'shop' }, entries }], new AbortController().signal);
    await server.scanner.scanOnce();
    return server;
  }

  async function linesOfPlainOrders(server: TestServer): Promise<Response> {
    const list = await getJson<ListClustersResponse>(server, '/api/v1/clusters?sort=count&order=asc');
    return server.get(`/api/v1/clusters/${list.clusters[0]?.id ?? ''}/lines`);
  }

  const failures = [
    ['turned away by the budget', new ProblemError('rate-limited', 'busy')],
    ['refused by the budget', new ProblemError('query-rejected', 'too much')],
    [
      'refused by Loki for load',
      new PortError({ system: 'loki', kind: 'unavailable', message: 'slow down', status: 429 }),
    ],
  ] as const;

  test.each(failures)('a later page that is %s leaves those before it', async (_name, failure) => {
    const response = await linesOfPlainOrders(await createHeldUpShop(2, failure));
    expect(response.status).toBe(200);
    const answer = (await response.json()) as ListClusterLinesResponse;
    expect(answer).toMatchObject({ isComplete: false, scannedLineCount: 2000 });
    expect(answer.lines.length).toBeGreaterThanOrEqual(19);
    expect(new Set(answer.lines.map(({ text }) => text))).toEqual(new Set(['order shipped']));
  });

  test.each(failures)('a first page that is %s fails the request', async (_name, failure) => {
    const response = await linesOfPlainOrders(await createHeldUpShop(0, failure));
    expect(response.status).toBeGreaterThanOrEqual(400);
  });

  test('a later page that fails for another reason fails the request', async () => {
    const broken = new PortError({ system: 'loki', kind: 'rejected', message: 'bad query' });
    expect((await linesOfPlainOrders(await createHeldUpShop(2, broken))).status).toBe(502);
  });
});
