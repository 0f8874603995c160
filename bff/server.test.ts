// The whole server, started and stopped for real; only time is the test's. Most tests bring fakes for the database, because
// a new embedded one takes seconds to make.
import { createSharedSqlStores } from './testing/shared-sql-stores.ts';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GetHealthResponse, ListClusterLinesResponse, ListClustersResponse } from '@loghunter/contracts';
import { isPortError } from '@loghunter/ports';
import {
  createFakeApiKeyStore,
  createFakeAuditLog,
  createFakeIdempotencyStore,
  createFakeJobQueue,
  createFakeLiveStore,
  createFakeLogStore,
  createFakeRedactionStore,
  createFakeStores,
  createFakeUsageStore,
  createFakeUnitOfWork,
  createManualClock,
  type ManualClock,
} from '@loghunter/ports/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { isStartError, startServer, type RunningServer, type ServerOverrides } from './server.ts';

const nowMs = Date.UTC(2026, 9, 5, 10, 20, 0);
const minuteMs = 60_000;
let folder: string;
let clock: ManualClock;
let running: RunningServer[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loghunter-server-'));
  clock = createManualClock(nowMs);
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(variables: Record<string, string> = {}, overrides: ServerOverrides = {}): Promise<RunningServer> {
  const environment = {
    LOGHUNTER_PORT: '0',
    LOGHUNTER_DATA_DIRECTORY: folder,
    LOGHUNTER_LOG_LEVEL: 'silent',
    // Who sleeps is counted.
    LOGHUNTER_DETECTION_INTERVAL_SECONDS: '0',
    ...variables,
  };
  const server = await startServer(parseConfig(environment), { clock, ...overrides });
  running.push(server);
  return server;
}

function startOnFakes(variables: Record<string, string> = {}, pending: readonly string[] = []): Promise<RunningServer> {
  const { ledger, clusterStore, clusterRules, tenantStore, workList } = createFakeStores(() => clock.nowMs());
  const refuse = () => Promise.reject(new TypeError('The fake has no SQL'));
  const done = () => Promise.resolve();
  const database = { system: 'pglite', withTenant: refuse, withInstallation: refuse, ping: done, close: done } as const;
  return start(variables, {
    database: {
      database,
      ledger,
      clusters: clusterStore,
      clusterRules,
      workList,
      live: createFakeLiveStore(),
      apiKeys: createFakeApiKeyStore(() => clock.nowMs()),
      tenants: tenantStore,
      usage: createFakeUsageStore(),
      redaction: createFakeRedactionStore(() => clock.nowMs()),
      unitOfWork: createFakeUnitOfWork(),
      auditLog: createFakeAuditLog(),
      idempotency: createFakeIdempotencyStore(),
      ...createSharedSqlStores(),
      openQueue: () => Promise.resolve(createFakeJobQueue()),
      migrate: () => Promise.resolve(pending),
      listPending: () => Promise.resolve(pending),
    },
    ...(variables['LOGHUNTER_LOKI_URL'] === undefined
      ? { logStore: { kind: 'embedded', store: createFakeLogStore(), close: done } }
      : {}),
  });
}

async function getJson<T>(server: RunningServer, path: string): Promise<T> {
  const response = await fetch(`${server.url}${path}`);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

async function pushOverHttp(server: RunningServer, lineCount: number): Promise<void> {
  const values = Array.from({ length: lineCount }, (_, index) => [
    String(BigInt(nowMs - 20 * minuteMs + index * 1000) * 1_000_000n),
    `cache miss for key ${index}`,
  ]);
  const body = JSON.stringify({ streams: [{ stream: { service_name: 'shop' }, values }] });
  const response = await fetch(`${server.url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  expect(response.status).toBe(204);
}

function withoutWork({ work: _work, isUnseen: _isUnseen, ...cluster }: ListClustersResponse['clusters'][number]) {
  return cluster;
}

test('pushed lines become clusters that outlive a restart, in one process at a time', { timeout: 90_000 }, async () => {
  const first = await start();
  await clock.whenSleeping(4);
  await pushOverHttp(first, 300);
  clock.advance(15_000);
  await clock.whenSleeping(4);
  const before = await getJson<ListClustersResponse>(first, `/api/v1/clusters?to=${nowMs}`);
  expect(before).toMatchObject({ totalClusterCount: 1, totalEventCount: 300, coverage: { lineCount: 300 } });
  const refused: unknown = await start().catch((reason: unknown) => reason);
  expect(isPortError(refused) && refused.kind).toBe('conflict');
  await first.stop();
  const second = await start();
  await clock.whenSleeping(4);
  const after = await getJson<ListClustersResponse>(second, `/api/v1/clusters?to=${nowMs}`);
  // What the work list says of a cluster follows its counts a moment later.
  expect(after.clusters.map(withoutWork)).toEqual(before.clusters.map(withoutWork));
  const lines = await getJson<ListClusterLinesResponse>(
    second,
    `/api/v1/clusters/${after.clusters[0]?.id ?? ''}/lines?to=${nowMs}&limit=5`
  );
  expect(lines.lines.map((line) => line.text)).toEqual(
    [299, 298, 297, 296, 295].map((index) => `cache miss for key ${index}`)
  );
});

test('health names every component', async () => {
  const server = await startOnFakes();
  await clock.whenSleeping(2);
  const health = await getJson<GetHealthResponse>(server, '/api/v1/health');
  expect(health).toMatchObject({
    status: 'ok',
    target: 'all',
    storage: 'pglite',
    logStore: 'embedded',
    readUpTo: null,
  });
  expect(health.components.map((component) => [component.name, component.status])).toEqual([
    ['database', 'ok'],
    ['loki', 'ok'],
    ['cache', 'ok'],
    ['scanner', 'ok'],
  ]);
});

test('an unreachable Loki degrades the server and does not stop it', async () => {
  const server = await startOnFakes({ LOGHUNTER_LOKI_URL: 'http://127.0.0.1:9' });
  await clock.whenSleeping(4);
  const health = await getJson<GetHealthResponse>(server, '/api/v1/health');
  expect(health.status).toBe('degraded');
  expect(health.components.find((component) => component.name === 'scanner')?.detail).toContain('127.0.0.1:9');
  expect((await fetch(`${server.url}/api/v1/labels`)).status).toBe(503);
  expect((await fetch(`${server.url}/api/v1/clusters`)).status).toBe(200);
});

test('a busy port is one clear line', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => blocker.once('listening', resolve));
  const address = blocker.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const error: unknown = await startOnFakes({ LOGHUNTER_PORT: String(port) }).catch((reason: unknown) => reason);
  expect(isStartError(error) && error.message).toBe(
    `Port ${port} on 127.0.0.1 is in use by another program; set LOGHUNTER_PORT to a free one.`
  );
  blocker.close();
});

test('a schema that is not up to date is refused without the leave to migrate', async () => {
  const error: unknown = await startOnFakes({ LOGHUNTER_MIGRATE_AT_START: 'false' }, ['20260101_first']).catch(
    (reason: unknown) => reason
  );
  expect(isStartError(error) && error.kind).toBe('schema-outdated');
  expect(String(error)).toContain('lacks 20260101_first: run `loghunter migrate up`');
});

test('a database that cannot be reached is one clear line without the password', async () => {
  const url = 'postgres://me:hunter2@127.0.0.1:9/loghunter';
  const error: unknown = await start({ LOGHUNTER_DATABASE_URL: url }).catch((reason: unknown) => reason);
  expect(isPortError(error) && error.kind).toBe('unavailable');
  expect(String(error)).not.toContain('hunter2');
  expect(await readdir(folder)).toEqual([]);
});

test('a request that runs at the stop is answered', async () => {
  const server = await startOnFakes();
  await clock.whenSleeping(4);
  const answer = fetch(`${server.url}/api/v1/clusters`);
  // The request has arrived when another one, sent later on its own connection, is answered.
  await fetch(`${server.url}/health`);
  await server.stop();
  expect((await answer).status).toBe(200);
  await expect(fetch(`${server.url}/health`)).rejects.toThrow('fetch failed');
});

test('paths that the URL parser would clean are refused', async () => {
  const server = await startOnFakes();
  const { hostname, port } = new URL(server.url);
  const { request } = await import('node:http');
  for (const path of ['/api/./v1/clusters', '/api/v1/../v1/clusters', '/api/v1/%2e%2e/v1/clusters']) {
    const status = await new Promise((resolve) =>
      request({ hostname, port, path }, (response) => resolve(response.resume().statusCode)).end()
    );
    expect(status).toBe(400);
  }
});

test('where nobody could ask for a first key it is shown once', async () => {
  const server = await startOnFakes({ LOGHUNTER_WITHOUT_IDENTITY: 'refuse' });
  expect((await fetch(`${server.url}/api/v1/tenants`)).status).toBe(401);
  const headers = { 'X-API-Key': server.bootstrapKey ?? '' };
  expect((await fetch(`${server.url}/api/v1/tenants`, { headers })).status).toBe(200);
  expect((await startOnFakes()).bootstrapKey).toBeNull();
});

test('what is no HTTP gets a problem document', async () => {
  const server = await startOnFakes();
  const { connect } = await import('node:net');
  const { hostname, port } = new URL(server.url);
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write('NONSENSE\r\n\r\n'));
    let text = '';
    socket
      .setEncoding('utf8')
      .on('data', (chunk: string) => (text += chunk))
      .on('end', () => resolve(text));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('"code":"invalid-request"');
});
