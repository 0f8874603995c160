// Anomalies on a real Loki and Postgres: days with planted incidents, two workers of which the one that judges is killed; what comes
// out, comes out once: events, notices, lines of the anomaly stream, the measurement.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLokiLogStore } from '@loghunter/adapters/loki';
import type { ListAnomalyEventsResponse } from '@loghunter/contracts';
import type { LogStore, PushStream } from '@loghunter/ports';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort } from '../servers/free-port.ts';
import { hasLoki, startLoki, type RunningLoki } from '../servers/loki.ts';
import { hasPostgres, startPostgres, type RunningPostgres } from '../servers/postgres.ts';
import { createScannerProcess, type ScannerProcess } from './scanner-process.ts';

const isSoak = process.env['SOAK'] === '1';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
// Two days make a baseline; the rest is judged.
const days = isSoak ? 13 : 3;
const services = ['cart', 'checkout', 'payments'];
/** Lines a minute: few, so that days are pushed and read in seconds. */
const rates: Readonly<Record<string, number>> = { cart: 3, checkout: 2, payments: 2 };
const never = new AbortController().signal;

/** Takes webhooks on this machine. */
async function startReceiver() {
  const received: Array<{ readonly id: string; readonly body: string }> = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      received.push({ id: String(request.headers['webhook-id']), body });
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return { host, url: `http://${host}/`, received, close: () => server.close() };
}

describe.skipIf(!hasLoki() || !hasPostgres())('anomalies on a real Loki', () => {
  // The spike that goes on began six minutes before the start; the planted one lies half a day back.
  const nowMs = Math.floor(Date.now() / minuteMs) * minuteMs;
  const startMs = nowMs - days * 24 * hourMs;
  const plantedMs = nowMs - 12 * hourMs;
  let loki: RunningLoki;
  let postgres: RunningPostgres;
  let store: LogStore;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let workers: readonly Worker[];

  interface Worker {
    readonly url: string;
    readonly process: ScannerProcess;
  }

  beforeAll(async () => {
    [loki, postgres] = await Promise.all([
      startLoki({ extraArguments: ['-validation.reject-old-samples=false'] }),
      startPostgres(),
    ]);
    store = createLokiLogStore({ url: loki.url, timeoutMs: 30_000 });
    await pushHistory();
    // What is older than three hours is looked for in flushed chunks only.
    expect((await fetch(`${loki.url}/flush`, { method: 'POST' })).status).toBe(204);
    receiver = await startReceiver();
    workers = [await createWorker(), await createWorker()];
    workers[0]?.process.start();
    await answers(workers[0]?.url ?? '');
    await addChannel(workers[0]?.url ?? '');
    workers[1]?.process.start();
    await answers(workers[1]?.url ?? '');
  }, 300_000);

  afterAll(async () => {
    await Promise.all(workers.map(({ process: worker }) => worker.kill()));
    receiver.close();
    await loki.stop();
    await postgres.stop();
  });

  async function createWorker(): Promise<Worker> {
    const port = await findFreePort();
    return {
      url: `http://127.0.0.1:${port}`,
      process: createScannerProcess({
        LOGHUNTER_PORT: String(port),
        LOGHUNTER_LOKI_URL: loki.url,
        LOGHUNTER_DATABASE_URL: postgres.url,
        // Only lately are lines read; of the days before, Loki is asked how many there were. The long form reads them all.
        LOGHUNTER_BACKFILL_HOURS: isSoak ? String(days * 24) : '3',
        LOGHUNTER_SCAN_INTERVAL_MS: '500',
        LOGHUNTER_LEASE_SECONDS: '5',
        LOGHUNTER_DETECTION_INTERVAL_SECONDS: '1',
        LOGHUNTER_LATENESS_SECONDS: '10',
        LOGHUNTER_LOG_LEVEL: 'warn',
        LOGHUNTER_WEBHOOK_KEY: 'a-key-of-webhooks-that-is-long-enough',
        LOGHUNTER_OUTBOUND_HOSTS: receiver.host,
      }),
    };
  }

  async function addChannel(url: string): Promise<void> {
    const body = { name: 'hook', target: { kind: 'webhook', url: receiver.url }, rules: { groupSeconds: 0 } };
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${url}/api/v1/channels`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(201);
  }

  /** Lines of a service in a minute: its rate, a third more or less, and forty times as many while something is wrong. */
  function lineCountOf(service: string, ms: number): number {
    const usual = (rates[service] ?? 1) + ((ms / minuteMs) % 3) - 1;
    const isPlanted = service === 'payments' && ms >= plantedMs && ms < plantedMs + 10 * minuteMs;
    const isNow = service === 'cart' && ms >= nowMs - 6 * minuteMs;
    return isPlanted || isNow ? usual * 40 : usual;
  }

  async function pushHistory(): Promise<void> {
    for (let fromMs = startMs; fromMs < nowMs; fromMs += 12 * hourMs) {
      await store.push(
        services.map((service) => streamOf(service, fromMs, Math.min(nowMs, fromMs + 12 * hourMs))),
        never
      );
    }
  }

  function streamOf(service: string, fromMs: number, toMs: number): PushStream {
    const entries = [];
    for (let ms = fromMs; ms < toMs; ms += minuteMs) {
      const count = lineCountOf(service, ms);
      for (let n = 0; n < count; n += 1) {
        const atNs = BigInt(Math.floor(ms + (n * minuteMs) / count)) * 1_000_000n;
        entries.push({ timestampNs: atNs, line: `level=info request ${n} served`, metadata: {} });
      }
    }
    return { labels: { service_name: service }, entries };
  }

  async function ask(sql: string): Promise<string> {
    return postgres.runAsSuperuser(postgres.url, sql);
  }

  /** Waits until it is so; how long that takes is the machine's affair. */
  async function until(condition: () => Promise<boolean>): Promise<void> {
    const deadlineMs = Date.now() + 240_000;
    while (!(await condition().catch(() => false))) {
      if (Date.now() > deadlineMs) {
        const run = await ask('select status, status_detail, detected_up_to_at from anomaly_runs');
        expect.fail(
          `not so after minutes; ${run}; ${workers.map(({ process: worker }) => worker.output()).join('\n')}`
        );
      }
      await sleep(250);
    }
  }

  function answers(url: string): Promise<void> {
    return until(async () => (await fetch(`${url}/health`)).ok);
  }

  test('a worker that is killed while it judges costs nothing and doubles nothing', { timeout: 600_000 }, async () => {
    // It has begun to judge history, and is not done.
    await until(async () => (await ask('select count(detected_up_to_at) from anomaly_runs')) === '1');
    const holder = await ask('select lease_holder from anomaly_runs');
    // One of them holds the lease; that the first is killed is as good as not, so both are, one after the other.
    await workers[0]?.process.kill();
    await until(async () => (await ask('select lease_holder from anomaly_runs')) !== '');
    workers[0]?.process.start();
    await workers[1]?.process.kill();
    await until(async () => (await ask('select lease_holder from anomaly_runs')) !== holder);
    workers[1]?.process.start();
    await answers(workers[0]?.url ?? '');
    // It watches what the scanner has read, which on a fast machine is not yet what happens now.
    const judged = `status = 'watching' and detected_up_to_at >= to_timestamp(${(nowMs - minuteMs) / 1000})
      and history_from_at <= to_timestamp(${(startMs + hourMs) / 1000})`;
    await until(async () => (await ask(`select count(*) from anomaly_runs where ${judged}`)) === '1');
    await until(async () => (await ask('select count(*) from anomaly_lines where pushed_at is null')) === '0');

    const events = (
      await ask(
        `select service || ' ' || kind || ' ' || notified || ' ' || (ended_at is null) from anomaly_events
       where metric <> 'cluster' order by started_at`
      )
    ).split('\n');
    expect(events).toEqual(['payments spike false false', 'cart spike true true']);
    expect(await ask(`select count(*) from notices where kind = 'incident-opened'`)).toBe('1');
    const pushed = await store.findEntries({
      ...{ query: '{loghunter="anomaly"}', direction: 'oldest-first', limit: 100, signal: never },
      ...{ fromNs: BigInt(nowMs - hourMs) * 1_000_000n, toNs: BigInt(Date.now() + minuteMs) * 1_000_000n },
    });
    const told = pushed.map(
      ({ line }) => JSON.parse(line) as { change: string; service: string; cluster_id: string | null }
    );
    expect(told.filter(({ change, cluster_id: id }) => change === 'opened' && id === null)).toHaveLength(1);
    expect(told.every(({ service }) => service === 'cart')).toBe(true);
    // A worker may die between a receiver's answer and its own note of it: what is sent again has the same id.
    await until(() => Promise.resolve(receiver.received.length > 0));
    await until(
      async () => (await ask(`select count(*) from notification_deliveries where status <> 'delivered'`)) === '0'
    );
    const opened = receiver.received.filter(({ body }) => body.includes('"incident-opened"'));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect(opened.length).toBeGreaterThanOrEqual(1);
    expect(receiver.received.every(({ body }) => !body.includes('payments'))).toBe(true);
  });

  test('every replica measures the open event, and the API lists it', { timeout: 120_000 }, async () => {
    for (const { url } of workers) {
      await answers(url);
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toMatch(
        /loghunter_anomaly_active\{service="cart",severity="(high|critical)",kind="spike"\} [12]\n/
      );
    }
    const list = (await (
      await fetch(`${workers[0]?.url ?? ''}/api/v1/anomaly-events?state=open&service=cart`)
    ).json()) as ListAnomalyEventsResponse;
    expect(list.detection.state).toBe('watching');
    expect(list.events.some(({ kind, incidentId }) => kind === 'spike' && incidentId !== null)).toBe(true);
  });

  test('the scanner never reads back what the server writes about anomalies', { timeout: 120_000 }, async () => {
    await store.push([streamOf('checkout', nowMs, nowMs + minuteMs)], never);
    // Rounds of the scanner over the newest minutes, which hold the anomaly stream.
    await until(
      async () =>
        (await ask(`select count(*) from stream_minutes where minute_at >= to_timestamp(${nowMs / 1000})`)) !== '0'
    );
    expect(await ask(`select count(*) from streams where labels ? 'loghunter'`)).toBe('0');
  });
});
