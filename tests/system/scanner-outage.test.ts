// The database goes away while the scanner runs: the server says so, and afterwards every line is counted once.
import { parseConfig } from '@loghunter/bff/config';
import { startServer, type RunningServer } from '@loghunter/bff/server';
import type { GetHealthResponse, ListClustersResponse, ProblemDetails } from '@loghunter/contracts';
import { createFakeLogStore, createManualClock } from '@loghunter/ports/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPostgres, startPostgres, type RunningPostgres } from '../servers/postgres.ts';

const nowMs = Math.floor(Date.now() / 60_000) * 60_000;
const minuteMs = 60_000;

describe.skipIf(!hasPostgres())('scanner without its database', () => {
  const clock = createManualClock(nowMs);
  const logs = createFakeLogStore();
  let postgres: RunningPostgres;
  let server: RunningServer;

  beforeAll(async () => {
    postgres = await startPostgres({ isDurable: true });
    const config = parseConfig({
      LOGHUNTER_PORT: '0',
      LOGHUNTER_DATABASE_URL: postgres.url,
      LOGHUNTER_LOG_LEVEL: 'silent',
      // Who sleeps is counted.
      LOGHUNTER_DETECTION_INTERVAL_SECONDS: '0',
    });
    server = await startServer(config, {
      clock,
      logStore: { kind: 'embedded', store: logs, close: () => Promise.resolve() },
    });
  });

  afterAll(async () => {
    await server.stop();
    await postgres.stop();
  });

  async function push(fromMs: number, lineCount: number): Promise<void> {
    const entries = Array.from({ length: lineCount }, (_, index) => ({
      timestampNs: BigInt(fromMs + index * 1000) * 1_000_000n,
      line: `cache miss for key ${fromMs}${index}`,
      metadata: {},
    }));
    await logs.push([{ labels: { service_name: 'shop' }, entries }], new AbortController().signal);
  }

  async function look(durationMs: number): Promise<void> {
    clock.advance(durationMs);
    await clock.whenSleeping(4);
  }

  test('what is away is named, and nothing is lost or doubled when it is back', async () => {
    await push(nowMs - 30 * minuteMs, 100);
    await clock.whenSleeping(4);
    await look(minuteMs);
    await postgres.kill();
    await push(nowMs - 20 * minuteMs, 50);
    await push(nowMs + 10_000, 40);
    await look(2 * minuteMs);
    const health = (await (await fetch(`${server.url}/api/v1/health`)).json()) as GetHealthResponse;
    expect(health).toMatchObject({
      status: 'unavailable',
      components: [{ name: 'database', status: 'unavailable' }, {}, {}, { name: 'scanner', status: 'degraded' }],
    });
    const refused = await fetch(`${server.url}/api/v1/clusters`);
    expect([refused.status, ((await refused.json()) as ProblemDetails).code]).toEqual([503, 'store-unavailable']);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    await postgres.restart();
    await look(2 * minuteMs);
    await look(2 * minuteMs);
    const list = (await (
      await fetch(`${server.url}/api/v1/clusters?to=${clock.nowMs()}&from=${nowMs - 60 * minuteMs}`)
    ).json()) as ListClustersResponse;
    expect(list).toMatchObject({ totalClusterCount: 1, totalEventCount: 190, coverage: { lineCount: 190 } });
  });
});
