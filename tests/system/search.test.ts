// Search and summary against a server on a real Loki, by the API and from the shell.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { parseConfig } from '@loghunter/bff/config';
import { startServer, type RunningServer } from '@loghunter/bff/server';
import type { ListClustersResponse, SearchLogsResponse } from '@loghunter/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasLoki, startLoki, type RunningLoki } from '../servers/loki.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';

const minuteMs = 60_000;
const launcher = join(import.meta.dirname, '..', '..', 'cli', 'bin', 'loghunter');

interface Run {
  readonly exitCode: number;
  readonly stdout: string;
}

function run(url: string, ...parameters: readonly string[]): Promise<Run> {
  const env = { ...process.env, LOGHUNTER_SERVER_URL: url };
  return new Promise((resolve) => {
    execFile(launcher, [...parameters], { env }, (error, stdout) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout });
    });
  });
}

describe.skipIf(!hasLoki())('a search on a real Loki', () => {
  let loki: RunningLoki;
  let server: RunningServer;
  let folder: string;
  beforeAll(async () => {
    loki = await startLoki();
    folder = await mkdtemp(join(tmpdir(), 'loghunter-search-'));
    const store = createLokiLogStore({ url: loki.url, orgId: null, timeoutMs: 30_000 });
    const nowMs = Date.now();
    const entry = (atMs: number, line: string) => ({ timestampNs: BigInt(atMs) * 1_000_000n, line, metadata: {} });
    const lines = Array.from({ length: 60 }, (_, n) =>
      entry(nowMs - 20 * minuteMs + n * 1000, `level=info request ${n} done`)
    );
    const trace = [
      'java.lang.IllegalStateException: pool is empty',
      '\tat shop.Pool.take(Pool.java:12)',
      '\tat shop.Cart.add(Cart.java:5)',
    ];
    const errors = Array.from({ length: 12 }, (_, n) =>
      trace.map((line, index) => entry(nowMs - 15 * minuteMs + n * 20_000 + index, line))
    ).flat();
    await store.push(
      [
        { labels: { service_name: 'web' }, entries: lines },
        { labels: { service_name: 'cart' }, entries: errors },
      ],
      new AbortController().signal
    );
    server = await startServer(
      parseConfig({
        ...{ LOGHUNTER_PORT: '0', LOGHUNTER_DATA_DIRECTORY: folder, LOGHUNTER_LOG_LEVEL: 'silent' },
        LOGHUNTER_LOKI_URL: loki.url,
      })
    );
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    await loki.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function search(body: object): Promise<SearchLogsResponse> {
    const response = await fetch(`${server.url}/api/v1/search`, {
      ...{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) },
    });
    expect(response.status).toBe(200);
    return (await response.json()) as SearchLogsResponse;
  }

  test('finds whole events, the clusters that the scanner counted, how much was searched and what it cost', async () => {
    await expect
      .poll(
        async () => {
          const response = await fetch(`${server.url}/api/v1/clusters?sort=count`);
          return ((await response.json()) as ListClustersResponse).clusters.map(({ eventCount }) => eventCount);
        },
        { timeout: 60_000, interval: 500 }
      )
      .toEqual([60, 12]);
    const all = await search({});
    expect(
      all.groups.map(({ isKnown, service, eventCount, lineCount }) => [isKnown, service, eventCount, lineCount])
    ).toEqual([
      [true, 'web', 60, 60],
      [true, 'cart', 12, 36],
    ]);
    expect(all.coverage).toMatchObject({ isComplete: true, searchedLineCount: 96, lineCount: 96 });
    expect(all.scannedBytes).toBeGreaterThan(0);
    const torn = await search({ text: 'SHOP.cart.add' });
    expect(torn.groups).toMatchObject([{ isKnown: true, service: 'cart', eventCount: 12, lineCount: 36 }]);
    const newest = await search({ service: ['web'], limit: 10 });
    expect(newest.coverage).toMatchObject({ isComplete: false, lineCount: 60 });
    expect(newest.nextBefore).not.toBeNull();
    const logql = await search({ query: '{service_name="web"} |= "request 7 "' });
    expect(logql).toMatchObject({ eventCount: 1, groups: [{ isKnown: true }] });
  });

  test('is asked from the shell, with exit codes that scripts can rely on', async () => {
    const found = await run(server.url, 'search', 'pool is empty', '--json');
    expect(found.exitCode).toBe(0);
    expect((JSON.parse(found.stdout) as SearchLogsResponse).groups).toMatchObject([
      { service: 'cart', eventCount: 12 },
    ]);
    expect(await run(server.url, 'search', 'nowhere at all')).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('Nothing was found.'),
    });
    const summary = await run(server.url, 'summary', '--yaml');
    expect(summary.stdout).toContain('eventCount: 72');
    expect((await run('http://127.0.0.1:9', 'search', 'x')).exitCode).toBe(3);
  });
});
