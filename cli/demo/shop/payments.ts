import type { Level } from '@loghunter/engine/severity';
import type { CallResult, Moment, Visit } from './moment.ts';
import { logConnectionRefused } from './postgres.ts';
import { isoTime } from './time-text.ts';
import { paymentsVersionAt } from './timeline.ts';

const poolSize = 20;
const acquireTimeoutMs = 5000;

/** Writes a logfmt line as Go's slog does. */
function write(visit: Visit, level: Level, message: string, fields: string): void {
  const word = level === 'warn' ? 'WARN' : level.toUpperCase();
  const line = `time=${isoTime(visit.atMs)} level=${word} msg="${message}" ${fields} trace_id=${visit.traceId}`;
  visit.moment.write('payments', visit.userId % 3, visit.atMs, level, line);
}

/** Authorises a payment; with the pool of connections exhausted it waits in vain. */
export function authorizePayment(visit: Visit, order: string, amountCents: number): CallResult {
  const { random, trouble } = visit.moment;
  const startedMs = visit.atMs;
  visit.atMs += random.latencyMs(5);
  write(
    visit,
    'info',
    'authorization requested',
    `order=${order} amount_cents=${amountCents} currency=EUR method=${random.pick(['card', 'card', 'wallet', 'invoice'])}`
  );
  if (random.chance(0.88 * trouble.payments)) {
    return failToAcquire(visit, order, startedMs);
  }
  const providerMs = Math.round(random.latencyMs(140) * (1 + 6 * trouble.payments));
  visit.atMs += providerMs;
  if (providerMs > 900) {
    write(visit, 'warn', 'slow provider response', `order=${order} provider=acquirer-eu1 duration_ms=${providerMs}`);
  }
  if (random.chance(0.03)) {
    write(
      visit,
      'warn',
      'authorization declined',
      `order=${order} code=${random.pick(['51', '05', '54', '61'])} provider=acquirer-eu1`
    );
    return { isOk: false, status: 402, durationMs: visit.atMs - startedMs };
  }
  write(
    visit,
    'info',
    'authorization granted',
    `order=${order} provider=acquirer-eu1 auth_code=${random.hex(6)} duration_ms=${providerMs}`
  );
  return { isOk: true, status: 200, durationMs: visit.atMs - startedMs };
}

function failToAcquire(visit: Visit, order: string, startedMs: number): CallResult {
  const { random, trouble } = visit.moment;
  const waiting = Math.round(random.integer(8, 60) * (0.4 + trouble.payments));
  write(
    visit,
    'warn',
    'waiting for database connection',
    `pool=primary in_use=${poolSize} max=${poolSize} waiting=${waiting}`
  );
  visit.atMs += acquireTimeoutMs + random.next() * 12;
  write(
    visit,
    'error',
    'acquire connection: pool exhausted',
    `pool=primary in_use=${poolSize} max=${poolSize} waiting=${waiting} waited_ms=${acquireTimeoutMs + random.integer(0, 12)} order=${order} err="context deadline exceeded"`
  );
  if (random.chance(0.25)) {
    logConnectionRefused(visit);
  }
  return { isOk: false, status: 503, durationMs: visit.atMs - startedMs };
}

/** Lines that mark the deploy and the way back, one pod after the other. */
export function logRollout(moment: Moment, changeMs: number): void {
  const seconds = (moment.nowMs - changeMs) / 1000;
  const podIndex = seconds / 4;
  if (!Number.isInteger(podIndex) || podIndex < 0 || podIndex > 2) {
    return;
  }
  const version = paymentsVersionAt(moment.timeline, changeMs);
  const say = (offsetMs: number, message: string, fields: string) =>
    moment.write(
      'payments',
      podIndex,
      moment.nowMs + offsetMs,
      'info',
      `time=${isoTime(moment.nowMs + offsetMs)} level=INFO msg="${message}" ${fields}`
    );
  say(0, 'starting payments', `version=${version} commit=${version === '2.15.0' ? '9f31c0e' : 'a84d277'} go=go1.25.4`);
  say(
    180,
    'database pool ready',
    `pool=primary max=${poolSize} statement_cache=${version === '2.15.0' ? 'per-connection' : 'shared'}`
  );
  say(420, 'listening', 'addr=:8080 tls=false');
}

/** Regular work that nobody waits for. */
export function settlePayments(moment: Moment): void {
  const { random } = moment;
  const atMs = moment.nowMs + random.next() * 900;
  const line = `time=${isoTime(atMs)} level=INFO msg="settlement batch sent" batch=${Math.floor(moment.nowMs / 60_000)} count=${random.integer(3, 64)} total_cents=${random.integer(9000, 420_000)}`;
  moment.write('payments', random.integer(0, 2), atMs, 'info', line);
}
