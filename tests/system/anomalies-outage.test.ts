// A Loki that dies and comes back: meanwhile there is no data and one status, no anomaly; afterwards the gap is caught up without a flood.
// The days before are known from Loki's own counts, and the clock is moved by the test.
import { setTimeout as sleep } from 'node:timers/promises';
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { parseConfig } from '@loghunter/bff/config';
import { startServer, type RunningServer } from '@loghunter/bff/server';
import type { GetCoverageResponse, ListAnomalyEventsResponse, ListIncidentsResponse } from '@loghunter/contracts';
import type { LogStore } from '@loghunter/ports';
import { createManualClock } from '@loghunter/ports/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type DatabaseAccess } from '../../bff/composition.ts';
import { hasLoki, startLoki, type RunningLoki } from '../servers/loki.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const services = ['cart', 'checkout', 'payments'];
const never = new AbortController().signal;

describe.skipIf(!hasLoki())('anomalies while Loki is away', () => {
  // Behind the real time, so that Loki takes the lines of the hour that the test goes through.
  const startMs = Math.floor(Date.now() / minuteMs) * minuteMs - 2 * hourMs;
  const clock = createManualClock(startMs);
  let loki: RunningLoki;
  let store: LogStore;
  let database: DatabaseAccess;
  let server: RunningServer;

  beforeAll(async () => {
    loki = await startLoki({ extraArguments: ['-validation.reject-old-samples=false'] });
    store = createLokiLogStore({ url: loki.url, timeoutMs: 10_000 });
    await push(startMs - 3 * 24 * hourMs, startMs);
    // What is older than three hours is looked for in flushed chunks only.
    expect((await fetch(`${loki.url}/flush`, { method: 'POST' })).status).toBe(204);
    database = await openDatabase({ databaseUrl: null, dataDirectory: null });
    server = await startServer(
      parseConfig({
        LOGHUNTER_PORT: '0',
        LOGHUNTER_LOKI_URL: loki.url,
        LOGHUNTER_LOG_LEVEL: 'silent',
        LOGHUNTER_BACKFILL_HOURS: '1',
        LOGHUNTER_SCAN_INTERVAL_MS: '30000',
        LOGHUNTER_LATENESS_SECONDS: '10',
        LOGHUNTER_QUERY_CACHE_SECONDS: '0',
      }),
      { clock, database }
    );
  }, 120_000);

  afterAll(async () => {
    await server.stop();
    await database.database.close();
    await loki.stop();
  });

  function linesOf(service: string, ms: number, factor: number): number {
    return (4 + (((ms / minuteMs) * 7 + service.length) % 3)) * factor;
  }

  async function push(fromMs: number, toMs: number, factors: Readonly<Record<string, number>> = {}): Promise<void> {
    await store.push(
      services.map((service) => {
        const entries = [];
        for (let ms = fromMs; ms < toMs; ms += minuteMs) {
          const count = linesOf(service, ms, factors[service] ?? 1);
          for (let n = 0; n < count; n += 1) {
            const timestampNs = BigInt(Math.floor(ms + (n * minuteMs) / count)) * 1_000_000n;
            entries.push({ timestampNs, line: `level=info request ${n} served`, metadata: {} });
          }
        }
        return { labels: { service_name: service }, entries };
      }),
      never
    );
  }

  async function read<T>(path: string): Promise<T> {
    const range = `from=${startMs - 4 * 24 * hourMs}&to=${clock.nowMs() + minuteMs}`;
    return (await (await fetch(`${server.url}${path}?${range}`)).json()) as T;
  }

  const events = () => read<ListAnomalyEventsResponse>('/api/v1/anomaly-events');

  /** Moves the clock on, minute by minute, and lets everybody do what there is to do. */
  async function pass(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      for (let part = 0; part < 2; part += 1) {
        clock.advance(minuteMs / 2);
        await sleep(60);
      }
    }
  }

  async function until(condition: (list: ListAnomalyEventsResponse) => boolean): Promise<ListAnomalyEventsResponse> {
    const deadlineMs = Date.now() + 90_000;
    for (;;) {
      const list = await events();
      if (condition(list)) {
        return list;
      }
      if (Date.now() > deadlineMs) {
        expect.fail(`not so: ${JSON.stringify(list)}`);
      }
      clock.advance(10_000);
      await sleep(100);
    }
  }

  test('a Loki that is away is no silence, and one that comes back brings no flood', { timeout: 240_000 }, async () => {
    const learned = await until(
      ({ detection }) =>
        detection.state === 'watching' &&
        detection.learnedFrom !== null &&
        Date.parse(detection.learnedFrom) < startMs - 2 * 24 * hourMs
    );
    expect(learned.events).toEqual([]);

    await loki.kill();
    const diedMs = clock.nowMs();
    await pass(20);
    const away = await until(({ detection }) => detection.state === 'no-data');
    expect(away.events).toEqual([]);
    expect(away.detection.detail).toContain('Nothing after');
    const { watches } = await read<GetCoverageResponse>('/api/v1/coverage');
    expect(watches).toMatchObject([{ isBehind: true, heldBackBy: 'source' }]);

    await loki.restart();
    const backMs = Math.floor(clock.nowMs() / minuteMs) * minuteMs;
    await push(Math.floor(diedMs / minuteMs) * minuteMs - 2 * minuteMs, backMs);
    const caughtUp = await until(({ detection }) => detection.state === 'watching');
    expect(caughtUp.events).toEqual([]);
    const coverage = await read<GetCoverageResponse>('/api/v1/coverage');
    expect(coverage.watches).toMatchObject([{ heldBackBy: null }]);
    // Those of the two minutes before Loki died came after these had been read; the twenty that were caught up are not late.
    expect(coverage.lateLineCount).toBeLessThanOrEqual(2 * services.length * 6);
    const { incidents } = await read<ListIncidentsResponse>('/api/v1/incidents');
    expect(incidents).toEqual([]);

    // It watches again: what happens now is told of.
    for (let minute = 0; minute < 8; minute += 1) {
      const ms = Math.floor(clock.nowMs() / minuteMs) * minuteMs;
      await push(ms, ms + minuteMs, { cart: 40 });
      await pass(1);
    }
    const seen = await until(({ events: found }) => found.length > 0);
    expect(
      seen.events.filter(({ clusterId }) => clusterId === null).map(({ service, kind }) => [service, kind])
    ).toEqual([['cart', 'spike']]);
  });
});
