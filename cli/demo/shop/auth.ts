import type { Level } from '@loghunter/engine/severity';
import { clientIp, userName } from './customers.ts';
import type { Moment, Visit } from './moment.ts';
import { isoTime } from './time-text.ts';

/** Writes a line as logrus does. */
function write(moment: Moment, podIndex: number, atMs: number, level: Level, message: string, fields: string): void {
  const word = level === 'warn' ? 'warning' : level;
  moment.write(
    'auth',
    podIndex,
    atMs,
    level,
    `time="${isoTime(atMs).slice(0, 19)}Z" level=${word} msg="${message}" ${fields}`
  );
}

/** Somebody logs in; now and then with a wrong password. Returns whether it worked. */
export function logIn(visit: Visit): boolean {
  const { moment } = visit;
  const { random } = moment;
  const user = userName(random);
  const podIndex = visit.userId % 2;
  visit.atMs += random.latencyMs(48);
  if (random.chance(0.09)) {
    write(
      moment,
      podIndex,
      visit.atMs,
      'warn',
      'login failed',
      `user=${user} remote=${visit.clientIp} reason=bad_password attempts=${random.integer(1, 4)}`
    );
    return false;
  }
  write(
    moment,
    podIndex,
    visit.atMs,
    'info',
    'login succeeded',
    `user=${user} remote=${visit.clientIp} method=${random.pick(['password', 'passkey', 'password'])}`
  );
  write(
    moment,
    podIndex,
    visit.atMs + 3,
    'info',
    'token issued',
    `subject=${visit.userId} kid=2026-10 expires_in=3600`
  );
  return true;
}

/** A token is checked. */
export function checkToken(visit: Visit): void {
  const { moment } = visit;
  visit.atMs += moment.random.latencyMs(3);
  if (moment.random.chance(0.05)) {
    write(
      moment,
      visit.userId % 2,
      visit.atMs,
      'info',
      'token refreshed',
      `subject=${visit.userId} kid=2026-10 age=${moment.random.integer(600, 3600)}`
    );
  }
}

/** Somebody tries many passwords for one account. */
export function guessPasswords(moment: Moment): void {
  const { random } = moment;
  const ip = clientIp(random);
  for (let index = 0; index < 6; index++) {
    const atMs = moment.nowMs + index * 150 + random.next() * 40;
    write(
      moment,
      index % 2,
      atMs,
      'warn',
      'login failed',
      `user=admin remote=${ip} reason=unknown_user attempts=${random.integer(5, 400)}`
    );
  }
  write(
    moment,
    0,
    moment.nowMs + 970,
    'error',
    'too many failed logins, address blocked',
    `remote=${ip} block_seconds=900`
  );
}
