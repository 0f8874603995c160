import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '@loghunter/bff/config';
import { startServer, type RunningServer } from '@loghunter/bff/server';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('webhooks', () => {
  let server: RunningServer;
  let receiver: Server;
  let receiverHost: string;
  let folder: string;
  const received: Received[] = [];
  let answer = 204;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loghunter-webhooks-'));
    receiver = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        response.writeHead(answer, { location: 'http://169.254.169.254/' }).end('words of the receiver');
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const address = receiver.address();
    receiverHost = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    server = await startServer(
      parseConfig({
        LOGHUNTER_PORT: '0',
        LOGHUNTER_DATA_DIRECTORY: folder,
        LOGHUNTER_LOG_LEVEL: 'silent',
        LOGHUNTER_WEBHOOK_KEY: 'a-key-of-webhooks-that-is-long-enough',
        LOGHUNTER_OUTBOUND_HOSTS: receiverHost,
      })
    );
  });
  afterAll(async () => {
    await server.stop();
    receiver.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function post<T>(path: string, body: object): Promise<{ readonly status: number; readonly answer: T }> {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${server.url}${path}`, { method: 'POST', body: JSON.stringify(body), headers });
    return { status: response.status, answer: (await response.json()) as T };
  }

  async function read<T>(path: string): Promise<T> {
    return (await (await fetch(`${server.url}${path}`)).json()) as T;
  }

  function create(url: string) {
    return post<{ webhook: { id: string }; secret: string; code?: string }>('/api/v1/webhooks', { name: 'hook', url });
  }

  interface DeliveryJob {
    readonly status: string;
    readonly result: unknown;
    readonly failure: string | null;
  }

  async function waitForDelivery(count: number): Promise<DeliveryJob> {
    for (;;) {
      const { jobs } = await read<{ jobs: DeliveryJob[] }>('/api/v1/jobs?kind=webhook-delivery');
      const [newest] = jobs;
      if (newest !== undefined && jobs.length === count && (newest.status === 'succeeded' || newest.failure !== null)) {
        return newest;
      }
      await sleep(100);
    }
  }

  test('a job that ends is told to its receiver, signed as Standard Webhooks has it', async () => {
    const { status, answer: made } = await create(`http://${receiverHost}/hook`);
    expect(status).toBe(201);
    const job = await post<{ id: string }>('/api/v1/jobs', { kind: 'audit-verification', webhookId: made.webhook.id });
    expect(job.status).toBe(202);
    expect(await waitForDelivery(1)).toMatchObject({ status: 'succeeded', result: { delivered: true } });
    const [message] = received;
    const verified = new Webhook(made.secret).verify(message?.body ?? '', message?.headers as Record<string, string>);
    expect(verified).toMatchObject({ type: 'job.succeeded', data: { jobId: job.answer.id, status: 'succeeded' } });
    expect(() =>
      new Webhook(made.secret).verify(`${message?.body} `, message?.headers as Record<string, string>)
    ).toThrow();
    // Shown once, kept nowhere.
    expect(JSON.stringify(await read('/api/v1/webhooks'))).not.toContain('whsec_');
    expect(JSON.stringify(await read('/api/v1/audit?limit=500'))).not.toContain(made.secret);
  });

  test('a receiver that answers an error is told again later, without showing what it said, and no redirect is followed', async () => {
    answer = 302;
    const { answer: made } = await create(`http://${receiverHost}/moved`);
    await post('/api/v1/jobs', { kind: 'audit-verification', webhookId: made.webhook.id });
    const delivery = await waitForDelivery(2);
    expect(delivery).toMatchObject({ status: 'queued', failure: 'The receiver answered 302' });
    expect(JSON.stringify(delivery)).not.toContain('words of the receiver');
  });

  test('a receiver that is gone is told no more', async () => {
    answer = 410;
    const { answer: made } = await create(`http://${receiverHost}/gone`);
    await post('/api/v1/jobs', { kind: 'audit-verification', webhookId: made.webhook.id });
    expect(await waitForDelivery(3)).toMatchObject({ status: 'succeeded', result: { delivered: false } });
    const { webhooks } = await read<{ webhooks: Array<{ id: string; disabledAt: string | null }> }>('/api/v1/webhooks');
    expect(webhooks.find(({ id }) => id === made.webhook.id)?.disabledAt).not.toBeNull();
  });

  test.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://169.254.169.254/latest',
    'https://2130706433/',
    'http://8.8.8.8/',
  ])('the address %s is refused, and the refusal is in the audit log', async (url) => {
    const { status, answer: problem } = await create(url);
    expect([status, problem.code]).toEqual([422, 'address-refused']);
    const { entries } = await read<{ entries: Array<{ action: string; result: string; details: { url?: string } }> }>(
      '/api/v1/audit?action=createWebhook&result=address-refused'
    );
    expect(entries[0]).toMatchObject({ action: 'createWebhook', result: 'address-refused' });
    expect(entries[0]?.details.url).toBeDefined();
  });
});
