import type {
  CompareClustersResponse,
  Deploy,
  ListClusterQueriesResponse,
  ListClusterReleasesResponse,
  ListClustersResponse,
  ListRelatedClustersResponse,
  ListTraceClustersResponse,
  ProblemDetails,
} from '@loghunter/contracts';
import { parseQuery } from '@loghunter/engine/logql';
import { describe, expect, test } from 'vitest';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';

const minuteMs = 60_000;
const at = (minute: number) => testNowMs - 60 * minuteMs + minute * minuteMs;
const range = `from=${at(0)}&to=${testNowMs}`;

async function get<T>(server: TestServer, path: string, status = 200): Promise<T> {
  const response = await server.get(path);
  const answer = (await response.json()) as T;
  expect([response.status, answer]).toEqual([status, answer]);
  return answer;
}

async function idOf(server: TestServer, text: string): Promise<string> {
  const list = await get<ListClustersResponse>(server, `/api/v1/clusters?${range}&text=${encodeURIComponent(text)}`);
  return list.clusters[0]?.id ?? 'none';
}

const bad = [20, 21, 24, 29, 30, 31];

/** Payment fails in six minutes, the cart with it by the same traces; a heartbeat comes each minute, a job in minutes of its own. */
async function createShop(): Promise<TestServer> {
  const server = await createTestServer();
  const trace = (minute: number) => `trace_id=${(0xabcdef00 + minute).toString(16)}`;
  await server.push(
    { service_name: 'payment', version: '1.0' },
    bad
      .filter((minute) => minute < 29)
      .flatMap((minute) => [
        [at(minute), `level=error card refused ${trace(minute)}`] as const,
        [at(minute) + 9, `level=error card refused ${trace(minute)}`] as const,
      ])
  );
  await server.push(
    { service_name: 'payment', version: '1.1' },
    bad
      .filter((minute) => minute >= 29)
      .map((minute) => [at(minute), `level=error card refused ${trace(minute)}`] as const)
  );
  await server.push(
    { service_name: 'cart' },
    bad.map((minute) => [at(minute) + 500, `level=warn checkout gave up ${trace(minute)}`] as const)
  );
  await server.push(
    { service_name: 'cart' },
    Array.from({ length: 58 }, (_, minute) => [at(minute) + 700, `level=info heartbeat ${minute}`] as const)
  );
  await server.push(
    { service_name: 'jobs' },
    [2, 7, 12, 44, 50].map((minute) => [at(minute), `level=info nightly job ${minute} done`] as const)
  );
  await server.scanner.scanOnce();
  return server;
}

describe('what a cluster has to do with others', () => {
  test('clusters of the same minutes are related, those that always come and those that come at other times are not', async () => {
    const server = await createShop();
    const id = await idOf(server, 'card refused');
    const answer = await get<ListRelatedClustersResponse>(server, `/api/v1/clusters/${id}/related?${range}`);
    expect(
      answer.clusters.map(({ templateText, sharedMinuteCount, minuteCount }) => [
        templateText,
        sharedMinuteCount,
        minuteCount,
      ])
    ).toEqual([[expect.stringContaining('checkout gave up'), 6, 6]]);
    expect(answer.clusters[0]?.correlation).toBeGreaterThan(0.9);
    expect(answer).toMatchObject({ minuteCount: 6, comparedClusterCount: 2, isComplete: true });
  });

  test('a cluster without events in the range has no relations', async () => {
    const server = await createShop();
    const id = await idOf(server, 'nightly');
    const quiet = `from=${at(13)}&to=${at(20)}`;
    const answer = await get<ListRelatedClustersResponse>(server, `/api/v1/clusters/${id}/related?${quiet}`);
    expect(answer).toMatchObject({ clusters: [], minuteCount: 0, comparedClusterCount: 0 });
  });

  test('clusters of the same traces are found by their lines in the log store', async () => {
    const server = await createShop();
    const id = await idOf(server, 'card refused');
    const answer = await get<ListTraceClustersResponse>(server, `/api/v1/clusters/${id}/traces?${range}`);
    expect(answer.traceIds).toHaveLength(6);
    expect(answer.clusters.map(({ service, traceCount, eventCount }) => [service, traceCount, eventCount])).toEqual([
      ['cart', 6, 6],
    ]);
    expect(answer.isComplete).toBe(true);
    expect(answer.query?.expression).toContain('abcdef');
    const untraced = await get<ListTraceClustersResponse>(
      server,
      `/api/v1/clusters/${await idOf(server, 'heartbeat')}/traces?${range}`
    );
    expect(untraced).toMatchObject({ traceIds: [], clusters: [], query: null });
  });

  test('releases are those of the range, and of the very first and last minute', async () => {
    const server = await createShop();
    const id = await idOf(server, 'card refused');
    const answer = await get<ListClusterReleasesResponse>(server, `/api/v1/clusters/${id}/releases?${range}`);
    expect(answer.releases.map(({ release, lineCount }) => [release, lineCount])).toEqual([
      ['1.1', 3],
      ['1.0', 6],
    ]);
    expect(answer.releases[1]?.firstSeen).toBe(new Date(at(20)).toISOString());
    expect(answer).toMatchObject({ firstReleases: ['1.0'], lastReleases: ['1.1'] });
  });

  test('each number comes with a query that LogQL understands', async () => {
    const server = await createShop();
    const id = await idOf(server, 'card refused');
    const { figures, labels } = await get<ListClusterQueriesResponse>(
      server,
      `/api/v1/clusters/${id}/queries?${range}`
    );
    const queries = [...Object.values(figures ?? {}), ...labels.map(({ query }) => query)];
    expect(queries).toHaveLength(7);
    for (const { expression, type } of queries) {
      const parsed = parseQuery(expression);
      expect([expression, parsed.kind]).toEqual([expression, 'query']);
      expect(parsed.kind === 'query' && parsed.query.kind === 'log').toBe(type === 'lines');
    }
    expect(figures?.share.expression).toContain(' / ');
    expect(labels.map(({ name }) => name)).toEqual(['service_name', 'version']);
  });
});

describe('a comparison', () => {
  test('of two values of a label counts each in its own streams', async () => {
    const server = await createShop();
    const search = `${range}&label=version&beforeValue=1.0&value=1.1&kind=up&kind=down&kind=unchanged`;
    const answer = await get<CompareClustersResponse>(server, `/api/v1/clusters/compare?${search}`);
    expect(answer.changes.map(({ countBefore, countAfter }) => [countBefore, countAfter])).toEqual([[6, 3]]);
    expect([answer.before.eventCount, answer.after.eventCount]).toEqual([6, 3]);
    expect(answer.before.range).toEqual(answer.after.range);
  });

  test('before and after a deploy takes an hour of its service on both sides, or what there is', async () => {
    const server = await createShop();
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ service: 'payment', version: '1.1', at: String(at(29)) });
    const deploy = (await (await server.get('/api/v1/deploys', { method: 'POST', headers, body })).json()) as Deploy;
    const answer = await get<CompareClustersResponse>(
      server,
      `/api/v1/clusters/compare?deploy=${deploy.id}&kind=up&kind=down&kind=unchanged`
    );
    expect(answer.deploy?.version).toBe('1.1');
    expect(answer.after.range).toEqual({ from: new Date(at(29)).toISOString(), to: new Date(testNowMs).toISOString() });
    expect(answer.before.range.to).toBe(answer.after.range.from);
    expect(answer.changes.map(({ service, countBefore, countAfter }) => [service, countBefore, countAfter])).toEqual([
      ['payment', 6, 3],
    ]);
    const unknown = '5d1c1f0a-8d1b-4b5e-9d3e-000000000001';
    await get<ProblemDetails>(server, `/api/v1/clusters/compare?deploy=${unknown}`, 404);
  });

  test('of values says what is missing', async () => {
    const server = await createTestServer();
    const day = `from=${testNowMs - 25 * 60 * minuteMs}&to=${testNowMs}`;
    for (const [search, field] of [
      [`${range}&label=version&value=1`, 'query.beforeValue'],
      [`${range}&label=version&beforeValue=1`, 'query.value'],
      [`${range}&value=1`, 'query.label'],
      [`${day}&label=version&value=1&beforeValue=2`, 'query.from'],
      [`${range}&label=version&value=1&beforeValue=2&beforeService=a`, 'query.beforeService'],
    ]) {
      const problem = await get<ProblemDetails>(server, `/api/v1/clusters/compare?${search}`, 400);
      expect(problem.errors?.[0]?.path).toBe(field);
    }
  });
});
