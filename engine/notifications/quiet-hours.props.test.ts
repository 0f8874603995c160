import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOfQuietHours, type QuietHours, type Weekday } from './quiet-hours.ts';

const minuteMs = 60_000;
const days: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
// With and without changes of clocks, with halves and quarters of hours, south and north, and one that changes by half an hour.
const zones = [
  'UTC',
  'Europe/Vienna',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
];

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const quietHours: fc.Arbitrary<QuietHours> = fc.record({
  timeZone: fc.constantFrom(...zones),
  from: time,
  to: time,
  days: fc.option(fc.uniqueArray(fc.constantFrom(...days), { minLength: 1, maxLength: 7 }), { nil: undefined }),
});
// Around the changes of clocks of 2026 in spring and autumn, and in between.
const moment = fc.integer({ min: Date.UTC(2026, 2, 1), max: Date.UTC(2026, 10, 15) });

const formats = new Map(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
  ])
);

/** The law for one moment, from its date and time on the wall. */
function isQuietAt({ timeZone, from, to, days: chosen }: QuietHours, atMs: number): boolean {
  const [date = '', clock = ''] = (formats.get(timeZone)?.format(atMs) ?? '').split(' ');
  const begins = (daysBefore: number) => {
    const day = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6 - daysBefore) % 7;
    return chosen === undefined || chosen.includes(days[day] ?? 'mon');
  };
  const today = begins(0) && clock >= from && (from >= to || clock < to);
  return today || (from >= to && clock < to && begins(1));
}

test('the end of quiet hours is not quiet, and every minute before it is', () => {
  fc.assert(
    fc.property(quietHours, moment, (quiet, nowMs) => {
      const endMs = endOfQuietHours(quiet, nowMs);
      if (endMs === null) {
        // Not quiet, or quiet without end.
        expect(isQuietAt(quiet, nowMs) && quiet.from !== quiet.to).toBe(false);
        return;
      }
      expect(isQuietAt(quiet, endMs)).toBe(false);
      for (let atMs = nowMs; atMs < endMs; atMs += 7 * minuteMs) {
        expect(isQuietAt(quiet, atMs)).toBe(true);
      }
      expect(isQuietAt(quiet, endMs - 1)).toBe(true);
    }),
    { numRuns: 60 }
  );
});
