// Patterns that a real Loki finds itself, and what one says that looks for none.
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasLoki, startLoki, type RunningLoki } from '../servers/loki.ts';

const { signal } = new AbortController();
const labels = { service_name: 'shop' };

describe.skipIf(!hasLoki())("Loki's own patterns", () => {
  let loki: RunningLoki;
  beforeAll(async () => {
    loki = await startLoki({ extraArguments: ['-pattern-ingester.enabled=true'] });
  });
  afterAll(async () => {
    await loki.stop();
  });

  test('come with their lines and times, and streams without lines have none', async () => {
    const store = createLokiLogStore({ url: loki.url, timeoutMs: 10_000 });
    const nowMs = Date.now();
    const entries = Array.from({ length: 300 }, (_, index) => ({
      timestampNs: BigInt(nowMs - 30_000 + index * 50) * 1_000_000n,
      line: `order ${1000 + index} of customer ${index * 7} was paid in ${index % 90} ms`,
      metadata: {},
    }));
    await store.push([{ labels, entries }], signal);
    const range = { fromNs: BigInt(nowMs - 600_000) * 1_000_000n, toNs: BigInt(nowMs + 60_000) * 1_000_000n, signal };
    const list = (selector: string) => store.listPatterns?.({ selector, ...range }) ?? Promise.resolve([]);
    await expect.poll(async () => (await list('{service_name="shop"}')).length, { timeout: 20_000 }).toBeGreaterThan(0);
    const [pattern] = await list('{service_name="shop"}');
    expect(pattern?.text).toMatch(/^order <_> of customer <_> was paid in <_> ms$/);
    expect(pattern?.lineCount).toBeGreaterThan(200);
    expect(Math.abs((pattern?.lastMs ?? 0) - nowMs)).toBeLessThan(120_000);
    expect(await list('{service_name="nobody"}')).toEqual([]);
  });

  test('a Loki that looks for none says so', async () => {
    const plain = await startLoki();
    const store = createLokiLogStore({ url: plain.url, timeoutMs: 10_000 });
    const nowNs = BigInt(Date.now()) * 1_000_000n;
    const range = { fromNs: nowNs - 600_000_000_000n, toNs: nowNs, signal };
    await expect(store.listPatterns?.({ selector: '{service_name="shop"}', ...range })).rejects.toMatchObject({
      kind: 'not-supported',
    });
    await plain.stop();
  });
});
