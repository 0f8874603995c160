import type { GetUsageResponse, ProblemDetails } from '@loghunter/contracts';
import { describe, expect, test } from 'vitest';
import { generateKey } from '../api-keys/key-format.ts';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';

async function plantKey(server: TestServer, scopes: readonly string[], hourlyLimit: number | null): Promise<string> {
  const { text, ...kept } = generateKey();
  const facts = { name: `limit ${hourlyLimit}`, scopes, hourlyLimit, expiresAtMs: null, createdBy: 'test' };
  await server.apiKeys.createKey(server.tenantId, { ...kept, ...facts });
  return text;
}

describe('limits', () => {
  test('every answer says what is left, the refused one also when to come again', async () => {
    const server = await createTestServer({ role: null });
    const headers = { 'X-API-Key': await plantKey(server, ['read'], 2) };
    const first = await server.get('/api/v1/clusters', { headers });
    expect(first.status).toBe(200);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': '3660',
      ratelimit: '"key";r=1;t=3660',
      'ratelimit-policy': '"key";q=2;w=3600',
    });
    // A request that is not valid counts as well, and says so.
    const invalid = await server.get('/api/v1/clusters?limit=x', { headers });
    expect([invalid.status, invalid.headers.get('X-RateLimit-Remaining')]).toEqual([400, '0']);
    const refused = await server.get('/api/v1/clusters', { headers });
    const problem = (await refused.json()) as ProblemDetails;
    expect([refused.status, problem.code, problem.retryable]).toEqual([429, 'rate-limited', true]);
    expect(refused.headers.get('Retry-After')).toBe('3660');
    expect(refused.headers.get('X-RateLimit-Remaining')).toBe('0');
    server.clock.advance(3_660_000);
    expect((await server.get('/api/v1/clusters', { headers })).status).toBe(200);
  });

  test('requests without credentials and public ones count for nobody', async () => {
    const server = await createTestServer({ role: null });
    for (const path of ['/api/v1/clusters', '/health', '/metrics']) {
      expect((await server.get(path)).headers.get('X-RateLimit-Limit')).toBeNull();
    }
  });

  test('people have the limit of pages', async () => {
    const server = await createTestServer({ limits: { pages: 3 } });
    const answers = await Promise.all([1, 2, 3, 4].map(() => server.get('/api/v1/services')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 429]);
  });

  test('the embedded Loki counts as well', async () => {
    const server = await createTestServer({ role: null, lokiApi: () => Promise.resolve(new Response()) });
    const headers = { 'X-API-Key': await plantKey(server, ['read'], 1) };
    const statuses = [await server.get('/loki/x', { headers }), await server.get('/loki/x', { headers })];
    expect(statuses.map(({ status }) => status)).toEqual([200, 429]);
  });

  test('usage shows what each key did', async () => {
    const server = await createTestServer({ role: null });
    const headers = { 'X-API-Key': await plantKey(server, ['read'], 2) };
    for (let count = 0; count < 5; count += 1) {
      await server.get('/api/v1/clusters', { headers });
    }
    await server.usage.flush();
    const admin = { 'X-API-Key': await plantKey(server, ['admin'], null) };
    const answer = await server.get(`/api/v1/usage?from=${testNowMs - 1000}`, { headers: admin });
    const { actors, range } = (await answer.json()) as GetUsageResponse;
    expect(range).toEqual({ from: '2026-10-05T10:00:00.000Z', to: '2026-10-05T11:00:00.000Z' });
    expect(actors).toMatchObject([
      { kind: 'api-key', name: 'limit 2', requestCount: 2, weightSum: 2, refusedCount: 3 },
    ]);
  });
});

describe('pages of other origins', () => {
  const origin = 'https://tools.example';
  const preflight = (from: string) => ({
    method: 'OPTIONS',
    headers: { Origin: from, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-api-key' },
  });

  test('an allowed origin may ask, and read the answer', async () => {
    const server = await createTestServer({ role: null, corsOrigins: [origin] });
    const asked = await server.get('/api/v1/api-keys', preflight(origin));
    expect([asked.status, asked.headers.get('Access-Control-Allow-Origin')]).toEqual([204, origin]);
    expect(asked.headers.get('Access-Control-Allow-Headers')).toContain('X-API-Key');
    expect(asked.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    const headers = { Origin: origin, 'X-API-Key': await plantKey(server, ['read'], null) };
    const answer = await server.get('/api/v1/clusters', { headers });
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(origin);
    expect(answer.headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
    expect(answer.headers.get('Vary')).toContain('Origin');
    const refused = await server.get('/api/v1/clusters', { headers: { Origin: origin } });
    expect([refused.status, refused.headers.get('Access-Control-Allow-Origin')]).toEqual([401, origin]);
  });

  test.each(['https://evil.example', 'https://tools.example.evil.example', 'null', 'http://tools.example'])(
    'the origin %s is told nothing',
    async (other) => {
      const server = await createTestServer({ role: null, corsOrigins: [origin] });
      for (const init of [preflight(other), { headers: { Origin: other } }]) {
        const answer = await server.get('/api/v1/clusters', init);
        expect(answer.status).toBe(401);
        expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
        expect(answer.headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
      }
    }
  );
});
