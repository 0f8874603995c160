// Notices, channels and receivers of a test: real stores and jobs, receivers as the test says, time as it sets it.
import { createFakeUnitOfWork, sampleNotice } from '@loghunter/ports/testing';
import type { HttpClient, MailMessage, MailSender, NewNotice, OutboundAnswer, OutboundRequest } from '@loghunter/ports';
import { pino } from 'pino';
import { startWorkers } from '../jobs/start-workers.ts';
import { createDeliveryKind } from '../notifications/delivery-kind.ts';
import { dispatchNotices } from '../notifications/dispatch-notices.ts';
import { linksOfNotice } from '../notifications/links/notice-links.ts';
import type { MessageParts } from '../notifications/messages/message.ts';
import { createTextRedactor } from '../redaction/stored-text-redaction.ts';
import { Secret } from '../settings/secret.ts';
import { createSharedSqlStores } from './shared-sql-stores.ts';
import { createTestServer, testNowMs, type TestServer } from './test-server.ts';

const json = { 'Content-Type': 'application/json' };

/** A request that a receiver got. */
export interface ReceivedRequest extends OutboundRequest {
  readonly json: Readonly<Record<string, unknown>>;
}

/** What a test of notifications works with. */
export interface NotificationScene {
  readonly server: TestServer;
  readonly received: ReceivedRequest[];
  readonly mails: MailMessage[];
  /** What the server's measurements were told of attempts. */
  readonly outcomes: readonly string[];
  /** Clusters that people ignore. */
  readonly ignored: Set<string>;
  /** What receivers answer, one after the other; 200 when there is no more. */
  readonly answers: Array<Partial<OutboundAnswer>>;
  /** Makes a channel and returns its id. */
  addChannel(target: object, rules?: object): Promise<string>;
  /** Adds a notice at the scene's time. */
  notice(change?: Partial<NewNotice>): Promise<void>;
  dispatch(): Promise<number>;
  /** Runs what is in the queue. */
  deliver(): Promise<void>;
  call(method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>>;
  listDeliveries(): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>>;
}

/** A server with the jobs of notifications; `buttonsOf` of the messages is the test's. */
export async function createNotificationScene(
  options: { readonly buttonsOf?: MessageParts['buttonsOf']; readonly isAnnotated?: boolean } = {}
): Promise<NotificationScene> {
  const received: ReceivedRequest[] = [];
  const mails: MailMessage[] = [];
  const answers: Array<Partial<OutboundAnswer>> = [];
  const ignored = new Set<string>();
  const outcomes: string[] = [];
  const http = createRecordingClient(received, answers);
  const mail: MailSender = {
    send(message) {
      mails.push(message);
      return Promise.resolve({ refusedCount: 0 });
    },
  };
  const server = await createTestServer({ http });
  const stores = createSharedSqlStores();
  const unitOfWork = createFakeUnitOfWork();
  const { clock, queue, jobs, tenantId } = server;
  const redactor = createTextRedactor([]);
  const settings = { grafanaRootUrl: 'https://grafana.example/', dataSourceUid: 'loki' };
  const parts = {
    ...{ ...stores, jobs, queue, unitOfWork, clock, http, mail, retryMs: 6 * 3_600_000 },
    webhookKey: new Secret('key-of-webhooks-for-tests'),
    observer: { observeDelivery: (_: string, outcome: string) => void outcomes.push(outcome) },
    findIgnored: (_tenantId: string, ids: readonly string[]) =>
      Promise.resolve(new Set(ids.filter((id) => ignored.has(id)))),
    isAnnotated: () => options.isAnnotated === true,
    openMessageParts: (): Promise<MessageParts> =>
      Promise.resolve({
        redact: (text) => redactor.sample(text),
        linksOf: (notice) => linksOfNotice(settings, stores.investigations, tenantId, notice),
        buttonsOf: options.buttonsOf ?? (() => []),
      }),
  };
  const { auditLog, cache } = server;
  await startWorkers(
    {
      ...{ jobs, queue, unitOfWork, auditLog, cache, clock },
      kinds: [createDeliveryKind(parts)],
      logger: pino({ level: 'silent' }),
    },
    1
  );
  async function call(method: string, path: string, body?: object) {
    const response = await server.get(`/api/v1/${path}`, {
      ...{ method, headers: json },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Readonly<Record<string, unknown>>;
  }
  let noticeCount = 0;
  return {
    ...{ server, received, mails, answers, ignored, outcomes, call },
    async addChannel(target, rules = {}) {
      const { channel } = await call('POST', 'channels', { name: 'a channel', target, rules });
      return (channel as { readonly id: string }).id;
    },
    async notice(change = {}) {
      noticeCount += 1;
      const nowMs = testNowMs + (clock.nowMs() - testNowMs) + noticeCount;
      await stores.notices.add(
        tenantId,
        sampleNotice({ dedupKey: `notice ${noticeCount}`, createdAtMs: nowMs, ...change })
      );
    },
    dispatch: () => dispatchNotices(parts, tenantId),
    deliver: () => queue.deliver(),
    async listDeliveries() {
      const { deliveries } = await call('GET', 'deliveries');
      return deliveries as ReadonlyArray<Readonly<Record<string, unknown>>>;
    },
  };
}

function createRecordingClient(received: ReceivedRequest[], answers: Array<Partial<OutboundAnswer>>): HttpClient {
  return {
    check: () => Promise.resolve(),
    send(request) {
      received.push({ ...request, json: JSON.parse(request.body ?? '{}') as ReceivedRequest['json'] });
      return Promise.resolve({ status: 200, headers: {}, body: '', ...answers.shift() });
    },
    close: () => Promise.resolve(),
  };
}
