import { routes, type Route, type RouteId } from '@loghunter/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateKey } from '../api-keys/key-format.ts';
import type { TestServer } from '../testing/test-server.ts';
import { call, createScene, unknownId, withObject, type Scene } from '../testing/valid-calls.ts';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';

// The embedded database takes seconds to open on a busy machine.
beforeAll(async () => void (await openSharedDatabase(crypto.randomUUID())), 120_000);

const json = { 'Content-Type': 'application/json' };
// Routes of an operator are about the installation, which has no other tenant.
const ids = (Object.entries(routes) as Array<[RouteId, Route]>)
  .filter(([, route]) => route.path.includes('{id}') && route.role !== 'operator')
  .map(([id]) => id);

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

async function ask(scene: Scene, id: RouteId, objectId: string, key: string) {
  const headers = { Authorization: `Bearer ${key}`, 'X-Request-Id': 'same-request' };
  const response = await call({ ...scene, objectId }, id, { headers });
  return { status: response.status, body: (await response.text()).replaceAll(objectId, '<id>') };
}

describe('ids of another tenant', () => {
  test.each(ids)('%s answers them exactly as ids of nothing', async (id) => {
    const scene = await withObject(await createScene(), id);
    const key = await createForeignKey(scene.server);
    const foreign = await ask(scene, id, scene.objectId, key);
    expect(foreign).toEqual(await ask(scene, id, unknownId, key));
    expect(foreign.status).toBe(404);
  });
});
