import { isChange, routes, type Route, type RouteId } from '@loghunter/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestServer, type TestServer } from '../testing/test-server.ts';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';

// The embedded database takes seconds to open on a busy machine.
beforeAll(async () => void (await openSharedDatabase(crypto.randomUUID())), 120_000);

const unknownId = '00000000-0000-4000-8000-000000000000';
const rows = Object.entries(routes) as Array<[RouteId, Route]>;
const changes = rows.filter(([, route]) => isChange(route)).map(([id]) => id);
const reads = rows.filter(([, route]) => !isChange(route) && route.role !== 'public').map(([id]) => id);
const json = { 'Content-Type': 'application/json' };

function callRoute(server: TestServer, id: RouteId, body = '{}'): Promise<Response> {
  const route: Route = routes[id];
  const path = route.path
    .replace('{name}', 'app')
    .replace('{organisationId}', '7')
    .replace(/\{\w+\}/g, unknownId);
  const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
  return server.get(path, { method: route.method, ...(hasBody ? { body, headers: json } : {}) });
}

function makeTenant(server: TestServer, name: string, key?: string): Promise<Response> {
  return server.get('/api/v1/tenants', {
    method: 'POST',
    body: JSON.stringify({ name }),
    headers: { ...json, ...(key === undefined ? {} : { 'Idempotency-Key': key }) },
  });
}

describe('the audit log', () => {
  test.each([...changes, ...reads])('a call of %s leaves exactly one row', async (id) => {
    const server = await createTestServer();
    const response = await callRoute(server, id);
    expect(server.auditLog.records).toHaveLength(1);
    expect(server.auditLog.records[0]).toMatchObject({
      action: id,
      actor: { kind: 'installation' },
      result: response.ok ? 'ok' : expect.stringMatching(/^[a-z-]+$/),
      requestId: response.headers.get('X-Request-Id'),
    });
    expect(server.auditLog.records[0]?.result === 'ok').toBe(response.ok);
  });

  test.each([...changes, ...reads].filter((id) => routes[id].role !== 'viewer'))(
    'a call of %s that the role does not allow leaves exactly one row',
    async (id) => {
      const server = await createTestServer({ role: 'viewer' });
      expect((await callRoute(server, id)).status).toBe(403);
      expect(server.auditLog.records.map(({ action, result }) => [action, result])).toEqual([[id, 'forbidden']]);
    }
  );

  test('a row names the object that a change made, and its parameters without secrets', async () => {
    const server = await createTestServer();
    const made = (await (await makeTenant(server, 'team of bob@example.com')).json()) as { tenant: { id: string } };
    const [record] = server.auditLog.records;
    expect(record?.object).toEqual({ kind: 'tenants', id: made.tenant.id });
    expect(JSON.stringify(record?.details)).toContain('team of <email>');
  });

  test('a call without credentials is nobody’s and leaves no row', async () => {
    const server = await createTestServer({ role: null });
    expect((await server.get('/api/v1/clusters')).status).toBe(401);
    expect(server.auditLog.records).toEqual([]);
  });
});

describe('an Idempotency-Key', () => {
  test('answers the same request as the first time and has one effect', async () => {
    const server = await createTestServer();
    const first = await makeTenant(server, 'twice', 'key-1');
    const second = await makeTenant(server, 'twice', 'key-1');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await second.json()).toEqual(await first.json());
    expect((await server.tenants.listTenants()).filter(({ name }) => name === 'twice')).toHaveLength(1);
    expect(server.auditLog.records.map(({ details }) => details['isReplay'])).toEqual([undefined, true]);
  });

  test('is refused with another request', async () => {
    const server = await createTestServer();
    await makeTenant(server, 'one', 'key-1');
    const response = await makeTenant(server, 'two', 'key-1');
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'idempotency-key-reused' });
  });

  test.each(['x'.repeat(256), 'with space'])('that is too long or odd is refused', async (key) => {
    const server = await createTestServer();
    expect((await makeTenant(server, 'one', key)).status).toBe(400);
  });

  test('does not show a secret a second time', async () => {
    const server = await createTestServer();
    const make = () =>
      server.get('/api/v1/api-keys', {
        method: 'POST',
        body: JSON.stringify({ name: 'ci', scopes: ['read'] }),
        headers: { ...json, 'Idempotency-Key': 'key-1' },
      });
    expect((await make()).status).toBe(201);
    expect((await make()).status).toBe(409);
    expect(await server.apiKeys.listKeys(server.tenantId)).toHaveLength(1);
  });
});
