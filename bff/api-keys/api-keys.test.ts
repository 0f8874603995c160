import type { ListApiKeysResponse, NewApiKeyResponse } from '@loghunter/contracts';
import { createFakeApiKeyStore, createManualClock } from '@loghunter/ports/testing';
import { describe, expect, test } from 'vitest';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';
import { createKeyAuthenticator } from './authenticate-key.ts';
import { generateKey } from './key-format.ts';
import { createKeyUses } from './key-uses.ts';

const path = '/api/v1/api-keys';

function withKey(key: string, init: RequestInit = {}): RequestInit {
  return { ...init, headers: { 'Content-Type': 'application/json', 'X-API-Key': key } };
}

function post(server: TestServer, address: string, body: object, key: string): Promise<Response> {
  return server.get(address, withKey(key, { method: 'POST', body: JSON.stringify(body) }));
}

/** A key straight into the store, as the command line makes one. */
async function plantKey(
  server: TestServer,
  scopes: readonly string[],
  { expiresAtMs = null, hourlyLimit = null }: { expiresAtMs?: number | null; hourlyLimit?: number | null } = {}
) {
  const { text, ...kept } = generateKey();
  const facts = { name: 'planted', scopes, hourlyLimit, expiresAtMs, createdBy: 'test' };
  const { id } = await server.apiKeys.createKey(server.tenantId, { ...kept, ...facts });
  return { id, text };
}

describe('API keys over the API', () => {
  test('a key that was made is shown once, works, and is listed without itself', async () => {
    const server = await createTestServer({ role: null });
    const admin = await plantKey(server, ['read', 'admin']);
    const wanted = { name: 'deploys', scopes: ['read'], hourlyLimit: 50, expiresAt: '2027-01-01T00:00:00Z' };
    const created = await post(server, path, wanted, admin.text);
    expect(created.status).toBe(201);
    const { apiKey, key } = (await created.json()) as NewApiKeyResponse;
    expect(apiKey).toMatchObject({ ...wanted, expiresAt: '2027-01-01T00:00:00.000Z', status: 'active' });
    for (const headers of [{ 'X-API-Key': key }, { Authorization: `Bearer ${key}` }]) {
      const answer = await server.get('/api/v1/identity', { headers });
      expect(await answer.json()).toMatchObject({
        actor: { kind: 'api-key', id: apiKey.id, name: 'deploys' },
        role: 'viewer',
      });
    }
    const listed = await (await server.get(path, withKey(admin.text))).text();
    expect(listed).not.toContain(key);
    expect((JSON.parse(listed) as ListApiKeysResponse).apiKeys.map(({ name }) => name)).toEqual(['deploys', 'planted']);
  });

  test('nobody gives a key more than they have', async () => {
    const server = await createTestServer({ role: null });
    const admin = await plantKey(server, ['admin']);
    for (const scope of ['read', 'operate']) {
      expect((await post(server, path, { name: 'x', scopes: [scope] }, admin.text)).status).toBe(403);
    }
    const all = await plantKey(server, ['admin', 'operate']);
    expect((await post(server, path.concat(`/${all.id}/rotate`), {}, admin.text)).status).toBe(403);
  });

  test('a key with a limit neither makes nor rotates one with a higher limit, and rotates itself', async () => {
    const server = await createTestServer({ role: null });
    const limited = await plantKey(server, ['admin'], { hourlyLimit: 50 });
    const higher = [await plantKey(server, ['admin']), await plantKey(server, ['admin'], { hourlyLimit: 51 })];
    for (const hourlyLimit of [undefined, 51]) {
      expect((await post(server, path, { name: 'x', scopes: ['admin'], hourlyLimit }, limited.text)).status).toBe(403);
    }
    for (const { id, text } of higher) {
      const refused = await post(server, `${path}/${id}/rotate`, {}, limited.text);
      expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('a limit of 50')]);
      // It has neither ended nor got an end.
      server.clock.advance(7_200_000);
      expect((await server.get(path, withKey(text))).status).toBe(200);
    }
    const own = await post(server, `${path}/${limited.id}/rotate`, {}, limited.text);
    expect([own.status, await own.json()]).toMatchObject([201, { apiKey: { hourlyLimit: 50 } }]);
  });

  test('each scope opens the routes of its role and no others', async () => {
    const server = await createTestServer({ role: null });
    const routesOf = { read: '/api/v1/clusters', admin: path, operate: '/api/v1/tenants' };
    for (const [scope] of Object.entries(routesOf)) {
      const { text } = await plantKey(server, [scope]);
      for (const [needed, address] of Object.entries(routesOf)) {
        const { status } = await server.get(address, withKey(text));
        expect([scope, address, status]).toEqual([scope, address, scope === needed ? 200 : 403]);
      }
    }
  });

  test('a rotated key has a successor like it, and ends after its grace', async () => {
    const server = await createTestServer({ role: null });
    const { id, text } = await plantKey(server, ['read', 'admin'], { expiresAtMs: testNowMs + 86_400_000 });
    const answer = await post(server, `${path}/${id}/rotate`, { graceSeconds: 60 }, text);
    const { apiKey, key } = (await answer.json()) as NewApiKeyResponse;
    expect(apiKey).toMatchObject({ scopes: ['read', 'admin'], status: 'active' });
    expect(Date.parse(apiKey.expiresAt ?? '') - testNowMs).toBe(86_400_000);
    server.clock.advance(59_000);
    expect((await server.get(path, withKey(text))).status).toBe(200);
    server.clock.advance(1000);
    expect((await server.get(path, withKey(text))).status).toBe(401);
    expect((await server.get(path, withKey(key))).status).toBe(200);
  });

  test('a revoked key is refused within a second, and stays in the list', async () => {
    const server = await createTestServer({ role: null });
    const [admin, other] = [await plantKey(server, ['admin']), await plantKey(server, ['admin'])];
    expect((await server.get(path, withKey(other.text))).status).toBe(200);
    const ended = await server.get(`${path}/${other.id}`, withKey(admin.text, { method: 'DELETE' }));
    expect(await ended.json()).toMatchObject({ apiKey: { status: 'revoked' } });
    server.clock.advance(1000);
    expect((await server.get(path, withKey(other.text))).status).toBe(401);
    const list = (await (await server.get(path, withKey(admin.text))).json()) as ListApiKeysResponse;
    expect(list.apiKeys.map(({ status }) => status)).toEqual(['revoked', 'active']);
  });

  test("another tenant's key is as unknown as none", async () => {
    const server = await createTestServer({ role: null });
    const admin = await plantKey(server, ['admin']);
    const other = await server.tenants.createTenant('other', null);
    const { text: _, ...kept } = generateKey();
    const facts = { name: 'theirs', scopes: ['read'], hourlyLimit: null, expiresAtMs: null, createdBy: 'them' };
    const { id } = await server.apiKeys.createKey(other.id, { ...kept, ...facts });
    for (const unknown of [id, '00000000-0000-4000-8000-000000000000']) {
      const answers = [
        await server.get(`${path}/${unknown}`, withKey(admin.text, { method: 'DELETE' })),
        await post(server, `${path}/${unknown}/rotate`, {}, admin.text),
      ];
      for (const answer of answers) {
        const { detail } = (await answer.json()) as { detail: string };
        expect([answer.status, detail]).toEqual([404, `There is no API key ${unknown}.`]);
      }
    }
    expect((await server.apiKeys.listKeys(other.id))[0]?.revokedAtMs).toBeNull();
  });

  test('keys that are unknown, expired, revoked, misspelt, doubled or beside a secret get one answer', async () => {
    const server = await createTestServer({ role: null, secrets: ['a-secret-of-some-length'] });
    const revoked = await plantKey(server, ['read']);
    await server.apiKeys.revokeKey(server.tenantId, revoked.id);
    const expired = await plantKey(server, ['read'], { expiresAtMs: testNowMs - 1 });
    const texts = [generateKey().text, expired.text, revoked.text, 'lhk_short', expired.text.toLowerCase(), 'x'];
    const answers = await Promise.all(
      [...texts, `${texts[0]}, ${texts[1]}`, 'y'.repeat(100_000)].map(async (text) => {
        const answer = await server.get('/api/v1/clusters', { headers: { 'X-API-Key': text } });
        const { instance: _, ...problem } = (await answer.json()) as Record<string, unknown>;
        return JSON.stringify([answer.status, problem]);
      })
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('[401,');
    const good = await plantKey(server, ['read']);
    const both = { 'X-API-Key': good.text, Authorization: 'Bearer a-secret-of-some-length' };
    expect((await server.get('/api/v1/clusters', { headers: both })).status).toBe(401);
    expect((await server.get(`/api/v1/clusters?key=${good.text}`)).status).toBe(401);
  });
});

describe('recognising keys', () => {
  test('many requests with one key ask the database about once a second', async () => {
    const clock = createManualClock(0);
    const store = createFakeApiKeyStore();
    const { text, ...kept } = generateKey();
    const facts = { name: 'k', scopes: ['read'], hourlyLimit: 7, expiresAtMs: null, createdBy: 'me' };
    await store.createKey('tenant', { ...kept, ...facts });
    let askedCount = 0;
    const counting = {
      findByHash(hash: string) {
        askedCount += 1;
        return store.findByHash(hash);
      },
    };
    const keys = createKeyAuthenticator({ store: counting, clock, observeUse: () => undefined });
    for (let second = 0; second < 3; second += 1) {
      const found = await Promise.all(Array.from({ length: 100 }, () => keys.authenticate(text)));
      expect(found.every((principal) => principal?.hourlyLimit === 7)).toBe(true);
      clock.advance(1000);
    }
    expect(askedCount).toBe(3);
    await keys.authenticate('lhk_misspelt');
    expect(askedCount).toBe(3);
  });

  test('a database that was away is asked again at once', async () => {
    const { text, ...kept } = generateKey();
    const store = createFakeApiKeyStore();
    const facts = { name: 'k', scopes: ['read'], hourlyLimit: null, expiresAtMs: null, createdBy: 'me' };
    await store.createKey('tenant', { ...kept, ...facts });
    const state = { isAway: true };
    const findByHash = (hash: string) => (state.isAway ? Promise.reject(new Error('away')) : store.findByHash(hash));
    const parts = { clock: createManualClock(0), observeUse: () => undefined };
    const keys = createKeyAuthenticator({ store: { findByHash }, ...parts });
    await expect(keys.authenticate(text)).rejects.toThrow('away');
    state.isAway = false;
    expect((await keys.authenticate(text))?.tenantId).toBe('tenant');
  });

  test('uses are written in one batch a tenant, the latest of each key', async () => {
    const batches: unknown[] = [];
    const noteUses = (tenantId: string, uses: readonly unknown[]) =>
      Promise.resolve(void batches.push([tenantId, uses]));
    const uses = createKeyUses({ noteUses }, () => undefined);
    const store = createFakeApiKeyStore();
    const facts = { name: 'k', scopes: ['read'], hourlyLimit: null, expiresAtMs: null, createdBy: 'me' };
    const key = await store.createKey('tenant', { ...generateKey(), ...facts });
    uses.note(key, 1000);
    uses.note(key, 2000);
    await uses.stop();
    await uses.flush();
    expect(batches).toEqual([['tenant', [{ tenantId: 'tenant', id: key.id, atMs: 2000 }]]]);
  });
});
