import type { Moment } from './moment.ts';
import { redisTime } from './time-text.ts';

/** A snapshot, as Redis reports it. */
export function saveSnapshot(moment: Moment): void {
  const { random } = moment;
  const child = random.integer(100, 30_000);
  const say = (offsetMs: number, role: string, text: string) =>
    moment.write(
      'redis',
      0,
      moment.nowMs + offsetMs,
      'info',
      `${role} ${redisTime(moment.nowMs + offsetMs)} * ${text}`
    );
  say(0, '1:M', `${random.pick([100, 10_000])} changes in ${random.pick([300, 60])} seconds. Saving...`);
  say(4, '1:M', `Background saving started by pid ${child}`);
  say(700, `${child}:C`, 'DB saved on disk');
  say(
    712,
    `${child}:C`,
    `Fork CoW for RDB: current ${random.integer(1, 4)} MB, peak ${random.integer(4, 9)} MB, average ${random.integer(1, 3)} MB`
  );
  say(790, '1:M', 'Background saving terminated with success');
}
