import { describe, expect, test } from 'vitest';
import type { Job } from '@loghunter/contracts';
import { generateKey } from '../api-keys/key-format.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';
import { createFakeUnitOfWork } from '@loghunter/ports/testing';
import { pino } from 'pino';
import { JobError, type JobKind, type JobRun } from './job-kind.ts';
import { startWorkers } from './start-workers.ts';
import { startJob } from './start-job.ts';

const json = { 'Content-Type': 'application/json' };

function createKind(run: JobKind['run'], retryDelaysSeconds: readonly number[] = [10, 20]): JobKind {
  return { name: 'retention', role: 'admin', retryDelaysSeconds, run };
}

async function open(kind: JobKind) {
  const server = await createTestServer({ jobKinds: [kind] });
  const stop = await startWorkers(
    {
      ...{ jobs: server.jobs, queue: server.queue, unitOfWork: createFakeUnitOfWork(), auditLog: server.auditLog },
      ...{ cache: server.cache, clock: server.clock, logger: pino({ level: 'silent' }), kinds: [kind] },
    },
    1
  );
  return { server, stop };
}

async function post(server: TestServer, path: string, body: object = {}): Promise<{ status: number; job: Job }> {
  const response = await server.get(path, { method: 'POST', body: JSON.stringify(body), headers: json });
  return { status: response.status, job: (await response.json()) as Job };
}

async function get(server: TestServer, id: string): Promise<Job> {
  return (await (await server.get(`/api/v1/jobs/${id}`)).json()) as Job;
}

describe('jobs', () => {
  test('are accepted at once and run later, with their result', async () => {
    const { server } = await open(createKind(() => Promise.resolve({ answer: 7 })));
    const { status, job } = await post(server, '/api/v1/jobs', { kind: 'retention' });
    expect([status, job.status]).toEqual([202, 'queued']);
    await server.queue.deliver();
    expect(await get(server, job.id)).toMatchObject({ status: 'succeeded', progress: 1, result: { answer: 7 } });
  });

  test('may be asked for and end with any text', async () => {
    const { server } = await open(createKind(() => Promise.resolve({ text: 'nul \0, half \ud800' })));
    const { job } = await server.jobs.create(server.tenantId, {
      ...{ kind: 'retention', input: { text: 'nul \0' }, requestId: 'r', webhookId: null },
      actor: { kind: 'test', id: 'test', name: 'half \ud800' },
    });
    await server.queue.send(
      { tenantId: server.tenantId, jobId: job.id, sendCount: job.sendCount },
      { priority: 0, delaySeconds: 0 }
    );
    await server.queue.deliver();
    expect(await get(server, job.id)).toMatchObject({
      status: 'succeeded',
      result: { text: 'nul \ufffd, half \ufffd' },
    });
  });

  test('that ask for the same are one while it is open, and a new one afterwards', async () => {
    const { server } = await open(createKind(() => Promise.resolve(null)));
    const ids = [];
    for (let n = 0; n < 3; n += 1) {
      ids.push((await post(server, '/api/v1/jobs', { kind: 'retention' })).job.id);
    }
    expect(new Set(ids).size).toBe(1);
    expect(server.queue.sent).toHaveLength(1);
    await server.queue.deliver();
    expect((await post(server, '/api/v1/jobs', { kind: 'retention' })).job.id).not.toBe(ids[0]);
  });

  test('that fail are tried again after a pause, and are left as failed with their reason at the end', async () => {
    const { server } = await open(
      createKind(() => Promise.reject(new JobError('the receiver is away', { isRetryable: true })))
    );
    const { job } = await post(server, '/api/v1/jobs', { kind: 'retention' });
    await server.queue.deliver();
    expect(await get(server, job.id)).toMatchObject({ status: 'queued', failure: 'the receiver is away' });
    await server.queue.deliver();
    await server.queue.deliver();
    expect(await get(server, job.id)).toMatchObject({ status: 'failed', attemptCount: 3 });
    const delays = server.queue.sent.map(({ delaySeconds }) => delaySeconds);
    expect(delays[0]).toBe(0);
    expect(delays[1]).toBeGreaterThanOrEqual(5);
    expect(delays[1]).toBeLessThanOrEqual(10);
    expect(delays[2]).toBeGreaterThanOrEqual(10);
  });

  test('that cannot succeed are not tried again, and faults of ours do not show their text', async () => {
    const { server } = await open(createKind(() => Promise.reject(new JobError('no', { isRetryable: false }))));
    const { job } = await post(server, '/api/v1/jobs', { kind: 'retention' });
    await server.queue.deliver();
    expect(await get(server, job.id)).toMatchObject({ status: 'failed', failure: 'no', attemptCount: 1 });

    const faulty = await open(createKind(() => Promise.reject(new TypeError('secret detail')), []));
    const second = await post(faulty.server, '/api/v1/jobs', { kind: 'retention' });
    await faulty.server.queue.deliver();
    expect((await get(faulty.server, second.job.id)).failure).not.toContain('secret');
  });

  test('that failed can be begun again by an administrator, others cannot', async () => {
    let isBroken = true;
    const { server } = await open(
      createKind(() =>
        isBroken ? Promise.reject(new JobError('no', { isRetryable: false })) : Promise.resolve('done')
      )
    );
    const { job } = await post(server, '/api/v1/jobs', { kind: 'retention' });
    expect((await post(server, `/api/v1/jobs/${job.id}/retry`)).status).toBe(409);
    await server.queue.deliver();
    isBroken = false;
    expect((await post(server, `/api/v1/jobs/${job.id}/retry`)).status).toBe(202);
    expect((await get(server, job.id)).status).toBe('queued');
    await server.queue.deliver();
    expect(await get(server, job.id)).toMatchObject({ status: 'succeeded', result: 'done' });
  });

  test('that failed or were cancelled are not begun again by viewers, whoever began them', async () => {
    const server = await createTestServer({ role: null, jobKinds: [createKind(() => Promise.resolve(null))] });
    const { text, ...kept } = generateKey();
    const facts = { name: 'k', scopes: ['read'], hourlyLimit: null, expiresAtMs: null, createdBy: 'test' };
    const { id: keyId } = await server.apiKeys.createKey(server.tenantId, { ...kept, ...facts });
    const parts = { jobs: server.jobs, queue: server.queue, unitOfWork: createFakeUnitOfWork() };
    for (const id of [keyId, 'somebody else']) {
      const actor = { kind: 'api-key', id, name: 'k' };
      const wanted = { kind: 'export', input: { owner: id }, actor, requestId: 'r', webhookId: null };
      const job = await startJob(parts, server.tenantId, wanted);
      await server.jobs.requestCancel(server.tenantId, job.id);
      const answer = await server.get(`/api/v1/jobs/${job.id}/retry`, {
        ...{ method: 'POST', headers: { 'X-API-Key': text } },
      });
      expect([answer.status, await server.jobs.get(server.tenantId, job.id)]).toMatchObject([
        403,
        { status: 'cancelled' },
      ]);
    }
  });

  test('that run stop within a second of being cancelled', async () => {
    const began = Promise.withResolvers<JobRun>();
    const { server } = await open(
      createKind((run) => {
        began.resolve(run);
        return new Promise(() => undefined);
      })
    );
    const { job } = await post(server, '/api/v1/jobs', { kind: 'retention' });
    const delivered = server.queue.deliver();
    const run = await began.promise;
    await post(server, `/api/v1/jobs/${job.id}/cancel`);
    const heard = new Promise((resolve) => run.signal.addEventListener('abort', resolve));
    await server.clock.whenSleeping(1);
    server.clock.advance(1000);
    await heard;
    await delivered;
    expect((await get(server, job.id)).status).toBe('cancelled');
  });

  test('that wait are cancelled at once and never run', async () => {
    let runCount = 0;
    const { server } = await open(createKind(() => Promise.resolve((runCount += 1))));
    const { job } = await post(server, '/api/v1/jobs', { kind: 'retention' });
    expect((await post(server, `/api/v1/jobs/${job.id}/cancel`)).job.status).toBe('cancelled');
    await server.queue.deliver();
    expect(runCount).toBe(0);
  });

  test('that run when the server stops go back into the queue and lose no try', async () => {
    const began = Promise.withResolvers<void>();
    const { server, stop } = await open(
      createKind(() => {
        began.resolve();
        return new Promise(() => undefined);
      })
    );
    const { job } = await post(server, '/api/v1/jobs', { kind: 'retention' });
    const delivered = server.queue.deliver();
    await began.promise;
    await stop();
    await delivered;
    expect(await get(server, job.id)).toMatchObject({ status: 'queued', attemptCount: 0, failure: null });
    expect(server.queue.sent).toHaveLength(2);
  });

  test('say what they do while they run, as a stream that ends with them', async () => {
    const proceed = Promise.withResolvers<void>();
    const { server } = await open(
      createKind(async (run) => {
        run.report(0.5, 'half of it');
        await proceed.promise;
        return null;
      })
    );
    const { job } = await post(server, '/api/v1/jobs', { kind: 'retention' });
    const response = await server.get(`/api/v1/jobs/${job.id}/events`);
    expect(response.headers.get('Content-Type')).toBe('text/event-stream');
    const text = response.text();
    const delivered = server.queue.deliver();
    for (let n = 0; n < 6; n += 1) {
      await server.clock.whenSleeping(2);
      server.clock.advance(600);
    }
    proceed.resolve();
    await delivered;
    await server.clock.whenSleeping(1);
    server.clock.advance(600);
    const events = (await text).split('\n\n').filter((line) => line !== '');
    const jobs = events.map((line) => JSON.parse(line.replace(/^data: /, '')) as Job);
    expect(jobs.map(({ status }) => status).filter((status, n, all) => status !== all[n - 1])).toEqual(
      expect.arrayContaining(['running', 'succeeded'])
    );
    expect(jobs.some(({ progress, progressText }) => progress === 0.5 && progressText === 'half of it')).toBe(true);
    expect(jobs.at(-1)?.status).toBe('succeeded');
  });

  test('leave a row in the audit log when they end, and their state in the cache', async () => {
    const { server } = await open(createKind(() => Promise.resolve(1)));
    const { job } = await post(server, '/api/v1/jobs', { kind: 'retention' });
    await server.queue.deliver();
    expect(server.auditLog.records.map(({ action, result }) => [action, result])).toEqual([
      ['startJob', 'ok'],
      ['job:retention', 'ok'],
    ]);
    expect(await server.cache.get(`job:${job.id}`)).toContain('"status":"succeeded"');
  });

  test('of a tenant with many wait behind the first of another', async () => {
    const { server } = await open(createKind(() => Promise.resolve(1)));
    const parts = { jobs: server.jobs, queue: server.queue, unitOfWork: createFakeUnitOfWork() };
    const actor = { kind: 'installation', id: 'x', name: 'x' };
    const begin = (tenantId: string, n: number) =>
      startJob(parts, tenantId, { kind: 'retention', input: { n }, actor, requestId: 'r', webhookId: null });
    for (let n = 0; n < 20; n += 1) {
      await begin(server.tenantId, n);
    }
    const other = crypto.randomUUID();
    await begin(other, 0);
    const order = [...server.queue.sent].sort((a, b) => b.priority - a.priority).map(({ tenantId }) => tenantId);
    expect(order.indexOf(other)).toBeLessThanOrEqual(1);
  });

  test('whose worker died at every try are failed and not begun again', async () => {
    let runCount = 0;
    const { server } = await open(createKind(() => Promise.resolve((runCount += 1)), [1]));
    const { job } = await post(server, '/api/v1/jobs', { kind: 'retention' });
    for (let n = 0; n < 2; n += 1) {
      const claim = await server.jobs.claim(server.tenantId, job.id, { sendCount: 1, isRedelivered: true });
      expect(claim).not.toBeNull();
    }
    // Not given up by anybody: no second worker takes it.
    expect(await server.jobs.claim(server.tenantId, job.id, { sendCount: 1, isRedelivered: false })).toBeNull();
    await server.queue.deliver(true);
    expect(await get(server, job.id)).toMatchObject({ status: 'failed', failure: expect.stringContaining('died') });
    expect(runCount).toBe(0);
  });
});
