// Patterns that a real Loki finds itself, and what one says that looks for none.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { parseConfig } from '@loghunter/bff/config';
import { startServer } from '@loghunter/bff/server';
import { createClient } from '@loghunter/contracts/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
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

  test('of before the ledger become what Loki says in the history of their cluster, once', async () => {
    const store = createLokiLogStore({ url: loki.url, timeoutMs: 10_000 });
    const nowMs = Date.now();
    const push = (fromMs: number, count: number) => {
      const entries = Array.from({ length: count }, (_, index) => ({
        timestampNs: BigInt(fromMs + index * 50) * 1_000_000n,
        line: `parcel ${1000 + index} left depot ${index * 7} after ${index % 90} ms`,
        metadata: {},
      }));
      return store.push([{ labels: { service_name: 'depot' }, entries }], signal);
    };
    await push(nowMs - 240_000, 300);
    const directory = await mkdtemp(join(tmpdir(), 'loghunter-patterns-'));
    const server = await startServer(
      parseConfig({
        ...{ LOGHUNTER_PORT: '0', LOGHUNTER_LOG_LEVEL: 'error', LOGHUNTER_DATA_DIRECTORY: directory },
        ...{ LOGHUNTER_LOKI_URL: loki.url, LOGHUNTER_BACKFILL_HOURS: '0', LOGHUNTER_SCAN_INTERVAL_MS: '500' },
      })
    );
    const client = createClient(async ({ method, path, body }) => {
      const sent =
        body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
      const answer = await fetch(`${server.url}${path}`, { method, ...sent });
      expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
      return answer.json();
    });
    try {
      await push(Date.now() - 5000, 60);
      const [cluster] = await vi.waitFor(
        async () => {
          const { clusters } = await client.listClusters({ service: ['depot'] });
          expect(clusters).toHaveLength(1);
          return clusters;
        },
        { timeout: 120_000, interval: 1000 }
      );
      for (let time = 0; time < 2; time += 1) {
        const { id } = await client.startJob({ kind: 'pattern-import', since: String(nowMs - 3_600_000) });
        await expect.poll(async () => (await client.getJob({ id })).status, { timeout: 60_000 }).toBe('succeeded');
        expect((await client.getJob({ id })).result).toMatchObject({ matchedCount: 1, clusterCount: 1 });
      }
      const { entries } = await client.listClusterHistory({ id: cluster?.id ?? '' });
      const said = entries.filter((entry) => entry.kind === 'comment');
      expect(said.map(({ by, isMine }) => [by, isMine])).toEqual([['Loki', false]]);
      expect(said[0]?.text).toMatch(
        /has about (2[0-9]{2}|300) lines from before this ledger, .* they are in no figure/
      );
      expect(said[0]?.text).toContain('parcel <_> left depot <_> after <_> ms');

      // Read into the ledger, the same lines are counted exactly, and the pattern has nothing more to say.
      const backfill = await client.startJob({ kind: 'backfill', since: String(nowMs - 3_600_000) });
      await expect
        .poll(async () => (await client.getJob({ id: backfill.id })).status, { timeout: 60_000 })
        .toBe('succeeded');
      expect(await client.getJob({ id: backfill.id })).toMatchObject({ progress: 1, result: { lineCount: 300 } });
      const counted = await client.listClusters({ service: ['depot'], from: String(nowMs - 3_600_000) });
      expect(counted.clusters.map(({ id, lineCount }) => [id, lineCount])).toEqual([[cluster?.id, 360]]);
      const again = await client.startJob({ kind: 'pattern-import', since: String(nowMs - 7_200_000) });
      await expect
        .poll(async () => (await client.getJob({ id: again.id })).status, { timeout: 60_000 })
        .toBe('succeeded');
      expect((await client.listClusterHistory({ id: cluster?.id ?? '' })).entries).not.toContainEqual(
        expect.objectContaining({ kind: 'comment' })
      );
    } finally {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    }
  }, 240_000);

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
