import type { Job, KeptExport, ListExportsResponse } from '@loghunter/contracts';
import { createFakeUnitOfWork, createManualClock } from '@loghunter/ports/testing';
import { pino } from 'pino';
import { beforeAll, describe, expect, test } from 'vitest';
import type { OpenFeatures } from '../handlers.ts';
import { startWorkers } from '../jobs/start-workers.ts';
import { plantExport } from '../testing/plant-export.ts';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { readShopLines } from '../testing/shop-lines.ts';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';
import { deleteExport } from './kept-exports.ts';
import { downloadExport, startExport } from './export-routes.ts';
import { createExportKind, exportCutMs, exportKeptMs, exportLimits, type ExportLimits } from './export-kind.ts';

// The embedded database takes seconds to open on a busy machine.
beforeAll(async () => void (await openSharedDatabase(crypto.randomUUID())), 120_000);

const minuteMs = 60_000;
const json = { 'Content-Type': 'application/json' };

async function open(limits: Partial<ExportLimits> = {}) {
  let openFeature: OpenFeatures = () => Promise.reject(new TypeError('not open yet'));
  const clock = createManualClock(testNowMs);
  const kind = createExportKind({
    files: {
      write: async (tenantId, ...rest) => {
        clock.advance(minuteMs);
        await (await openFeature(tenantId)).exportFiles.write(tenantId, ...rest);
      },
      read: async (tenantId, ...rest) => (await openFeature(tenantId)).exportFiles.read(tenantId, ...rest),
      readSize: async (tenantId) => (await openFeature(tenantId)).exportFiles.readSize(tenantId),
      listSizes: async (tenantId) => (await openFeature(tenantId)).exportFiles.listSizes(tenantId),
      delete: async (tenantId, ...rest) => (await openFeature(tenantId)).exportFiles.delete(tenantId, ...rest),
      deleteBefore: async (tenantId, ...rest) =>
        (await openFeature(tenantId)).exportFiles.deleteBefore(tenantId, ...rest),
    },
    openFeature: (tenantId) => openFeature(tenantId),
    clock,
    limits: { ...exportLimits, ...limits },
  });
  const server = await createTestServer({ jobKinds: [kind] });
  openFeature = server.openFeature;
  await startWorkers(
    {
      ...{ jobs: server.jobs, queue: server.queue, unitOfWork: createFakeUnitOfWork(), auditLog: server.auditLog },
      ...{ cache: server.cache, clock: server.clock, logger: pino({ level: 'silent' }), kinds: [kind] },
    },
    1
  );
  await readShopLines(server);
  return server;
}

async function start(server: TestServer, body: object): Promise<Job> {
  const response = await server.get('/api/v1/exports', { method: 'POST', body: JSON.stringify(body), headers: json });
  expect(response.status).toBe(202);
  return (await response.json()) as Job;
}

async function finish(server: TestServer, body: object): Promise<{ readonly job: Job; readonly text: string }> {
  const { id } = await start(server, body);
  await server.queue.deliver();
  const job = (await (await server.get(`/api/v1/jobs/${id}`)).json()) as Job;
  return { job, text: await (await server.get(`/api/v1/exports/${id}/file`)).text() };
}

describe('an export to a file', () => {
  test('holds no secret of the lines, of their labels or of their metadata: it is kept for a day', async () => {
    const server = await open();
    const secret = 'ghp_16C7e42F292c6912E7710c838347Ae178B4a';
    await server.push({ service_name: 'shop', route: `/login?token=${secret}`, password: 'hunter2' }, [
      [testNowMs - 17 * minuteMs, `level=warn Authorization: Bearer ${secret} was refused`],
    ]);
    for (const format of ['csv', 'json']) {
      const { job, text } = await finish(server, { format, lines: {} });
      expect(job.result).toMatchObject({ rowCount: 4 });
      expect(text).toContain('was refused');
      expect(text).not.toContain(secret);
      expect(text).not.toContain('hunter2');
    }
  });

  test('holds every line, as a spreadsheet may open it', async () => {
    const { job, text } = await finish(await open(), { format: 'csv', lines: {} });
    expect(job).toMatchObject({
      status: 'succeeded',
      progress: 1,
      result: { rowCount: 3, totalCount: 3, isComplete: true, readUpTo: null, sizeBytes: Buffer.byteLength(text) },
    });
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('timestamp,service,namespace,level,text,labels,metadata');
    expect(lines[1]).toContain(`,"'=HYPERLINK(""http://evil.example"",""click"")",`);
    expect(lines).toHaveLength(5);
  });

  test('as JSON is one document that says how much it holds', async () => {
    const { text } = await finish(await open(), { format: 'json', clusters: { sort: 'firstSeen', order: 'asc' } });
    expect(JSON.parse(text)).toMatchObject({
      rows: [{ eventCount: 1 }, { level: 'error' }, { level: 'info' }],
      ...{ rowCount: 3, totalCount: 3, isComplete: true },
    });
    const empty = await finish(await open(), { format: 'json', anomalies: {} });
    expect(JSON.parse(empty.text)).toEqual({ rows: [], rowCount: 0, totalCount: 0, isComplete: true });
  });

  test('that reaches a limit says so in the file and in its result', async () => {
    const server = await open({ maxRows: 2 });
    const lines = await finish(server, { format: 'csv', lines: {} });
    expect(lines.job.result).toMatchObject({
      ...{ rowCount: 2, totalCount: 3, isComplete: false, readUpTo: '2026-10-05T10:01:00.000Z' },
    });
    expect(lines.text.trim().split('\r\n').at(-1)).toBe('Limit reached: 2 of 3 rows');
    const chosen = await finish(server, { format: 'json', lines: { text: 'l' } });
    expect(JSON.parse(chosen.text)).toMatchObject({ rowCount: 2, totalCount: null, isComplete: false });
    const clusters = await finish(server, { format: 'csv', clusters: {} });
    expect(clusters.text.trim().split('\r\n').at(-1)).toBe('Limit reached: 2 of 3 rows');
  });

  test('is for who began it and for administrators, of the same tenant, for a day', async () => {
    const server = await open();
    const { job } = await finish(server, { format: 'csv', clusters: {} });
    const feature = await server.openFeature(server.tenantId);
    const callAs = (role: 'viewer' | 'admin', id: string) =>
      downloadExport(
        feature,
        { id: job.id },
        {
          ...{ requestId: 'r', signal: new AbortController().signal },
          principal: { tenantId: server.tenantId, role, actor: { kind: 'grafana-user', id, name: id } },
        }
      );
    await expect(callAs('viewer', 'eve')).rejects.toMatchObject({ code: 'not-found' });
    await expect(callAs('admin', 'adam')).resolves.toBeDefined();
    // From when it was begun: its first piece is older than its last.
    expect(job.result).toMatchObject({ expiresAt: new Date(testNowMs + exportKeptMs).toISOString() });
    server.clock.advance(exportKeptMs);
    expect((await server.get(`/api/v1/exports/${job.id}/file`)).status).toBe(404);
    expect(exportCutMs(server.clock.nowMs())).toBeLessThan(testNowMs);
  });

  test('breaks off when a piece is gone, rather than end as if it were whole', async () => {
    const server = await open();
    const id = await plantExport(server, 2);
    const response = await server.get(`/api/v1/exports/${id}/file`);
    await expect(response.text()).rejects.toThrow('broke off');
  });

  test('is listed for who began it, and makes room when they or an administrator delete it', async () => {
    const server = await open();
    const { job } = await finish(server, { format: 'csv', clusters: {} });
    const others = await plantExport(server);
    const list = async () => (await (await server.get('/api/v1/exports')).json()) as ListExportsResponse;
    const { fileName, rowCount, sizeBytes } = job.result as KeptExport;
    expect((await list()).exports).toMatchObject([{ id: job.id, fileName, rowCount, sizeBytes }]);
    const feature = await server.openFeature(server.tenantId);
    const deleteAs = (role: 'viewer' | 'admin', actorId: string, id: string) =>
      deleteExport(
        feature,
        { id },
        {
          ...{ requestId: 'r', signal: new AbortController().signal },
          principal: { tenantId: server.tenantId, role, actor: { kind: 'grafana-user', id: actorId, name: actorId } },
        }
      );
    await expect(deleteAs('viewer', 'eve', others)).rejects.toMatchObject({ code: 'not-found' });
    await expect(deleteAs('viewer', '7', others)).resolves.toEqual({ id: others });
    await expect(deleteAs('viewer', '7', others)).rejects.toMatchObject({ code: 'not-found' });
    await expect(deleteAs('admin', 'adam', job.id)).resolves.toEqual({ id: job.id });
    expect(await feature.exportFiles.readSize(server.tenantId)).toBe(0);
    expect((await list()).exports).toEqual([]);
    expect((await server.get(`/api/v1/exports/${job.id}/file`)).status).toBe(404);
  });

  test('that was cancelled before it began has no file', async () => {
    const server = await open();
    const { id } = await start(server, { format: 'csv', lines: {} });
    expect((await server.get(`/api/v1/jobs/${id}/cancel`, { method: 'POST', body: '{}', headers: json })).status).toBe(
      200
    );
    await server.queue.deliver();
    expect(await (await server.get(`/api/v1/jobs/${id}`)).json()).toMatchObject({ status: 'cancelled' });
    expect((await server.get(`/api/v1/exports/${id}/file`)).status).toBe(409);
  });

  test('that is stopped while it is written leaves no piece behind', async () => {
    const server = await open();
    const { tenantId, openFeature, clock } = server;
    const { exportFiles } = await openFeature(tenantId);
    const stop = new AbortController();
    const sizes: number[] = [];
    const kind = createExportKind({
      files: {
        write: async (...piece) => {
          await exportFiles.write(...piece);
          sizes.push(await exportFiles.readSize(tenantId));
          stop.abort();
        },
        read: (...piece) => exportFiles.read(...piece),
        readSize: (id) => exportFiles.readSize(id),
        listSizes: (id) => exportFiles.listSizes(id),
        delete: (...file) => exportFiles.delete(...file),
        deleteBefore: (...old) => exportFiles.deleteBefore(...old),
      },
      ...{ openFeature, clock, limits: exportLimits },
    });
    const actor = { kind: 'grafana-user', id: '7', name: 'ann' };
    const input = { request: { format: 'csv', lines: {} }, owner: actor };
    const newJob = { kind: kind.name, input, actor, requestId: 'r', webhookId: null };
    const { job } = await server.jobs.create(tenantId, newJob);
    const running = kind.run({ tenantId, job, signal: stop.signal, report: () => undefined });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect([sizes.map((size) => size > 0), await exportFiles.readSize(tenantId)]).toEqual([[true], 0]);
  });

  test('that cannot be read fails with the reason', async () => {
    const server = await open();
    const { id } = await start(server, { format: 'csv', lines: { query: 'sum(rate({a="b"}[1m]))' } });
    await server.queue.deliver();
    const job = (await (await server.get(`/api/v1/jobs/${id}`)).json()) as Job;
    expect(job).toMatchObject({ status: 'failed', attemptCount: 1 });
    expect(job.failure).toContain('answers numbers');
  });

  test.each([{ clusters: { services: ['shop'] } }, { lines: { limit: 1 } }, { anomalies: { services: ['shop'] } }])(
    'with a filter that there is not is refused, rather than be of everything: %j',
    async (content) => {
      const server = await createTestServer();
      const body = JSON.stringify({ format: 'csv', ...content });
      const response = await server.get('/api/v1/exports', { method: 'POST', body, headers: json });
      expect(await response.json()).toMatchObject({ status: 400, code: 'invalid-request' });
    }
  );

  test('is refused while the files of the last day take all the room', async () => {
    const server = await open({ maxTenantBytes: 10 });
    await finish(server, { format: 'csv', clusters: {} });
    const { id } = await start(server, { format: 'csv', lines: {} });
    await server.queue.deliver();
    const failed = { status: 'failed', failure: expect.stringContaining('take all the room') };
    expect(await (await server.get(`/api/v1/jobs/${id}`)).json()).toMatchObject(failed);
  });

  test('of another person is another job, also of the same table', async () => {
    const server = await open();
    const feature = await server.openFeature(server.tenantId);
    const startAs = (id: string) =>
      startExport(
        feature,
        { format: 'csv', clusters: {} },
        {
          ...{ requestId: 'r', signal: new AbortController().signal },
          principal: { tenantId: server.tenantId, role: 'viewer', actor: { kind: 'grafana-user', id, name: id } },
        }
      );
    const [ann, again, ben] = [await startAs('ann'), await startAs('ann'), await startAs('ben')];
    expect(again.id).toBe(ann.id);
    expect(ben.id).not.toBe(ann.id);
  });
});
