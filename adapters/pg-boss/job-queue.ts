import { PortError } from '@loghunter/ports';
import type {
  DeliveredMessage,
  JobMessage,
  JobQueue,
  QueueConnection,
  SqlDatabase,
  SqlSession,
} from '@loghunter/ports';
import { PgBoss, type Clock as BossClock, type ConstructorOptions, type Db, type Job } from 'pg-boss';

/** What the queue stands on. */
export interface JobQueueParts {
  /** Joins the unit of work around a call, so that a message is sent with what it is about, or not at all. */
  readonly database: SqlDatabase;
  /** Stays open when the queue stops. */
  readonly connection: QueueConnection;
  /** Told of failures in the background; pg-boss goes on by itself. */
  readonly observeFailure: (error: unknown) => void;
  /** pg-boss' TestClock, for tests. */
  readonly clock?: BossClock;
}

const schema = 'job_queue';
const queueName = 'jobs';

// A worker that died is noticed within heartbeat + monitor, 30 s, and another replica looks at its next turn.
const heartbeatSeconds = 20;
const heartbeatRefreshSeconds = 5;
const monitorIntervalSeconds = 10;
const pollingIntervalSeconds = 2;
// A run is ended by its own rules; this only bounds one that hangs and still sends heartbeats.
const maxRunSeconds = 24 * 3600;
// Of deliveries after deaths of workers. Tries after failures are messages of their own.
const maxRedeliveries = 10;

/** The job queue on pg-boss, in its own schema and role. Messages hold ids only. */
export async function createJobQueue(parts: JobQueueParts): Promise<JobQueue> {
  const boss = new PgBoss(bossOptions(parts));
  boss.on('error', parts.observeFailure);
  await boss.start();
  await boss.createQueue(queueName, { heartbeatSeconds, retryLimit: maxRedeliveries, expireInSeconds: maxRunSeconds });
  // Known from here on: a send looks up nothing, which on the embedded database would wait for the transaction around it.
  await boss.getQueueStats(queueName);
  const wake = () => boss.getWipData().forEach(({ id }) => boss.notifyWorker(id));
  return {
    async send(message, { priority, delaySeconds }) {
      await parts.database.withTenant(message.tenantId, (session) =>
        asQueueRole(session, async () => {
          const options = { db: toBossDatabase(session), priority, startAfter: delaySeconds };
          if ((await boss.send(queueName, { ...message }, options)) === null) {
            throw new PortError({ system: parts.database.system, kind: 'conflict', message: 'The job was not queued' });
          }
        })
      );
    },
    wake,
    async work(concurrency, handle) {
      await boss.work<JobMessage>(
        queueName,
        { localConcurrency: concurrency, pollingIntervalSeconds, heartbeatRefreshSeconds, includeMetadata: false },
        async ([job]) => {
          if (job !== undefined) {
            await handle(toDelivered(job));
            // Another one may wait: the worker looks again when this one is settled, not at its next turn.
            wake();
          }
        }
      );
    },
    async schedule(name, cron, handle) {
      // One run at a time, and one missed run is no reason for two.
      await boss.createQueue(name, {
        policy: 'stately',
        heartbeatSeconds,
        retryLimit: 2,
        expireInSeconds: maxRunSeconds,
      });
      await boss.work(name, { pollingIntervalSeconds, heartbeatRefreshSeconds }, handle);
      await boss.schedule(name, cron, null, { tz: 'UTC' });
    },
    stop: () => boss.stop({ graceful: true, timeout: 15_000, close: false }),
  };
}

function bossOptions(parts: JobQueueParts): ConstructorOptions {
  const { connection } = parts;
  return {
    db: {
      executeSql: async (text, values) => {
        const { rows } = await connection.executeSql(text, values);
        return { rows: [...rows] };
      },
      setSessionStatements: (statements) => connection.setSessionStatements(statements),
    },
    schema,
    backend: connection.system,
    // The schema is made by the project's migrations, whose owner the queue's role is not.
    migrate: false,
    createSchema: false,
    reindex: false,
    monitorVacuum: false,
    monitorIntervalSeconds,
    superviseIntervalSeconds: monitorIntervalSeconds,
    ...(parts.clock === undefined ? {} : { clock: parts.clock }),
  };
}

function toDelivered(job: Job<JobMessage>): DeliveredMessage {
  return { ...job.data, isRedelivered: job.retryCount > 0, signal: job.signal };
}

// The role goes back when the transaction ends in any way; inside it the tenant's statements follow.
async function asQueueRole<T>(session: SqlSession, work: () => Promise<T>): Promise<T> {
  await session.query(`select set_config('role', 'loghunter_jobs', true)`);
  const value = await work();
  await session.query(`select set_config('role', 'loghunter_app', true)`);
  return value;
}

function toBossDatabase(session: SqlSession): Db {
  return {
    executeSql: async (text, values = []) => ({
      rows: [...(await session.query(text, values as ReadonlyArray<string | number | null>))],
    }),
  };
}
