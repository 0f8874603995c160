import { createLokiLogStore } from '@loghunter/adapters/loki';
import type { LogStore } from '@loghunter/ports';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startLoki } from '../servers/loki.ts';
import type { RunningLoki } from '../servers/loki.ts';

const { signal } = new AbortController();
const nowNs = BigInt(Date.now()) * 1_000_000n;
const range = { fromNs: nowNs - 600_000_000_000n, toNs: nowNs + 1n };

describe('a Loki with tenants', () => {
  let loki: RunningLoki;
  beforeAll(async () => {
    loki = await startLoki({ multiTenant: true, extraArguments: ['-validation.max-entries-limit=100'] });
  });
  afterAll(() => loki.stop());

  function storeOf(orgId: string | null): LogStore {
    return createLokiLogStore({ url: loki.url, orgId, timeoutMs: 10_000 });
  }

  async function linesOf(store: LogStore): Promise<string[]> {
    const lines: string[] = [];
    for await (const page of store.readEntries({ query: '{app="shop"}', ...range, signal })) {
      lines.push(...page.entries.map(({ line }) => line));
    }
    return lines;
  }

  test('each tenant reads its own lines, page by page within its limit', async () => {
    for (const orgId of ['team-a', 'team-b']) {
      const entries = Array.from({ length: 250 }, (_unused, index) => ({
        timestampNs: nowNs - BigInt(index),
        line: `${orgId} ${index}`,
        metadata: {},
      }));
      await storeOf(orgId).push([{ labels: { app: 'shop' }, entries }], signal);
    }
    const lines = await linesOf(storeOf('team-a'));
    expect(new Set(lines).size).toBe(250);
    expect(lines.every((line) => line.startsWith('team-a '))).toBe(true);
    expect(await storeOf('team-c').listLabelNames({ ...range, signal })).toEqual([]);
  });

  test('a request without a tenant is refused in words', async () => {
    await expect(storeOf(null).ping(signal)).rejects.toMatchObject({
      kind: 'rejected',
      status: 401,
      message: expect.stringContaining('no org id'),
    });
  });

  test('a Loki that went away is unavailable', async () => {
    const other = await startLoki();
    const store = createLokiLogStore({ url: other.url, timeoutMs: 10_000 });
    await store.ping(signal);
    await other.stop();
    await expect(store.ping(signal)).rejects.toMatchObject({ kind: 'unavailable', isRetryable: true });
  });
});
