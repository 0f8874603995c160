// Jobs that end while people change things: both write the live news and the audit log, of which each has one end in a tenant.
import { createFakeCache, createFakeJobQueue } from '@loghunter/ports/testing';
import { connectPostgres } from '@loghunter/adapters/postgres';
import {
  createAuditLog,
  createJobStore,
  createLedger,
  createLiveStore,
  createUnitOfWork,
} from '@loghunter/adapters/sql-stores';
import type { LiveTopic } from '@loghunter/ports';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { runJob } from '../../bff/jobs/job-runner.ts';
import { systemClock } from '../../bff/clock.ts';
import { hasPostgres, startPostgres } from '../servers/postgres.ts';
import { migrate } from './sql-database.ts';

const jobCount = 60;
const actor = { kind: 'test', id: 'test', name: 'test' };

test.skipIf(!hasPostgres())('no job runs twice and no change fails because both wait for each other', async () => {
  const postgres = await startPostgres();
  await migrate(postgres.url);
  const { database, unitOfWork } = createUnitOfWork(connectPostgres({ url: postgres.url }));
  try {
    const { id: tenantId } = await createLedger(database).ensureTenant('one', null);
    const [jobs, auditLog, liveStore] = [createJobStore(database), createAuditLog(database), createLiveStore(database)];
    const announce = async (tenant: string, topic: LiveTopic, ids: readonly string[]) => {
      await liveStore.append(tenant, { topic, ids, atMs: Date.now() });
    };
    let runCount = 0;
    const run = async () => {
      runCount += 1;
      return null;
    };
    const parts = {
      ...{ jobs, unitOfWork, auditLog, queue: createFakeJobQueue(), cache: createFakeCache(), clock: systemClock },
      ...{ kinds: [{ name: 'nap', role: 'admin' as const, retryDelaysSeconds: [], run }] },
      ...{ logger: pino({ level: 'silent' }), live: { announce } },
    };
    const end = new AbortController();
    // As bff/audit does a change: its news first, its row last.
    const changes = (async () => {
      const record = { occurredAtMs: Date.now(), actor, action: 'changeWork', object: { kind: 'clusters', id: '' } };
      while (!end.signal.aborted) {
        await unitOfWork.run(tenantId, async () => {
          await announce(tenantId, 'cluster-work', ['a']);
          await auditLog.append(tenantId, [{ ...record, result: 'ok', requestId: 'r', details: {} }]);
        });
      }
    })();
    for (let index = 0; index < jobCount; index += 1) {
      const { job } = await jobs.create(tenantId, {
        ...{ kind: 'nap', input: { index }, actor, requestId: 'r', webhookId: null },
      });
      const message = { tenantId, jobId: job.id, sendCount: job.sendCount, isRedelivered: false };
      await runJob(parts, { ...message, signal: end.signal }, end.signal);
    }
    end.abort();
    await changes;
    expect(runCount).toBe(jobCount);
  } finally {
    await database.close();
    await postgres.stop();
  }
});
