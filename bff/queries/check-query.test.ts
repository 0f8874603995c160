import type { CheckQueryResponse } from '@loghunter/contracts';
import type { NanosecondRange } from '@loghunter/ports';
import { createFakeLogStore } from '@loghunter/ports/testing';
import { describe, expect, test } from 'vitest';
import { createTestServer, type TestServer, type TestServerOptions } from '../testing/test-server.ts';

async function check(
  body: Record<string, unknown>,
  options: TestServerOptions = {}
): Promise<{ readonly status: number; readonly answer: CheckQueryResponse; readonly server: TestServer }> {
  const server = await createTestServer(options);
  const response = await server.get('/api/v1/queries/check', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: (await response.json()) as CheckQueryResponse, server };
}

describe('a LogQL query', () => {
  test('is answered as it would be sent, with its cost', async () => {
    const { status, answer } = await check({ language: 'logql', query: '{app="shop"}|="error"' });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ isAllowed: true, query: '{app="shop"} |= "error"', refusals: [] });
    expect(answer.cost).toMatchObject({ fits: true, advice: null });
  });

  test('gets the forced matchers of configuration and namespaces in every selector', async () => {
    const { answer } = await check(
      {
        language: 'logql',
        query: 'sum(rate({app="a"}[5m])) / sum(rate({app="b"}[5m]))',
        namespace: ['team.a', 'team|b'],
      },
      { forcedMatchers: [{ name: 'cluster', operator: '=', value: 'eu"}' }] }
    );
    expect(answer.query?.match(/cluster="eu\\"}", \w+=~"team\\\\\.a\|team\\\\\|b"/g)).toHaveLength(2);
  });

  test.each([
    ['{app="shop"', 'invalid'],
    ['{app=~".*"}', 'matches-everything'],
    ['{}', 'invalid'],
    [`{app="${'x'.repeat(9000)}"}`, 'too-long'],
    ['rate({app="shop"}[3650d])', 'range-too-long'],
  ])('%.40s is refused', async (query, reason) => {
    const { status, answer } = await check({ language: 'logql', query });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ isAllowed: false, query: null, cost: null });
    expect(answer.refusals.map((refusal) => refusal.reason)).toContain(reason);
  });

  test('that costs too much is told what would fit', async () => {
    const bytesPerMinute = 100_000_000;
    const logs = {
      ...createFakeLogStore(),
      readStats: ({ fromNs, toNs }: NanosecondRange) =>
        Promise.resolve({
          ...{ streamCount: 1, entryCount: 1 },
          sizeBytes: Number((toNs - fromNs) / 60_000_000_000n) * bytesPerMinute,
        }),
    };
    const { answer } = await check({ language: 'logql', query: 'rate({app="shop"}[1h])' }, { logs });
    expect(answer.isAllowed).toBe(true);
    // An hour is asked for, and the range before it is read as well.
    expect(answer.cost?.estimatedBytes).toBe(120 * bytesPerMinute);
    expect(answer.cost?.fits).toBe(false);
    expect(answer.cost?.advice).toMatch(/^What fits: last .* of app=shop: about /);
  });
});

describe('a PromQL query', () => {
  test('gets the forced matchers and has no cost', async () => {
    const { answer } = await check(
      { language: 'promql', query: 'sum(rate(up[5m]))' },
      { forcedMatchers: [{ name: 'cluster', operator: '=', value: 'eu' }] }
    );
    expect(answer).toEqual({ isAllowed: true, query: 'sum (rate (up{cluster="eu"}[5m]))', refusals: [], cost: null });
  });

  test('with an error is refused', async () => {
    const { answer } = await check({ language: 'promql', query: 'sum(rate(up[5m])' });
    expect(answer).toMatchObject({ isAllowed: false, query: null });
    expect(answer.refusals).not.toEqual([]);
  });
});

test('fields that do not exist and missing ones are refused', async () => {
  expect((await check({ language: 'logql', query: '{a="b"}', tenant: 'x' })).status).toBe(400);
  expect((await check({ language: 'logql' })).status).toBe(400);
  expect((await check({ language: 'sql', query: 'select 1' })).status).toBe(400);
});
