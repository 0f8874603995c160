// A worker as a process of its own, to be killed: takes jobs of the kind `nap`, which sleep and return how long.
import { setTimeout as sleep } from 'node:timers/promises';
import { createMemoryCache } from '@loghunter/adapters/memory-cache';
import { createJobQueue } from '@loghunter/adapters/pg-boss';
import { connectPostgres, connectPostgresQueue } from '@loghunter/adapters/postgres';
import { createAuditLog, createJobStore, createUnitOfWork } from '@loghunter/adapters/sql-stores';
import { pino } from 'pino';
import { systemClock } from '../../bff/clock.ts';
import type { JobKind } from '../../bff/jobs/job-kind.ts';
import { startWorkers } from '../../bff/jobs/start-workers.ts';

const [, , url = ''] = process.argv;

const nap: JobKind = {
  name: 'nap',
  role: 'admin',
  // Deaths count as tries: as many as a test may cause to one job.
  retryDelaysSeconds: Array.from({ length: 60 }, () => 1),
  async run({ job, signal, report }) {
    const ms = Number(job.input['ms']);
    for (let slept = 0; slept < ms; slept += 100) {
      await sleep(100, undefined, { signal });
      report(slept / ms, `${slept} ms`);
    }
    return { ms };
  },
};

const { database, unitOfWork } = createUnitOfWork(connectPostgres({ url }));
const queue = await createJobQueue({
  database,
  connection: connectPostgresQueue({ url }),
  observeFailure: (error) => process.stderr.write(`${String(error)}\n`),
});
await startWorkers(
  {
    ...{ jobs: createJobStore(database), queue, unitOfWork, auditLog: createAuditLog(database), kinds: [nap] },
    ...{ cache: createMemoryCache(), clock: systemClock, logger: pino({ level: 'silent' }) },
  },
  2
);
process.stdout.write('ready\n');
