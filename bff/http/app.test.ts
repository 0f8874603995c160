import { setTimeout as sleep } from 'node:timers/promises';
import { problemKinds, routes, type ProblemDetails, type Route, type RouteId } from '@loghunter/contracts';
import { ProblemDetails as ProblemDetailsSchema, routeSchemas } from '@loghunter/contracts/schemas';
import { PortError } from '@loghunter/ports';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';
import { call as callRoute, createScene, withObject } from '../testing/valid-calls.ts';
import { buildOpenApiDocument } from './openapi-document.ts';

// On a busy machine the first database takes longer than a test may.
beforeAll(async () => void (await openSharedDatabase(crypto.randomUUID())), 120_000);

const unknownId = '00000000-0000-4000-8000-000000000000';
const ids = Object.keys(routes) as RouteId[];
const reads = ids.filter((id) => routes[id].method === 'GET');

async function createFilledServer(): Promise<{ readonly server: TestServer; readonly clusterId: string }> {
  const server = await createTestServer();
  await server.push({ service_name: 'shop' }, [
    [testNowMs - 300_000, 'level=error cannot reach 10.0.0.1 after 3 tries'],
  ]);
  await server.scanner.scanOnce();
  const list = (await (await server.get('/api/v1/clusters')).json()) as { clusters: Array<{ id: string }> };
  return { server, clusterId: list.clusters[0]?.id ?? 'none' };
}

function addressOf(id: RouteId, clusterId: string): string {
  return routes[id].path.replace('{id}', clusterId).replace('{name}', 'service_name');
}

const quietStreamMs = 500;

/** The one value of an answer, or the first of a stream; undefined for a stream that says nothing. */
async function readValue(response: Response): Promise<unknown> {
  if (response.headers.get('Content-Type')?.startsWith('application/json') === true) {
    return response.json();
  }
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  // A stream of changes has nothing to say while nothing changes, a list may be empty.
  const first = await Promise.race([reader?.read(), sleep(quietStreamMs, undefined)]);
  await reader?.cancel();
  const text = first?.value ?? '';
  if (response.headers.get('Content-Type')?.startsWith('text/csv') === true) {
    return text.split('\r\n', 1)[0];
  }
  if (response.headers.get('Content-Type') === 'application/octet-stream') {
    return text;
  }
  return text === '' ? undefined : JSON.parse(text.replace(/^data: /, ''));
}

function fits(path: string, address: string): boolean {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(address);
}

/** A call with the method of its row, and with an empty body where it takes one. */
async function call(server: TestServer, id: RouteId, clusterId: string, query = ''): Promise<Response> {
  const { method } = routes[id];
  const hasBody = method !== 'GET' && method !== 'DELETE';
  return server.get(addressOf(id, clusterId) + query, {
    method,
    ...(hasBody ? { body: '{}', headers: { 'Content-Type': 'application/json' } } : {}),
  });
}

async function problemOf(response: Response): Promise<ProblemDetails> {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  return ProblemDetailsSchema.parse(await response.json());
}

describe('every row of the route table', () => {
  test.each(reads)('%s is bound and answers what its schema says', async (id) => {
    const response = await callRoute(await withObject(await createScene(), id), id);
    expect(response.status).toBe(200);
    const body = await readValue(response);
    if (body === undefined) {
      expect(routes[id]).toMatchObject({ produces: response.headers.get('Content-Type')?.split(';')[0] });
    } else {
      expect(routeSchemas[id].response.parse(body)).toEqual(body);
    }
  });

  test.each(ids)('%s is documented with its problems', (id) => {
    const document = buildOpenApiDocument('1.0.0') as {
      paths: Record<string, Record<string, { operationId: string; responses: object }>>;
    };
    const route: Route = routes[id];
    const operation = document.paths[route.path]?.[route.method.toLowerCase()];
    const statuses = [route.status ?? 200, 500, ...route.problems.map((code) => problemKinds[code].status)].map(String);
    expect(operation?.operationId).toBe(id);
    expect(Object.keys(operation?.responses ?? {}).toSorted()).toEqual([...new Set(statuses)].toSorted());
  });

  test.each(ids)('%s answers only problems that it declares', async (id) => {
    const { server, clusterId } = await createFilledServer();
    const declared: readonly string[] = [...routes[id].problems, 'internal'];
    const failures = ['unavailable', 'timeout', 'rejected', 'not-supported', 'invalid-answer'] as const;
    for (const kind of failures) {
      server.fakeLogs.failWith(new PortError({ system: 'loki', kind, message: `Loki: ${kind}` }));
      server.clock.advance(120_000);
      const response = await call(server, id, clusterId);
      if (response.status >= 300) {
        expect(declared).toContain((await problemOf(response)).code);
      }
    }
    for (const query of ['?from=yesterday', '?from=5&to=4', '?limit=0', '?unknown=1', `?text=${'x'.repeat(9000)}`]) {
      const problem = await problemOf(await call(server, id, clusterId, query));
      expect(declared).toContain(problem.code);
    }
  });

  test.each(ids)('%s answers 405 to other methods', async (id) => {
    const { server, clusterId } = await createFilledServer();
    const allowed = ids.filter((other) => routes[other].path === routes[id].path).map((other) => routes[other].method);
    // Another row's path may fit as well: `/clusters/{id}` fits `/clusters/explain`.
    const fitting = ids.filter((other) => fits(routes[other].path, addressOf(id, clusterId)));
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
      if (!fitting.some((other) => routes[other].method === method)) {
        const response = await server.get(addressOf(id, clusterId), { method });
        expect(response.status).toBe(405);
        expect(response.headers.get('Allow')).toBe(allowed.join(', '));
      }
    }
  });

  test.each(ids.filter((id) => routes[id].path.startsWith('/api/v1/clusters/{id}') && routes[id].method === 'GET'))(
    '%s answers one 404 for every unknown cluster',
    async (id) => {
      const { server } = await createFilledServer();
      const problem = await problemOf(await server.get(addressOf(id, unknownId)));
      expect(problem).toMatchObject({ code: 'not-found', status: 404, detail: `There is no cluster ${unknownId}.` });
    }
  );
});

describe('odd requests', () => {
  test.each([
    '/api//v1/clusters',
    '//api/v1/clusters',
    '/api/v1%2Fclusters',
    '/api/v1/clusters/%00',
    '/api/v1/%zz',
    '/api/v1%5cclusters',
    '/api/v1/%252e',
  ])('the path %s is refused', async (path) => {
    const server = await createTestServer();
    const response = await server.get(`http://server.test${path}`);
    expect(await problemOf(response)).toMatchObject({ code: 'invalid-request', status: 400 });
  });

  test.each([
    '__proto__=1',
    'constructor=1',
    'limit=1e999',
    'limit=1&limit=2',
    'level=loud',
    'sort=',
    'offset=-1',
    'service=a&from=%00',
  ])('the query %s is refused field by field', async (query) => {
    const server = await createTestServer();
    const problem = await problemOf(await server.get(`/api/v1/clusters?${query}`));
    expect(problem).toMatchObject({ code: 'invalid-request', status: 400 });
    expect(problem.errors?.length).toBeGreaterThan(0);
  });

  test('an unknown address is a problem document', async () => {
    const server = await createTestServer();
    expect(await problemOf(await server.get('/nowhere'))).toMatchObject({
      code: 'not-found',
      title: 'Not found',
      retryable: false,
    });
  });

  test('a large body is refused', async () => {
    const server = await createTestServer();
    const response = await server.get('/api/v1/clusters', {
      method: 'POST',
      body: 'x'.repeat(70_000),
      headers: { 'Content-Length': '70000' },
    });
    expect(await problemOf(response)).toMatchObject({ code: 'payload-too-large', status: 413 });
  });

  test('one value of a repeated parameter is a list of one', async () => {
    const server = await createTestServer();
    expect((await server.get('/api/v1/clusters?service=a&level=error')).status).toBe(200);
    expect((await server.get('/api/v1/clusters?service=a&service=b')).status).toBe(200);
  });
});

describe('answers', () => {
  test('a plain request id is kept and another one replaced', async () => {
    const server = await createTestServer();
    expect(
      (await server.get('/health', { headers: { 'X-Request-Id': 'abc-123.DEF' } })).headers.get('X-Request-Id')
    ).toBe('abc-123.DEF');
    const replaced = await server.get('/nowhere', { headers: { 'X-Request-Id': 'x'.repeat(65) } });
    const id = replaced.headers.get('X-Request-Id');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect((await problemOf(replaced)).instance).toBe(id);
  });

  test.each(['/health', '/nowhere', '/api/v1/clusters?limit=x'])('%s carries the security headers', async (path) => {
    const { headers } = await (await createTestServer()).get(path);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  });

  test('a fault of ours is told without its text', async () => {
    const server = await createTestServer({
      clusters: {
        ...(await createTestServer()).clusters,
        readCoverage: () => Promise.reject(new TypeError('secret detail')),
      },
    });
    const problem = await problemOf(await server.get('/api/v1/clusters'));
    expect(problem.code).toBe('internal');
    expect(JSON.stringify(problem)).not.toContain('secret detail');
  });

  test.each([
    ['unavailable', 'store-unavailable', 503],
    ['conflict', 'internal', 500],
    ['rejected', 'internal', 500],
  ] as const)('a database failure %s becomes %s', async (kind, code, status) => {
    const { clusters } = await createTestServer();
    const failing = {
      ...clusters,
      readCoverage: () => Promise.reject(new PortError({ system: 'postgres', kind, message: 'Postgres says no' })),
    };
    const problem = await problemOf(await (await createTestServer({ clusters: failing })).get('/api/v1/clusters'));
    expect(problem).toMatchObject({ code, status });
    expect(problem.detail.includes('Postgres says no')).toBe(kind === 'unavailable');
  });

  test("Loki's own text and pause are passed on", async () => {
    const server = await createTestServer();
    server.fakeLogs.failWith(
      new PortError({ system: 'loki', kind: 'unavailable', message: 'Loki is busy', retryAfterMs: 2500 })
    );
    const response = await server.get('/api/v1/labels');
    expect(response.headers.get('Retry-After')).toBe('3');
    expect(await problemOf(response)).toMatchObject({
      code: 'loki-unavailable',
      detail: 'Loki is busy',
      retryable: true,
    });
  });

  test('metrics name routes and outcomes, never paths', async () => {
    const server = await createTestServer();
    await server.get('/api/v1/labels/some_label/values');
    await server.get('/some/odd/path');
    const text = await (await server.get('/metrics')).text();
    expect(text).toContain(
      'loghunter_http_request_duration_seconds_count{route="listLabelValues",method="GET",status="200"} 1'
    );
    expect(text).toContain('route="none",method="GET",status="404"');
    expect(text).toContain('loghunter_scanner_lag_seconds 12');
    expect(text).not.toContain('some_label');
    expect(text).not.toContain('odd');
  });
});
