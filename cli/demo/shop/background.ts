import { guessPasswords } from './auth.ts';
import { dropOldCarts } from './cart.ts';
import { refreshIndex } from './catalog.ts';
import { logJvm } from './checkout.ts';
import { logIngressController, logScanner } from './ingress.ts';
import { syncStock } from './inventory.ts';
import type { Moment } from './moment.ts';
import { logQueue } from './notifications.ts';
import { logRollout, settlePayments } from './payments.ts';
import { logCheckpoint, logDatabase } from './postgres.ts';
import { reloadModel } from './recommendations.ts';
import { saveSnapshot } from './redis.ts';
import { pollTracking } from './shipping.ts';
import { logHeap } from './storefront.ts';

/** Work at fixed times: every so many seconds, at a second of its own. */
const schedule: ReadonlyArray<{
  readonly everySeconds: number;
  readonly atSecond: number;
  readonly run: (moment: Moment) => void;
}> = [
  { everySeconds: 15, atSecond: 7, run: pollTracking },
  { everySeconds: 30, atSecond: 11, run: logQueue },
  { everySeconds: 60, atSecond: 2, run: settlePayments },
  { everySeconds: 300, atSecond: 4, run: logCheckpoint },
  { everySeconds: 300, atSecond: 33, run: saveSnapshot },
  { everySeconds: 600, atSecond: 60, run: refreshIndex },
  { everySeconds: 900, atSecond: 91, run: syncStock },
  { everySeconds: 1800, atSecond: 12, run: dropOldCarts },
  { everySeconds: 3600, atSecond: 130, run: reloadModel },
];

/** Things that happen at random: how often in an hour. */
const chances: ReadonlyArray<{ readonly perHour: number; readonly run: (moment: Moment) => void }> = [
  { perHour: 260, run: logHeap },
  { perHour: 120, run: logJvm },
  { perHour: 90, run: logDatabase },
  { perHour: 30, run: logIngressController },
  { perHour: 12, run: logScanner },
  { perHour: 2, run: guessPasswords },
];

/** Everything in this second that no visitor caused. */
export function runBackground(moment: Moment): void {
  const second = Math.floor(moment.nowMs / 1000);
  for (const task of schedule) {
    if (second % task.everySeconds === task.atSecond % task.everySeconds) {
      task.run(moment);
    }
  }
  for (const { perHour, run } of chances) {
    if (moment.random.chance(perHour / 3600)) {
      run(moment);
    }
  }
  logRollout(moment, moment.timeline.deployMs);
  logRollout(moment, moment.timeline.rollbackMs);
}
