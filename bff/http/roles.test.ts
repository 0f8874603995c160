// Made from the route table, so that a new route is covered when it is added.
import { roles, routes, scopes, type Role, type Route, type RouteId } from '@loghunter/contracts';
import { describe, expect, test } from 'vitest';
import { generateKey } from '../api-keys/key-format.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

const table: Readonly<Record<RouteId, Route>> = routes;
const ids = (Object.keys(routes) as RouteId[]).filter((id) => table[id].role !== 'public');
const secret = 'the-shared-secret-of-now';
const proxyMarks = ['X-Grafana-Id', 'X-Grafana-Context', 'X-LogHunter-Scope'] as const;

function call(server: TestServer, id: RouteId, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const { method, path } = table[id];
  const address = path.replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
  const hasBody = method !== 'GET' && method !== 'DELETE';
  return server.get(address, {
    method,
    headers: { ...headers, ...(hasBody ? { 'Content-Type': 'application/json' } : {}) },
    ...(hasBody ? { body: '{}' } : {}),
  });
}

async function codeOf(answer: Response): Promise<unknown> {
  const isProblem = answer.headers.get('Content-Type') === 'application/problem+json';
  return isProblem ? ((await answer.json()) as { code: unknown }).code : 'none';
}

async function plantKey(server: TestServer, scope: string): Promise<string> {
  const { text, ...kept } = generateKey();
  const facts = { name: scope, scopes: [scope], hourlyLimit: null, expiresAtMs: null, createdBy: 'test' };
  await server.apiKeys.createKey(server.tenantId, { ...kept, ...facts });
  return text;
}

describe('every route that is not public', () => {
  test.each(ids)('%s answers 401 without credentials, and 403 through Grafana', async (id) => {
    const server = await createTestServer({ secrets: [secret], role: null });
    for (const headers of [{}, { Authorization: 'Bearer wrong' }, { 'X-API-Key': generateKey().text }]) {
      const direct = await call(server, id, headers);
      expect([direct.status, await codeOf(direct)]).toEqual([401, 'unauthenticated']);
      for (const mark of proxyMarks) {
        const proxied = await call(server, id, { ...headers, [mark]: 'user' });
        expect([proxied.status, await codeOf(proxied)]).toEqual([403, 'forbidden']);
      }
    }
  });

  test.each(ids)('%s is closed to every lower role and open to its own and those above', async (id) => {
    const needed = roles.indexOf(table[id].role as Role);
    for (const [index, role] of roles.entries()) {
      const server = await createTestServer({ role });
      const answer = await call(server, id);
      const code = await codeOf(answer);
      expect([role, code === 'forbidden']).toEqual([role, index < needed]);
      expect(answer.status).not.toBe(401);
    }
  });

  test.each(ids)("%s is open over its own route of the plugin, whatever the caller's role", async (id) => {
    const isForAdmins = roles.indexOf(table[id].role as Role) >= roles.indexOf('admin');
    const server = await createTestServer({ secrets: [secret], role: 'operator' });
    for (const scope of ['user', 'admin']) {
      const answer = await call(server, id, { Authorization: `Bearer ${secret}`, 'X-LogHunter-Scope': scope });
      const isRefused = (await codeOf(answer)) === 'forbidden';
      expect([scope, isRefused]).toEqual([scope, isForAdmins !== (scope === 'admin')]);
    }
  });

  test.each(ids)('%s is open to keys of its scope alone', async (id) => {
    const needed = scopes[roles.indexOf(table[id].role as Role)];
    const server = await createTestServer({ role: null });
    for (const scope of scopes) {
      const answer = await call(server, id, { 'X-API-Key': await plantKey(server, scope) });
      expect([scope, (await codeOf(answer)) === 'forbidden']).toEqual([scope, scope !== needed]);
    }
  });
});
