// A whole server with its queue, and Ollama as its documentation describes it: what is sent, what is kept, who is called.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@loghunter/bff/config';
import { startServer, type RunningServer } from '@loghunter/bff/server';
import type {
  EvidencePack,
  Explanation,
  Job,
  ListEgressResponse,
  ListModelProvidersResponse,
} from '@loghunter/contracts';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type DatabaseAccess } from '../../bff/composition.ts';
import { createLogger } from '../../bff/logger.ts';
import { anAnswer, testModelName } from '../../bff/testing/explanation-server.ts';
import { aFinding, aPack, aQuotedLine, plantAnalysis } from '../../bff/testing/plant-analysis.ts';
import { createPrivateLines, privateLineKinds } from '../../engine/testing/private-lines.ts';
import { createSeededRandom } from '../../engine/testing/seeded-random.ts';
import { findFreePort } from '../servers/free-port.ts';
import type { ModelServer } from '../servers/model-server.ts';
import { startOllamaServer } from '../servers/ollama-server.ts';

// Shorter values stand in any text by chance.
const shortestSecret = 8;
const secretCount = 50;
const secrets = createPrivateLines(privateLineKinds.size, createSeededRandom(977))
  .filter(({ value }) => value.length >= shortestSecret && !/\n|\\n/.test(value))
  .slice(0, secretCount);

function packWith(texts: readonly string[]): EvidencePack {
  const sane = aPack();
  return aPack({
    findings: [...sane.findings, aFinding({ id: 'F3', service: 'cart', statement: `new: ${texts[0] ?? ''}` })],
    lines: [...sane.lines, ...texts.map((text, n) => aQuotedLine({ id: `L${n + 10}`, findingId: 'F3', text }))],
  });
}

interface Installation {
  readonly server: RunningServer;
  readonly database: DatabaseAccess;
  readonly log: string[];
  readonly tenantId: string;
  ask(method: string, path: string, body?: object): Promise<{ readonly status: number; readonly body: unknown }>;
  explain(pack: EvidencePack, webhookId?: string): Promise<{ readonly explanation: Explanation; readonly job: Job }>;
}

async function start(folder: string, environment: Readonly<Record<string, string>>): Promise<Installation> {
  const config = parseConfig({
    ...{ LOGHUNTER_PORT: '0', LOGHUNTER_DATA_DIRECTORY: folder, LOGHUNTER_LOG_LEVEL: 'trace', ...environment },
  });
  const log: string[] = [];
  const database = await openDatabase({ databaseUrl: null, dataDirectory: null });
  const server = await startServer(config, { database, logger: createLogger(config, (line) => log.push(line)) });
  const [tenant] = await database.tenants.listTenants();
  const tenantId = tenant?.id ?? '';
  async function ask(method: string, path: string, body?: object) {
    const response = await fetch(`${server.url}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  }
  async function waitFor(jobId: string): Promise<Job> {
    for (;;) {
      const job = (await ask('GET', `/api/v1/jobs/${jobId}`)).body as Job;
      if (['succeeded', 'failed', 'cancelled'].includes(job.status)) {
        return job;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return {
    ...{ server, database, log, tenantId, ask },
    async explain(pack, webhookId) {
      const analysisId = await plantAnalysis(database.analyses, tenantId, pack);
      const begun = await ask('POST', '/api/v1/explanations', { analysisId, webhookId });
      const { explanation } = begun.body as { explanation: Explanation };
      const job = await waitFor(explanation.jobId ?? '');
      const shown = (await ask('GET', `/api/v1/explanations/${explanation.id}`)).body as { explanation: Explanation };
      return { explanation: shown.explanation, job };
    },
  };
}

/** Addresses that sockets of this process connect to while `work` runs. */
async function watchSockets(work: () => Promise<void>): Promise<ReadonlySet<string>> {
  const reached = new Set<string>();
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function (this: Socket, ...parameters: unknown[]) {
    const [first] = parameters.flat() as ReadonlyArray<{ host?: string; hostname?: string; port?: number } | undefined>;
    reached.add(`${first?.host ?? first?.hostname ?? 'unknown'}:${String(first?.port)}`);
    return Reflect.apply(connect, this, parameters) as Socket;
  } as typeof connect;
  const observe = (message: unknown) => {
    const { connectParams } = message as { connectParams: { host: string } };
    reached.add(connectParams.host);
  };
  subscribe('undici:client:beforeConnect', observe);
  try {
    await work();
  } finally {
    Socket.prototype.connect = connect;
    unsubscribe('undici:client:beforeConnect', observe);
  }
  return reached;
}

describe('a server with the default configuration and no model', () => {
  let installation: Installation;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loghunter-no-model-'));
    // The default address of Ollama, but for a port that surely nobody has.
    installation = await start(folder, { LOGHUNTER_OLLAMA_URL: `http://127.0.0.1:${await findFreePort()}` });
  }, 120_000);
  afterAll(async () => {
    await installation.server.stop();
    await installation.database.database.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('connects to nothing but itself, whatever is asked of it', async () => {
    const reached = await watchSockets(async () => {
      const { explanation, job } = await installation.explain(aPack());
      expect(explanation).toMatchObject({
        ...{ status: 'analysis_failed', origin: 'fixed-sentences' },
        failure: expect.stringContaining('cannot be reached') as string,
      });
      expect(job).toMatchObject({ status: 'failed', failure: expect.stringContaining('analysis_failed') as string });
      for (const path of ['model-providers', 'egress', 'explanations', 'clusters', 'health', 'analyses']) {
        expect((await installation.ask('GET', `/api/v1/${path}`)).status).toBe(200);
      }
      await installation.ask('POST', '/api/v1/model-providers/test', { provider: 'ollama' });
      await installation.ask('POST', '/api/v1/model-providers/test', { provider: 'openai' });
    });
    expect(reached.size).toBeGreaterThan(0);
    expect([...reached].filter((address) => !/^(127\.0\.0\.1|localhost|::1)(:|$)/.test(address))).toEqual([]);
  }, 60_000);

  test('says what is missing, and that nothing has left', async () => {
    const { providers, settings } = (await installation.ask('GET', '/api/v1/model-providers'))
      .body as ListModelProvidersResponse;
    expect(settings).toMatchObject({ isEnabled: true, provider: 'ollama', enabledProviders: [] });
    expect(providers.map(({ name, isConfigured, isEnabled }) => [name, isConfigured, isEnabled])).toEqual([
      ['ollama', true, true],
      ['openai-compatible', false, false],
      ['openai', false, false],
      ['anthropic', false, false],
    ]);
    const egress = (await installation.ask('GET', '/api/v1/egress')).body as ListEgressResponse;
    expect(egress.leftInstallationCount).toBe(0);
    expect(egress.entries.every(({ outcome }) => outcome !== 'sending')).toBe(true);
  });
});

describe('a server with Ollama', () => {
  let installation: Installation;
  let ollama: ModelServer;
  let receiver: Server;
  let receiverHost: string;
  const called: Array<{ readonly headers: IncomingHttpHeaders; readonly body: string }> = [];
  let folder: string;
  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        called.push({ headers: request.headers, body });
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    receiverHost = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    folder = await mkdtemp(join(tmpdir(), 'loghunter-ollama-'));
    ollama = await startOllamaServer();
    installation = await start(folder, {
      ...{ LOGHUNTER_OLLAMA_URL: ollama.url, LOGHUNTER_OLLAMA_MODEL_BASE: testModelName },
      ...{ LOGHUNTER_WEBHOOK_KEY: 'a-key-of-webhooks-that-is-long-enough', LOGHUNTER_OUTBOUND_HOSTS: receiverHost },
    });
  }, 120_000);
  afterAll(async () => {
    await installation.server.stop();
    await installation.database.database.close();
    await ollama.stop();
    receiver.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('has an analysis explained, and calls Ollama and itself alone', async () => {
    ollama.behave({ kind: 'answer', text: anAnswer() });
    const reached = await watchSockets(async () => {
      const { explanation } = await installation.explain(aPack());
      expect(explanation).toMatchObject({
        ...{ status: 'explained', model: testModelName, inputTokens: 26, outputTokens: 282 },
        rootCause: 'payments has no free connections to 10.0.0.7 (F1, L1).',
      });
    });
    expect([...reached].filter((address) => !address.startsWith('127.0.0.1'))).toEqual([]);
    expect((await installation.ask('POST', '/api/v1/model-providers/test', { provider: 'ollama' })).body).toMatchObject(
      {
        ...{ isReachable: true, hasModel: true, failure: null },
      }
    );
  }, 60_000);

  test('sends and keeps none of 50 secrets, tells none to a webhook, and has none in its log', async () => {
    expect(secrets).toHaveLength(secretCount);
    // A model that says everything back that it was sent.
    ollama.behave(({ body }) => ({
      kind: 'answer',
      text: anAnswer({ unknowns: [body.slice(0, 1500)], summary: [{ text: body.slice(0, 1500), evidence: ['F1'] }] }),
    }));
    const made = await installation.ask('POST', '/api/v1/webhooks', { name: 'hook', url: `http://${receiverHost}/` });
    const { webhook, secret } = made.body as { webhook: { id: string }; secret: string };
    const before = ollama.received.length;
    for (let at = 0; at < secrets.length; at += 10) {
      await installation.explain(packWith(secrets.slice(at, at + 10).map(({ text }) => text)), webhook.id);
    }
    const callCount = Math.ceil(secretCount / 10);
    await expect.poll(() => called.length, { timeout: 30_000 }).toBe(callCount);
    for (const { headers, body } of called) {
      // Throws for a body that is not signed with the webhook's own secret.
      new Webhook(secret).verify(body, headers as Record<string, string>);
    }
    const sent = ollama.received.slice(before).map(({ body }) => body);
    expect(sent.length).toBeGreaterThanOrEqual(5);
    const { tenantId, database, log } = installation;
    const kept = await database.database.withTenant(tenantId, async (session) => [
      await session.query('select * from egress_entries'),
      await session.query('select * from analysis_results'),
      await session.query('select * from jobs'),
      await session.query('select * from audit_entries'),
    ]);
    const webhooks = called.map(({ body }) => body).join('\n');
    const texts = { sent: sent.join('\n'), webhooks, kept: JSON.stringify(kept), log: log.join('\n') };
    for (const [where, text] of Object.entries(texts)) {
      const leaked = secrets.filter(
        ({ value }) => text.includes(value) || text.includes(JSON.stringify(value).slice(1, -1))
      );
      expect([where, leaked.map(({ kind }) => kind)]).toEqual([where, []]);
    }
  }, 120_000);
});
