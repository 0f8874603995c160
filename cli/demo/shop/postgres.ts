import type { Moment, Visit } from './moment.ts';
import { plainTime } from './time-text.ts';

const users = ['orders', 'catalog', 'payments', 'shipping'] as const;

/** Postgres has no connection left for payments. */
export function logConnectionRefused(visit: Visit): void {
  const { random } = visit.moment;
  visit.moment.write(
    'postgres',
    0,
    visit.atMs,
    'fatal',
    `${plainTime(visit.atMs, '.')} UTC [${random.integer(2000, 32_000)}] payments@payments FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute`
  );
}

/** What a database writes by itself. */
export function logDatabase(moment: Moment): void {
  const { random } = moment;
  const atMs = moment.nowMs + random.next() * 1000;
  const head = `${plainTime(atMs, '.')} UTC [${random.integer(60, 32_000)}]`;
  const user = random.pick(users);
  if (random.chance(0.55)) {
    moment.write(
      'postgres',
      0,
      atMs,
      'info',
      `${head} ${user}@${user} LOG:  duration: ${random.integer(501, 4200)}.${random.integer(100, 999)} ms  execute <unnamed>: SELECT id, state, total_cents FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT ${random.pick([20, 50, 100])}`
    );
  } else if (random.chance(0.5)) {
    moment.write(
      'postgres',
      0,
      atMs,
      'info',
      `${head} LOG:  automatic vacuum of table "shop.public.${random.pick(['orders', 'carts', 'articles', 'outbox'])}": index scans: ${random.integer(0, 2)}, elapsed: ${random.integer(0, 9)}.${random.integer(10, 99)} s`
    );
  } else {
    moment.write(
      'postgres',
      0,
      atMs,
      'error',
      `${head} ${user}@${user} ERROR:  duplicate key value violates unique constraint "outbox_event_id_key"`,
      `${head} ${user}@${user} DETAIL:  Key (event_id)=(${random.integer(10_000_000, 99_999_999)}) already exists.`
    );
  }
}

/** Every five minutes. */
export function logCheckpoint(moment: Moment): void {
  const { random } = moment;
  moment.write(
    'postgres',
    0,
    moment.nowMs,
    'info',
    `${plainTime(moment.nowMs, '.')} UTC [61] LOG:  checkpoint starting: time`
  );
  const endMs = moment.nowMs + random.integer(9000, 29_000);
  moment.write(
    'postgres',
    0,
    endMs,
    'info',
    `${plainTime(endMs, '.')} UTC [61] LOG:  checkpoint complete: wrote ${random.integer(90, 4100)} buffers (${random.integer(0, 9)}.${random.integer(0, 9)}%); 0 WAL file(s) added, 0 removed, ${random.integer(0, 3)} recycled; write=${((endMs - moment.nowMs) / 1000).toFixed(3)} s, sync=0.0${random.integer(10, 99)} s`
  );
}
