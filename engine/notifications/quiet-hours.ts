/** A day of the week. */
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** Hours of a day in one time zone, as clocks on the wall there show them. */
export interface QuietHours {
  /** IANA name. */
  readonly timeZone: string;
  /** `HH:MM`, included. */
  readonly from: string;
  /** `HH:MM`, excluded; at or before `from`: on the next day. */
  readonly to: string;
  /** Days on which they begin; absent: every day. */
  readonly days?: readonly Weekday[] | undefined;
}

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Clocks are put forward or back by an hour as a rule, by two at most: the end is that far from where it was reckoned. */
const maxClockChangeMinutes = 180;

/** Whether the name is a time zone that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * First moment after `nowMs` that is not quiet any more, in milliseconds since 1970; null when it is not quiet at `nowMs`, and when
 * quiet hours follow each other without end. Holds across changes of clocks. Throws `RangeError` for an unknown time zone.
 */
export function endOfQuietHours(quiet: QuietHours, nowMs: number): number | null {
  const wall = createWallClock(quiet.timeZone);
  if (!isQuiet(quiet, wall(nowMs))) {
    return null;
  }
  const startMs = Math.floor(nowMs / minuteMs) * minuteMs;
  let atMs = startMs;
  // One period a week follows another at most: after eight there is a gap or none at all.
  for (let period = 0; period < 8; period += 1) {
    atMs = findEnd(quiet, wall, atMs);
    if (!isQuiet(quiet, wall(atMs))) {
      return atMs;
    }
  }
  return null;
}

interface WallTime {
  /** 0: Monday. */
  readonly day: number;
  /** Of the day. */
  readonly minute: number;
}

function createWallClock(timeZone: string): (atMs: number) => WallTime {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  return (atMs) => {
    const parts = format.formatToParts(atMs);
    const read = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
    const day = weekdays.indexOf(read('weekday').slice(0, 3).toLowerCase() as Weekday);
    return { day, minute: Number(read('hour')) * 60 + Number(read('minute')) };
  };
}

function isQuiet(quiet: QuietHours, { day, minute }: WallTime): boolean {
  const from = toMinute(quiet.from);
  const to = toMinute(quiet.to);
  const begins = (on: number) =>
    quiet.days === undefined || quiet.days.includes(weekdays[(on + 7) % 7] ?? ('none' as Weekday));
  if (from < to) {
    return minute >= from && minute < to && begins(day);
  }
  return (minute >= from && begins(day)) || (minute < to && begins(day - 1));
}

/** The end of the period that holds `atMs`: reckoned by the clock on the wall, then mended where clocks are changed on the way. */
function findEnd(quiet: QuietHours, wall: (atMs: number) => WallTime, atMs: number): number {
  const to = toMinute(quiet.to);
  const ahead = (to - wall(atMs).minute + dayMinutes) % dayMinutes || dayMinutes;
  const reckonedMs = atMs + (ahead - maxClockChangeMinutes) * minuteMs;
  for (let step = 0; step <= 2 * maxClockChangeMinutes; step += 1) {
    const candidateMs = reckonedMs + step * minuteMs;
    if (candidateMs > atMs && (wall(candidateMs).minute === to || !isQuiet(quiet, wall(candidateMs)))) {
      return candidateMs;
    }
  }
  return atMs + ahead * minuteMs;
}

function toMinute(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}
