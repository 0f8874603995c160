import type { AuditLog, Cache, Clock, DeliveredMessage, Job, JobClaim, JobOutcome } from '@loghunter/ports';
import { isPortError } from '@loghunter/ports';
import type { Logger } from 'pino';
import type { LiveFeed } from '../live/live-feed.ts';
import { isJobError, type JobKind } from './job-kind.ts';
import { mirrorJob } from './job-mirror.ts';
import { hasEnded } from './present-job.ts';
import { sendJob, startJob, type JobStartParts } from './start-job.ts';

/** How often a run states its progress and asks whether it is to stop: the longest time that a cancel takes to be heard. */
const reportIntervalMs = 500;

/** What running jobs needs. */
export interface JobRunnerParts extends JobStartParts {
  readonly kinds: readonly JobKind[];
  readonly auditLog: AuditLog;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Tells open pages when a job begins and ends; absent: nobody listens. */
  readonly live?: Pick<LiveFeed, 'announce'>;
}

type Ending = 'cancel' | 'lost' | 'stop';

/** Runs one message of the queue to its end; `stop` is aborted when the server stops. */
export async function runJob(parts: JobRunnerParts, message: DeliveredMessage, stop: AbortSignal): Promise<void> {
  const { tenantId, jobId } = message;
  const claimed = await parts.jobs.claim(tenantId, jobId, message);
  if (claimed === null) {
    return;
  }
  const { job, claim } = claimed;
  await mirrorJob(parts.cache, tenantId, job);
  await parts.live?.announce(tenantId, 'job', [jobId]);
  const kind = parts.kinds.find(({ name }) => name === job.kind);
  const outcome =
    kind === undefined
      ? failure(`This release knows no job of the kind ${job.kind}`)
      : job.attemptCount > kind.retryDelaysSeconds.length + 1
        ? failure(`A worker died at each of ${job.attemptCount - 1} attempts`)
        : await attempt(parts, kind, { tenantId, job, claim, signals: [message.signal, stop] });
  if (outcome !== null) {
    await finish(parts, tenantId, claim, outcome);
  }
}

interface Attempt {
  readonly tenantId: string;
  readonly job: Job;
  readonly claim: JobClaim;
  readonly signals: readonly AbortSignal[];
}

interface DelayedOutcome extends JobOutcome {
  /** Of `queued`. */
  readonly delaySeconds: number;
}

function failure(reason: string): DelayedOutcome {
  return { status: 'failed', result: null, failure: reason, delaySeconds: 0 };
}

/** Runs the job beside a watch that states progress; null when the job is no longer this run's. */
async function attempt(parts: JobRunnerParts, kind: JobKind, run: Attempt): Promise<DelayedOutcome | null> {
  const { tenantId, job, claim } = run;
  let progress = { fraction: 0, text: '' };
  const ending = new AbortController();
  const done = new AbortController();
  const onStop = () => ending.abort('stop' satisfies Ending);
  run.signals.forEach((signal) => signal.addEventListener('abort', onStop));
  if (run.signals.some((signal) => signal.aborted)) {
    onStop();
  }
  async function watch(): Promise<void> {
    while (!done.signal.aborted) {
      const answer = await parts.jobs.report(tenantId, claim, progress).catch((error: unknown) => {
        // A database that is away for a moment is no reason to throw the work away; a lost claim is noticed at the end.
        parts.logger.warn({ err: error, jobId: job.id }, 'progress of a job was not written');
        return 'continue' as const;
      });
      if (answer !== 'continue') {
        ending.abort(answer satisfies Ending);
        return;
      }
      await parts.clock.sleep(reportIntervalMs, done.signal);
    }
  }
  const watching = watch();
  try {
    const working = kind.run({
      ...{ tenantId, job, signal: ending.signal },
      report: (fraction, text) => (progress = { fraction, text }),
    });
    const result = await Promise.race([working, rejectAtEnd(ending.signal)]);
    return { status: 'succeeded', result, failure: null, delaySeconds: 0 };
  } catch (error) {
    return endOf(parts, kind, job, error, ending.signal);
  } finally {
    done.abort();
    await watching;
    run.signals.forEach((signal) => signal.removeEventListener('abort', onStop));
  }
}

// Work that does not look at its signal is left behind: nothing it writes afterwards is the job's.
function rejectAtEnd(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('The job was ended', 'AbortError')));
  });
}

function endOf(
  parts: JobRunnerParts,
  kind: JobKind,
  job: Job,
  error: unknown,
  ending: AbortSignal
): DelayedOutcome | null {
  if (ending.aborted) {
    switch (ending.reason as Ending) {
      case 'lost':
        return null;
      case 'cancel':
        return { status: 'cancelled', result: null, failure: null, delaySeconds: 0 };
      case 'stop':
        return { status: 'queued', result: null, failure: null, delaySeconds: 0 };
    }
  }
  parts.logger.warn({ err: error, jobId: job.id, kind: kind.name }, 'a job failed');
  const reason = describe(error);
  const isFinal = (isJobError(error) || isPortError(error)) && !error.isRetryable;
  const pause = kind.retryDelaysSeconds[job.attemptCount - 1];
  if (isFinal || pause === undefined) {
    return failure(reason);
  }
  // Half of it by chance, so that jobs that failed together do not come back together.
  const jittered = Math.ceil(pause / 2 + (pause / 2) * Math.random());
  const asked = isJobError(error) ? error.retryAfterSeconds : null;
  return { status: 'queued', result: null, failure: reason, delaySeconds: Math.max(jittered, asked ?? 0) };
}

// Messages of errors that are not made for people may hold anything.
function describe(error: unknown): string {
  return isJobError(error) || isPortError(error)
    ? error.message
    : 'It failed for a reason that is in the server log under its id';
}

/**
 * State, audit row, next try and webhook are one transaction. The audit row comes last, as in changes of people: who holds the end of the audit
 * log and waits for the place of the live news, while somebody else has these the other way round, waits for ever.
 */
async function finish(
  parts: JobRunnerParts,
  tenantId: string,
  claim: JobClaim,
  outcome: DelayedOutcome
): Promise<void> {
  const job = await parts.unitOfWork.run(tenantId, async () => {
    const finished = await parts.jobs.finish(tenantId, claim, outcome);
    if (finished === null) {
      return null;
    }
    if (!hasEnded(finished)) {
      await sendJob(parts, tenantId, finished, outcome.delaySeconds);
      return finished;
    }
    await tellWebhook(parts, tenantId, finished);
    await parts.live?.announce(tenantId, 'job', [finished.id]);
    await parts.auditLog.append(tenantId, [
      {
        occurredAtMs: parts.clock.nowMs(),
        actor: finished.actor,
        action: `job:${finished.kind}`,
        object: { kind: 'jobs', id: finished.id },
        result: finished.status === 'succeeded' ? 'ok' : finished.status,
        requestId: finished.requestId,
        details: {
          attemptCount: finished.attemptCount,
          ...(outcome.failure === null ? {} : { failure: outcome.failure }),
        },
      },
    ]);
    return finished;
  });
  if (job !== null) {
    await mirrorJob(parts.cache, tenantId, job);
  }
}

async function tellWebhook(parts: JobRunnerParts, tenantId: string, job: Job): Promise<void> {
  if (job.webhookId !== null) {
    await startJob(parts, tenantId, {
      kind: 'webhook-delivery',
      input: { webhookId: job.webhookId, jobId: job.id, jobKind: job.kind, status: job.status, attempt: job.sendCount },
      actor: job.actor,
      requestId: job.requestId,
      webhookId: null,
    });
  }
}
