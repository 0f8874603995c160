import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { TestClock } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createJobQueue } from '@loghunter/adapters/pg-boss';
import { connectPostgres, connectPostgresQueue } from '@loghunter/adapters/postgres';
import { createAuditLog, createJobStore, createLedger, createUnitOfWork } from '@loghunter/adapters/sql-stores';
import type { JobQueue, JobStore, UnitOfWork } from '@loghunter/ports';
import { startJob } from '../../bff/jobs/start-job.ts';
import { hasPostgres, startPostgres, type RunningPostgres } from '../servers/postgres.ts';
import { migrate } from './sql-database.ts';

const processPath = fileURLToPath(new URL('./job-process.ts', import.meta.url));
const isSoak = process.env['SOAK'] === '1';
const killCount = isSoak ? 50 : 5;
/** A dead worker is missed after 20 s, looked for every 10 s, and another one looks every 2 s; the rest is the work itself. */
const maxRecoveryMs = 45_000;
const actor = { kind: 'test', id: 'test', name: 'test' };

describe.skipIf(!hasPostgres())('jobs on Postgres', () => {
  let postgres: RunningPostgres;
  let stop: Array<() => Promise<unknown>> = [];
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });

  interface Opened {
    readonly url: string;
    readonly tenantId: string;
    readonly jobs: JobStore;
    readonly queue: JobQueue;
    readonly unitOfWork: UnitOfWork;
    readonly countEnds: () => Promise<ReadonlyMap<string, number>>;
  }

  async function open(): Promise<Opened> {
    const url = await postgres.createDatabase();
    await migrate(url);
    const separate = connectPostgres({ url });
    const { database, unitOfWork } = createUnitOfWork(separate);
    const connection = connectPostgresQueue({ url });
    const queue = await createJobQueue({ database, connection, observeFailure: () => undefined });
    const { id: tenantId } = await createLedger(database).ensureTenant('one', null);
    stop = [() => queue.stop(), () => connection.close(), () => separate.close()];
    onTestFinished(async () => {
      for (const close of stop) {
        await close();
      }
    });
    const auditLog = createAuditLog(database);
    return {
      ...{ url, tenantId, jobs: createJobStore(database), queue, unitOfWork },
      async countEnds() {
        const entries = await auditLog.list(tenantId, { action: 'job:nap' }, { beforeSequence: null, limit: 10_000 });
        const counts = new Map<string, number>();
        entries.forEach(({ object }) => counts.set(object.id, (counts.get(object.id) ?? 0) + 1));
        return counts;
      },
    };
  }

  async function startWorker(url: string): Promise<ChildProcess> {
    const child = spawn(process.execPath, [processPath, url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    process.once('exit', () => child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    return child;
  }

  const begin = (opened: Opened, ms: number, n: number) =>
    startJob(opened, opened.tenantId, { kind: 'nap', input: { ms, n }, actor, requestId: 'test', webhookId: null });

  test(
    `${killCount} workers killed in mid-job lose no job and end none twice`,
    { timeout: isSoak ? 1_800_000 : 240_000 },
    async () => {
      const opened = await open();
      const workers = [await startWorker(opened.url), await startWorker(opened.url)];
      onTestFinished(() => workers.forEach((worker) => worker.kill('SIGKILL')));
      const jobCount = killCount * 2;
      const ids = new Set<string>();
      for (let n = 0; n < jobCount; n += 1) {
        ids.add((await begin(opened, 1500, n)).id);
      }
      for (let kill = 0; kill < killCount; kill += 1) {
        const index = kill % workers.length;
        // It has work: a death between jobs proves nothing.
        await waitFor(
          async () => (await opened.jobs.list(opened.tenantId, { status: 'running', limit: 10, offset: 0 })).length > 0
        );
        await sleep(300);
        const killed = workers[index];
        killed?.kill('SIGKILL');
        workers[index] = await startWorker(opened.url);
      }
      const lastKillMs = Date.now();
      await waitFor(
        async () => {
          const open = await opened.jobs.countOpen(opened.tenantId);
          return open === 0;
        },
        maxRecoveryMs + 1500 * jobCount
      );
      const jobs = await opened.jobs.list(opened.tenantId, { limit: 200, offset: 0 });
      console.log(
        'last kill to all done',
        Date.now() - lastKillMs,
        'ms; attempts',
        jobs.map((job) => job.attemptCount).join()
      );
      expect(jobs.filter(({ status }) => status === 'succeeded')).toHaveLength(jobCount);
      // Jobs whose worker was killed have begun twice and more.
      expect(jobs.filter(({ attemptCount }) => attemptCount > 1).length).toBeGreaterThanOrEqual(Math.min(3, killCount));
      const ends = await opened.countEnds();
      expect([...ends.values()].every((count) => count === 1)).toBe(true);
      expect(new Set(ends.keys())).toEqual(ids);
    }
  );

  test('a worker that was taken for dead cannot write what it did', { timeout: 120_000 }, async () => {
    const opened = await open();
    const worker = await startWorker(opened.url);
    onTestFinished(() => void worker.kill('SIGKILL'));
    const { id } = await begin(opened, 2000, 1);
    await waitFor(async () => (await opened.jobs.get(opened.tenantId, id))?.status === 'running');
    worker.kill('SIGSTOP');
    const other = await startWorker(opened.url);
    onTestFinished(() => void other.kill('SIGKILL'));
    const beganMs = Date.now();
    await waitFor(async () => (await opened.jobs.get(opened.tenantId, id))?.status === 'succeeded', maxRecoveryMs);
    console.log('taken over and done after', Date.now() - beganMs, 'ms');
    worker.kill('SIGCONT');
    await sleep(3000);
    expect(await opened.jobs.get(opened.tenantId, id)).toMatchObject({ status: 'succeeded', attemptCount: 2 });
    expect(await opened.countEnds()).toEqual(new Map([[id, 1]]));
  });

  test('a job and its message are one transaction', async () => {
    const opened = await open();
    const failing = opened.unitOfWork.run(opened.tenantId, async () => {
      await begin(opened, 1, 1);
      throw new TypeError('after the send');
    });
    await expect(failing).rejects.toThrow('after the send');
    expect(await opened.jobs.countOpen(opened.tenantId)).toBe(0);
    expect(await postgres.runAsSuperuser(opened.url, `select count(*) from job_queue.job where name = 'jobs'`)).toBe(
      '0'
    );
    await begin(opened, 1, 1);
    expect(await postgres.runAsSuperuser(opened.url, `select count(*) from job_queue.job where name = 'jobs'`)).toBe(
      '1'
    );
    // Ids only.
    const data = await postgres.runAsSuperuser(opened.url, `select data from job_queue.job where name = 'jobs'`);
    expect(Object.keys(JSON.parse(data) as object).sort()).toEqual(['jobId', 'sendCount', 'tenantId']);
  });

  test('the same request 100 times at once is one job', async () => {
    const opened = await open();
    const jobs = await Promise.all(Array.from({ length: 100 }, () => begin(opened, 1, 7)));
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
  });

  test('30 ticks of a schedule of a minute on three replicas are 30 runs', { timeout: 180_000 }, async () => {
    const url = await postgres.createDatabase();
    await migrate(url);
    const { database } = createUnitOfWork(connectPostgres({ url }));
    const clock = new TestClock(new Date('2026-11-21T10:00:30Z'));
    const runMinutes: number[] = [];
    const closers: Array<() => Promise<unknown>> = [];
    for (let replica = 0; replica < 3; replica += 1) {
      // As the schema's owner: a test clock replaces the function that tells the queue's time.
      const connection = connectPostgresQueue({ url, role: null });
      const queue = await createJobQueue({ database, connection, observeFailure: () => undefined, clock });
      await queue.schedule('every-minute', '* * * * *', () => {
        runMinutes.push(Math.floor(clock.now() / 60_000));
        return Promise.resolve();
      });
      closers.push(async () => {
        await queue.stop();
        await connection.close();
      });
    }
    onTestFinished(async () => {
      for (const close of closers) {
        await close();
      }
      await database.close();
    });
    for (let tick = 0; tick < 30; tick += 1) {
      await clock.tick(60_000);
    }
    await clock.tick(20_000);
    await sleep(500);
    const from = new Date('2026-11-21T10:00:00Z').getTime() / 60_000;
    // The minute under way at the start is the queue's to run or not; those that began while it ran are 30, and each has one run.
    const counts = Map.groupBy(
      runMinutes.map((minute) => minute - from),
      (minute) => minute
    );
    expect([...counts].filter(([minute]) => minute > 0).map(([minute, runs]) => [minute, runs.length])).toEqual(
      Array.from({ length: 30 }, (_, n) => [n + 1, 1])
    );
  });
});

async function waitFor(condition: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const deadlineMs = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadlineMs) {
      throw new Error(`not within ${timeoutMs} ms`);
    }
    await sleep(100);
  }
}
