import { routes, type Route, type RouteId } from '@loghunter/contracts';
import type { HttpClient } from '@loghunter/ports';
import { describe, expect, test } from 'vitest';
import { generateKey } from '../api-keys/key-format.ts';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';

const json = { 'Content-Type': 'application/json' };
const randomId = '5d1c1f0a-8d1b-4b5e-9d3e-000000000001';
// Routes of an operator are about the installation, which has no other tenant.
const ids = (Object.entries(routes) as Array<[RouteId, Route]>)
  .filter(([, route]) => route.path.includes('{id}') && route.role !== 'operator')
  .map(([id]) => id);

/** What makes something of each kind over the API, and the field of the answer that holds it. */
const makers: Readonly<Record<string, { readonly body: (clusterId: string) => object; readonly field?: string }>> = {
  'api-keys': { body: () => ({ name: 'ci', scopes: ['read'] }), field: 'apiKey' },
  'cluster-rules': {
    body: (clusterId) => ({ rule: { kind: 'rename', clusterId, title: 'mine' } }),
    field: 'rule',
  },
  jobs: { body: () => ({ kind: 'retention' }) },
  redaction: { body: () => ({ name: 'mine', form: 'literal', pattern: 'tyrannosaurus' }), field: 'rule' },
  'saved-filters': { body: () => ({ name: 'mine', filter: {} }) },
  webhooks: { body: () => ({ name: 'mine', url: 'https://hook.example/' }), field: 'webhook' },
};

/** Bodies that the routes take, so that the id decides about the answer. */
const bodies: Partial<Record<RouteId, object>> = { renameSavedFilter: { name: 'other' }, rotateApiKey: {} };

const willing: HttpClient = {
  check: () => Promise.resolve(),
  send: () => Promise.reject(new TypeError('not called')),
  close: () => Promise.resolve(),
};

async function createServer(): Promise<{ readonly server: TestServer; readonly clusterId: string }> {
  const server = await createTestServer({ http: willing });
  await server.push({ service_name: 'shop' }, [[testNowMs - 300_000, 'level=error cannot reach it']]);
  await server.scanner.scanOnce();
  const list = (await (await server.get('/api/v1/clusters')).json()) as { clusters: Array<{ id: string }> };
  return { server, clusterId: list.clusters[0]?.id ?? 'none' };
}

/** The id of something of the first tenant that the route is about. */
async function makeObject(server: TestServer, id: RouteId, clusterId: string): Promise<string> {
  const path = routes[id].path.split('/{id}')[0] ?? '';
  const kind = path.split('/')[3] ?? '';
  if (kind === 'clusters') {
    return clusterId;
  }
  const maker = makers[kind];
  if (maker === undefined) {
    throw new TypeError(`say in this test how to make one of ${kind}, for ${id}`);
  }
  const response = await server.get(path, {
    method: 'POST',
    body: JSON.stringify(maker.body(clusterId)),
    headers: json,
  });
  const answer = (await response.json()) as Readonly<Record<string, unknown>>;
  const made = (maker.field === undefined ? answer : answer[maker.field]) as { readonly id?: string } | undefined;
  expect([response.status, typeof made?.id, JSON.stringify(answer).slice(0, 300)]).toEqual([
    expect.any(Number),
    'string',
    expect.any(String),
  ]);
  return made?.id ?? 'none';
}

/** A key of another tenant that may do everything there. */
async function createForeignKey(server: TestServer): Promise<string> {
  const made = await server.get('/api/v1/tenants', {
    method: 'POST',
    body: JSON.stringify({ name: 'other' }),
    headers: json,
  });
  const { tenant } = (await made.json()) as { tenant: { id: string } };
  const { text, ...kept } = generateKey();
  const facts = { name: 'other', hourlyLimit: null, expiresAtMs: null, createdBy: 'test' };
  await server.apiKeys.createKey(tenant.id, { ...kept, ...facts, scopes: ['read', 'write', 'admin'] });
  return text;
}

async function ask(server: TestServer, id: RouteId, objectId: string, key: string) {
  const route: Route = routes[id];
  const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
  const response = await server.get(route.path.replace('{id}', objectId), {
    method: route.method,
    headers: { ...json, Authorization: `Bearer ${key}`, 'X-Request-Id': 'same-request' },
    ...(hasBody ? { body: JSON.stringify(bodies[id] ?? {}) } : {}),
  });
  return { status: response.status, body: (await response.text()).replaceAll(objectId, '<id>') };
}

describe('ids of another tenant', () => {
  test.each(ids)('%s answers them exactly as ids of nothing', async (id) => {
    const { server, clusterId } = await createServer();
    const objectId = await makeObject(server, id, clusterId);
    const key = await createForeignKey(server);
    const foreign = await ask(server, id, objectId, key);
    expect(foreign).toEqual(await ask(server, id, randomId, key));
    expect(foreign.status).toBe(404);
  });
});
