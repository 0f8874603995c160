// Notices on their way through a whole server to receivers that are slow, broken or hostile.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createSecureServer } from 'node:https';
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectPostgres } from '@loghunter/adapters/postgres';
import {
  createChannelStore,
  createDeliveryStore,
  createJobStore,
  createLedger,
  createNoticeStore,
  createUnitOfWork,
} from '@loghunter/adapters/sql-stores';
import { parseConfig } from '@loghunter/bff/config';
import { startServer } from '@loghunter/bff/server';
import { createFakeJobQueue, sampleNotice } from '@loghunter/ports/testing';
import { systemClock } from '../../bff/clock.ts';
import { dispatchNotices } from '../../bff/notifications/dispatch-notices.ts';
import { openDatabase } from '../../bff/composition.ts';
import { createCertificate } from '../servers/certificates.ts';
import { hasPostgres, startPostgres } from '../servers/postgres.ts';
import { migrate } from './sql-database.ts';

const webhookKey = 'a-key-of-webhooks-that-is-long-enough';
const json = { 'Content-Type': 'application/json' };

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on this machine; `answer` is called when a request has been read. */
async function startReceiver(answer: (response: ServerResponse, count: number) => void) {
  const received: Received[] = [];
  const handle: RequestListener = (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      answer(response, received.length);
    });
  };
  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return { host, url: `http://${host}/`, received };
}

async function waitFor(condition: () => Promise<boolean> | boolean, what: string, maxMs = 90_000): Promise<void> {
  for (const endMs = Date.now() + maxMs; !(await condition()); await sleep(100)) {
    if (Date.now() > endMs) {
      throw new TypeError(`waited in vain for ${what}`);
    }
  }
}

interface Delivery {
  readonly id: string;
  readonly channelId: string;
  readonly status: string;
  readonly reason: string | null;
  readonly attemptCount: number;
}

describe('notices of a whole server', () => {
  async function start(hosts: readonly string[], settings: Readonly<Record<string, string>> = {}) {
    const folder = await mkdtemp(join(tmpdir(), 'loghunter-notices-'));
    const database = await openDatabase({ databaseUrl: null, dataDirectory: null });
    const server = await startServer(
      parseConfig({
        LOGHUNTER_PORT: '0',
        LOGHUNTER_DATA_DIRECTORY: folder,
        LOGHUNTER_LOG_LEVEL: 'silent',
        LOGHUNTER_WEBHOOK_KEY: webhookKey,
        LOGHUNTER_SCAN_INTERVAL_MS: '200',
        LOGHUNTER_OUTBOUND_HOSTS: hosts.join(','),
        ...settings,
      }),
      { database }
    );
    onTestFinished(async () => {
      await server.stop();
      await database.database.close();
      await rm(folder, { recursive: true, force: true });
    });
    const call = async (method: string, path: string, body?: object) => {
      const response = await fetch(`${server.url}${path}`, {
        ...{ method, headers: json },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, answer: (await response.json()) as Readonly<Record<string, unknown>> };
    };
    const { id: tenantId } = await database.ledger.ensureTenant('default', null);
    let count = 0;
    return {
      ...{ server, call },
      async addChannel(target: object): Promise<{ id: string; secret: string }> {
        const rules = { groupSeconds: 0 };
        const { answer } = await call('POST', '/api/v1/channels', { name: 'a channel', target, rules });
        return { id: (answer['channel'] as { id: string }).id, secret: String(answer['secret']) };
      },
      async addNotice(): Promise<void> {
        count += 1;
        const createdAtMs = Date.now();
        await database.notices.add(tenantId, sampleNotice({ dedupKey: `notice ${count}`, createdAtMs }));
      },
      async listDeliveries(channelId: string): Promise<readonly Delivery[]> {
        const { answer } = await call('GET', `/api/v1/deliveries?channelId=${channelId}`);
        return answer['deliveries'] as readonly Delivery[];
      },
    };
  }

  test('reach good receivers while others redirect, are gone, ask for patience or answer without end', async () => {
    const elsewhere = await startReceiver((response) => response.end());
    const good = await startReceiver((response) => response.writeHead(204).end());
    const redirecting = await startReceiver((response) => response.writeHead(301, { location: elsewhere.url }).end());
    const gone = await startReceiver((response) => response.writeHead(410).end());
    const busy = await startReceiver((response, n) =>
      n === 1 ? response.writeHead(429, { 'retry-after': '1' }).end() : response.end()
    );
    let sentBytes = 0;
    const endless = await startReceiver((response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const send = (): void => {
        while (!response.destroyed && sentBytes < 2 ** 30) {
          sentBytes += chunk.length;
          if (!response.write(chunk)) {
            response.once('drain', send);
            return;
          }
        }
        response.end();
      };
      send();
    });
    const receivers = { good, redirecting, gone, busy, endless };
    const scene = await start(Object.values(receivers).map(({ host }) => host));
    const channels = new Map<string, { id: string; secret: string }>();
    for (const [name, { url }] of Object.entries(receivers)) {
      channels.set(name, await scene.addChannel({ kind: 'webhook', url }));
    }
    await scene.addNotice();
    const statusOf = async (name: string) => (await scene.listDeliveries(channels.get(name)?.id ?? ''))[0];
    await waitFor(async () => (await statusOf('busy'))?.status === 'delivered', 'the busy receiver');
    await waitFor(async () => (await statusOf('endless'))?.reason !== null, 'the endless answer');
    expect(await statusOf('good')).toMatchObject({ status: 'delivered', attemptCount: 1 });
    const [got] = good.received;
    const hook = new Webhook(channels.get('good')?.secret ?? '');
    expect(hook.verify(got?.body ?? '', got?.headers as Record<string, string>)).toMatchObject({
      type: 'incident-opened',
    });
    expect((await statusOf('redirecting'))?.reason).toContain('301');
    expect(elsewhere.received).toEqual([]);
    expect(await statusOf('gone')).toMatchObject({ status: 'failed', reason: 'the receiver answered 410 Gone' });
    const { answer } = await scene.call('GET', '/api/v1/channels');
    const isEnabled = (answer['channels'] as ReadonlyArray<{ id: string; isEnabled: boolean }>).map((channel) => [
      channel.id === channels.get('gone')?.id,
      channel.isEnabled,
    ]);
    expect(isEnabled.filter(([isGone, enabled]) => isGone === enabled)).toEqual([]);
    expect(new Set(busy.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    // What is in flight when 1 MiB is reached, and no more.
    expect(sentBytes).toBeLessThan(64 * 1024 * 1024);
  });

  test('to a receiver that hangs delay neither the reading of logs nor other channels', async () => {
    const held: ServerResponse[] = [];
    const hanging = await startReceiver((response) => void held.push(response));
    const good = await startReceiver((response) => response.end());
    const scene = await start([hanging.host, good.host]);
    await scene.addChannel({ kind: 'webhook', url: hanging.url });
    const { id: goodId } = await scene.addChannel({ kind: 'webhook', url: good.url });
    await scene.addNotice();
    await waitFor(() => held.length > 0, 'the hanging receiver');
    const line = [`${Date.now()}000000`, 'level=error cannot reach the database'];
    const pushed = await fetch(`${scene.server.url}/loki/api/v1/push`, {
      ...{ method: 'POST', headers: json },
      body: JSON.stringify({ streams: [{ stream: { service_name: 'shop' }, values: [line] }] }),
    });
    expect(pushed.status).toBe(204);
    await waitFor(async () => {
      const { answer } = await scene.call('GET', '/api/v1/clusters');
      return (answer['clusters'] as readonly unknown[]).length > 0;
    }, 'the cluster');
    await waitFor(async () => (await scene.listDeliveries(goodId))[0]?.status === 'delivered', 'the good channel');
    // Nobody has answered it all the while.
    expect(held[0]?.writableEnded).toBe(false);
  });

  test('go to no receiver whose certificate nobody vouches for, and the delivery says what to do', async () => {
    let requestCount = 0;
    const receiver = createSecureServer(await createCertificate(), (_, response) => {
      requestCount += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    onTestFinished(() => void receiver.close());
    const address = receiver.address();
    const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const scene = await start([host]);
    const { id } = await scene.addChannel({ kind: 'webhook', url: `https://${host}/` });
    await scene.addNotice();
    const first = async () => (await scene.listDeliveries(id))[0];
    await waitFor(async () => (await first())?.status === 'retrying', 'the attempt');
    expect((await first())?.reason).toContain('is not trusted: DEPTH_ZERO_SELF_SIGNED_CERT. NODE_EXTRA_CA_CERTS');
    expect(requestCount).toBe(0);
  });

  test('hold buttons that act once, and never lead to the server itself', async () => {
    const good = await startReceiver((response) => response.end());
    const scene = await start([good.host], { LOGHUNTER_PUBLIC_URL: 'https://loghunter.example' });
    const own = { kind: 'webhook', url: 'https://loghunter.example/api/v1/alerts/grafana' };
    const loop = await scene.call('POST', '/api/v1/channels', { name: 'a loop', target: own });
    expect(loop).toMatchObject({ status: 422, answer: { code: 'address-refused' } });
    await scene.addChannel({ kind: 'webhook', url: good.url });
    await scene.addNotice();
    await waitFor(() => good.received.length > 0, 'the message');
    const { data } = JSON.parse(good.received[0]?.body ?? '') as {
      data: { notices: ReadonlyArray<{ actions: ReadonlyArray<{ label: string; url: string }> }> };
    };
    const button = data.notices[0]?.actions.find(({ label }) => label === 'Open case');
    const url = button?.url.replace('https://loghunter.example', scene.server.url) ?? '';
    const list = async () => {
      const { answer } = await scene.call('GET', '/api/v1/investigations');
      return (answer['investigations'] as readonly unknown[]).length;
    };
    expect((await fetch(url)).status).toBe(200);
    expect(await list()).toBe(0);
    // At the same time: one acts.
    const pages = await Promise.all([1, 2, 3, 4].map(() => fetch(url, { method: 'POST' })));
    expect(pages.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
    expect(await list()).toBe(1);
  });
});

test.skipIf(!hasPostgres())(
  'a message whose worker is killed while the receiver holds it is sent again with the same id',
  { timeout: 180_000 },
  async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    await migrate(postgres.url);
    const database = connectPostgres({ url: postgres.url });
    onTestFinished(() => database.close());
    const { id: tenantId } = await createLedger(database).ensureTenant('default', null);
    // The first request gets no answer: the message may or may not have been taken.
    const receiver = await startReceiver((response, n) => (n === 1 ? undefined : response.end()));
    const channelId = crypto.randomUUID();
    await createChannelStore(database).create(tenantId, channelId, {
      ...{ name: 'hook', kind: 'webhook', target: { url: receiver.url }, sealedSecret: null, isEnabled: true },
      rules: { minSeverity: 'LOW', kinds: [], services: [], quietHours: null, groupSeconds: 0 },
    });
    const folder = await mkdtemp(join(tmpdir(), 'loghunter-notices-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const first = startWorker(postgres.url, join(folder, '1'), receiver.host);
    await createNoticeStore(database).add(tenantId, sampleNotice({ createdAtMs: Date.now() }));
    await waitFor(() => receiver.received.length === 1, 'the first attempt');
    first.kill('SIGKILL');
    startWorker(postgres.url, join(folder, '2'), receiver.host);
    const deliveries = createDeliveryStore(database);
    const read = async () => (await deliveries.list(tenantId, { limit: 10, offset: 0 }))[0];
    // A dead worker is missed after 30 s.
    await waitFor(async () => (await read())?.status === 'delivered', 'the delivery');
    expect(receiver.received).toHaveLength(2);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([(await read())?.id])
    );
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  }
);

test.skipIf(!hasPostgres())('two servers that decide at the same time tell no channel of a notice twice', async () => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  await migrate(postgres.url);
  const servers = [0, 1].map(() => createUnitOfWork(connectPostgres({ url: postgres.url })));
  onTestFinished(async () => void (await Promise.all(servers.map(({ database }) => database.close()))));
  const [{ database } = { database: connectPostgres({ url: postgres.url }) }] = servers;
  const { id: tenantId } = await createLedger(database).ensureTenant('default', null);
  const channelIds = [crypto.randomUUID(), crypto.randomUUID()];
  for (const id of channelIds) {
    await createChannelStore(database).create(tenantId, id, {
      ...{
        name: 'hook',
        kind: 'webhook',
        target: { url: 'https://hook.example/' },
        sealedSecret: null,
        isEnabled: true,
      },
      rules: { minSeverity: 'LOW', kinds: [], services: [], quietHours: null, groupSeconds: 30 },
    });
  }
  const noticeCount = 300;
  for (let n = 0; n < noticeCount; n += 1) {
    await createNoticeStore(database).add(tenantId, sampleNotice({ dedupKey: `notice ${n}`, createdAtMs: n }));
  }
  const taken = await Promise.all(
    servers.map(async ({ database: own, unitOfWork }) => {
      const parts = {
        ...{ notices: createNoticeStore(own), channels: createChannelStore(own), deliveries: createDeliveryStore(own) },
        ...{ jobs: createJobStore(own), queue: createFakeJobQueue(), unitOfWork, clock: systemClock },
        ...{ findIgnored: () => Promise.resolve(new Set<string>()), isAnnotated: () => false },
      };
      let total = 0;
      for (let count = 1; count > 0; total += count) {
        count = await dispatchNotices(parts, tenantId);
      }
      return total;
    })
  );
  expect(taken.reduce((sum, count) => sum + count)).toBe(noticeCount);
  const deliveries = await createDeliveryStore(database).list(tenantId, { limit: 100, offset: 0 });
  for (const id of channelIds) {
    const told = deliveries.filter(({ channelId }) => channelId === id);
    const noticeIds = told.flatMap(({ notices }) => notices.map((notice) => notice.id));
    // One message each: the second server joined what the first one had begun.
    expect([told.length, noticeIds.length, new Set(noticeIds).size]).toEqual([1, noticeCount, noticeCount]);
  }
});

function startWorker(databaseUrl: string, dataDirectory: string, host: string): ChildProcess {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../bff/main.ts', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      LOGHUNTER_TARGET: 'worker',
      LOGHUNTER_PORT: '0',
      LOGHUNTER_LOG_LEVEL: 'silent',
      LOGHUNTER_DATABASE_URL: databaseUrl,
      LOGHUNTER_DATA_DIRECTORY: dataDirectory,
      LOGHUNTER_WEBHOOK_KEY: webhookKey,
      LOGHUNTER_OUTBOUND_HOSTS: host,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}
