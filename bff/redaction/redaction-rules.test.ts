import type {
  CreateRedactionRuleResponse,
  ListRedactionRulesResponse,
  PreviewRedactionRuleResponse,
} from '@loghunter/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';

// The embedded database takes seconds to open on a busy machine.
beforeAll(async () => void (await openSharedDatabase(crypto.randomUUID())), 120_000);

const rule = { name: 'customer', form: 'expression', pattern: 'CUST-[0-9]{4}' } as const;

function post(server: TestServer, path: string, body: unknown): Promise<Response> {
  return server.get(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function listRules(server: TestServer): Promise<ListRedactionRulesResponse> {
  return (await (await server.get('/api/v1/redaction/rules')).json()) as ListRedactionRulesResponse;
}

describe('a redaction rule of a tenant', () => {
  test('is made, listed and deleted', async () => {
    const server = await createTestServer();
    const response = await post(server, '/api/v1/redaction/rules', rule);
    expect(response.status).toBe(201);
    const created = (await response.json()) as CreateRedactionRuleResponse;
    expect(created).toMatchObject({ rule: { ...rule, ignoresCase: false, matchCount: 0, lastMatchedAt: null } });
    expect((await listRules(server)).rules).toEqual([created.rule]);
    expect((await post(server, '/api/v1/redaction/rules', rule)).status).toBe(409);
    const address = `/api/v1/redaction/rules/${created.rule.id}`;
    expect((await server.get(address, { method: 'DELETE' })).status).toBe(200);
    expect((await server.get(address, { method: 'DELETE' })).status).toBe(404);
    expect((await listRules(server)).rules).toEqual([]);
  });

  test.each([
    [{ ...rule, name: 'Customer 1' }],
    [{ ...rule, pattern: '' }],
    [{ ...rule, pattern: 'a*' }],
    [{ ...rule, pattern: '(' }],
    [{ ...rule, form: 'literal', pattern: 'a' }],
    [{ ...rule, pattern: '(?=x)x' }],
    [{ ...rule, tenantId: 'other' }],
  ])('%j is refused', async (body) => {
    const server = await createTestServer();
    expect((await post(server, '/api/v1/redaction/rules', body)).status).toBe(400);
    expect((await listRules(server)).rules).toEqual([]);
  });

  test('may be made, tried and seen by administrators only', async () => {
    const server = await createTestServer({ role: 'editor' });
    expect((await server.get('/api/v1/redaction/rules')).status).toBe(403);
    expect((await post(server, '/api/v1/redaction/rules', rule)).status).toBe(403);
    expect((await post(server, '/api/v1/redaction/preview', { rule, query: '{app="shop"}' })).status).toBe(403);
  });

  test('is tried on real lines without being kept', async () => {
    const server = await createTestServer();
    await server.push({ app: 'shop' }, [
      [testNowMs - 3000, 'order of CUST-1234 by bob@example.com'],
      [testNowMs - 2000, 'nothing here'],
    ]);
    const response = await post(server, '/api/v1/redaction/preview', { rule, query: '{app="shop"}' });
    expect(response.status).toBe(200);
    expect((await response.json()) as PreviewRedactionRuleResponse).toEqual({
      lineCount: 2,
      matchedLineCount: 1,
      examples: [
        {
          text: 'order of CUST-1234 by bob@example.com',
          redacted: 'order of <own-customer> by <email>',
          ranges: [{ start: 9, end: 18 }],
        },
      ],
      query: '{app="shop"}',
    });
    expect((await listRules(server)).rules).toEqual([]);
  });

  test.each(['{app=~".*"}', 'rate({app="shop"}[5m])', '{app="shop"} | line_format "{{.x}}"'])(
    'is not tried on %s',
    async (query) => {
      const server = await createTestServer();
      expect((await post(server, '/api/v1/redaction/preview', { rule, query })).status).toBe(400);
    }
  );
});

describe('what the scanner stores', () => {
  test('has gone through the rules of the tenant and is counted by rule', async () => {
    const server = await createTestServer();
    await post(server, '/api/v1/redaction/rules', rule);
    await post(server, '/api/v1/redaction/rules', { name: 'firm', form: 'literal', pattern: 'Acme Ltd' });
    await server.push({ app: 'shop' }, [[testNowMs - 600_000, 'Acme Ltd orders as CUST-1234 from 10.0.0.7']]);
    await server.scanner.scanOnce();
    const clusters = await (await server.get('/api/v1/clusters')).text();
    expect(clusters).toContain('<*> orders as');
    expect(clusters).not.toContain('Acme');
    const { rules, builtIn } = await listRules(server);
    expect(rules.map(({ name, matchCount }) => [name, matchCount > 0])).toEqual([
      ['customer', true],
      ['firm', true],
    ]);
    expect(builtIn.map(({ name }) => name)).toEqual(['ipv4']);
    const metrics = await (await server.get('/metrics')).text();
    expect(metrics).toMatch(/loghunter_redactions_total\{rule="own"\} [1-9]/);
    expect(metrics).not.toContain('own-');
  });
});
