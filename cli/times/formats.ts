import type { TimeZone } from './time-zone.ts';

/** Ways in which programs write the time of a line. Each pattern is bounded: it takes linear time on any text. */

/** What a line without a year or zone leaves open. */
export interface TimeSettings {
  /** Times without a year are taken to be the latest that is not later than a day after this (milliseconds since 1970). */
  readonly referenceMs: number;
  /** Of times that name none. */
  readonly timeZone: TimeZone;
}

/** One way to write a time: where it stands in a text and how its pieces become milliseconds since 1970. */
export interface TimeFormat {
  readonly name: string;
  /** Global pattern with named groups. */
  readonly pattern: RegExp;
  readonly read: (groups: Groups, settings: TimeSettings) => number;
}

/** Named groups of a match; absent ones are undefined. */
export type Groups = Readonly<Record<string, string | undefined>>;

const clock = String.raw`(?<hour>[01]?\d|2[0-3]):(?<minute>[0-5]\d):(?<second>[0-5]\d|60)(?:[.,](?<fraction>\d{1,9}))?`;
const zone = String.raw`(?:(?<zone> ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)|[+-]\d\d)(?![\w:]))?`;
const monthName = '(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const weekday = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const yearMonthDay = String.raw`(?<year>(?:19|20)\d\d)(?<separator>[-/.])(?<month>0[1-9]|1[0-2])\k<separator>(?<day>0[1-9]|[12]\d|3[01])`;

function format(name: string, pattern: string, read: TimeFormat['read'] = readCalendar): TimeFormat {
  return { name, pattern: new RegExp(pattern, 'g'), read };
}

/** All formats; at the same place in a line the earlier one wins. */
export const timeFormats: readonly TimeFormat[] = [
  format('iso', String.raw`(?<![\d.])${yearMonthDay}(?:[T ]|\s{1,2})${clock}${zone}`),
  format(
    'iso-dotted',
    String.raw`(?<!\d)${yearMonthDay}-(?<hour>[01]\d|2[0-3])\.(?<minute>[0-5]\d)\.(?<second>[0-5]\d)(?:\.(?<fraction>\d{1,9}))?`
  ),
  format('access-log', String.raw`(?<!\d)(?<day>[0-3]?\d)/${monthName}/(?<year>\d{4}):${clock}${zone}`),
  format(
    'asctime',
    String.raw`\b${weekday},? ${monthName} {1,2}(?<day>\d{1,2}) ${clock}(?: [A-Z]{3,4})? (?<year>\d{4})`
  ),
  format('rfc-2822', String.raw`(?<!\d)(?<day>[0-3]?\d)[- ]${monthName}[- ](?<year>\d{4})[ :]${clock}${zone}`),
  format('java-util', String.raw`\b${monthName} (?<day>\d{1,2}), (?<year>\d{4}),? ${clock}(?: (?<half>AM|PM))?`),
  format(
    'slashes',
    String.raw`(?<![\w/.])(?<earlier>0?[1-9]|[12]\d|3[01])(?<separator>[/.])(?<later>0?[1-9]|[12]\d|3[01])\k<separator>(?<year>(?:19|20)\d\d),? ${clock}(?: (?<half>AM|PM))?`,
    readDayAndMonth
  ),
  format('syslog', String.raw`(?<![\w/-])${monthName} {1,2}(?<day>[0-3]?\d) (?:(?<year>\d{4}) )?${clock}`),
  format('klog', String.raw`^[IWEF](?<month>0[1-9]|1[0-2])(?<day>[0-3]\d) {1,2}${clock}`),
  format('logcat', String.raw`(?<![\d-])(?<month>0[1-9]|1[0-2])[-.](?<day>0[1-9]|[12]\d|3[01]) ${clock}`),
  format(
    'short-year',
    String.raw`(?<![\d/])(?<year>\d\d)/(?<month>0[1-9]|1[0-2])/(?<day>0[1-9]|[12]\d|3[01]) ${clock}`
  ),
  format(
    'short-packed',
    String.raw`^(?<year>\d\d)(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])[ T](?<hour>[01]\d|2[0-3]):?(?<minute>[0-5]\d):?(?<second>[0-5]\d)(?!\d)`
  ),
  format(
    'epoch',
    String.raw`(?:^|^[\[-] ?)(?<epoch>1\d{9}(?:\d{3}|\d{6}|\d{9})?)(?:\.(?<fraction>\d{1,9}))?(?![\w.])`,
    (groups) => epochToMs(groups['epoch'] ?? '', groups['fraction'])
  ),
  format('clock', String.raw`^\[?${clock}(?![\w:])`, readClock),
];

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayMs = 86_400_000;
// A line is written before the change of the file is noted, by clocks that may differ a little.
const clockToleranceMs = 60_000;

function readCalendar(groups: Groups, settings: TimeSettings): number {
  const month = monthIndex(groups['month'] ?? '1');
  const ms = Number((groups['fraction'] ?? '').slice(0, 3).padEnd(3, '0'));
  const inYear = (year: number) =>
    toUtcMs(
      Date.UTC(
        year,
        month,
        Number(groups['day']),
        hourOf(groups),
        Number(groups['minute']),
        Number(groups['second']),
        ms
      ),
      groups,
      settings
    );
  if (groups['year'] !== undefined) {
    const year = Number(groups['year']);
    return inYear(year < 100 ? 2000 + year : year);
  }
  const year = new Date(settings.referenceMs).getUTCFullYear();
  return inYear(year) <= settings.referenceMs + dayMs ? inYear(year) : inYear(year - 1);
}

function toUtcMs(wallMs: number, groups: Groups, { timeZone }: TimeSettings): number {
  return groups['zone'] === undefined ? timeZone.toUtcMs(wallMs) : wallMs - zoneMinutes(groups['zone']) * 60_000;
}

// With dots the day comes first. With slashes the month does, as in the United States, unless there is no such month.
function readDayAndMonth(groups: Groups, settings: TimeSettings): number {
  const { earlier = '1', later = '1', separator } = groups;
  const isDayFirst = separator === '.' || Number(earlier) > 12;
  const [day, month] = isDayFirst ? [earlier, later] : [later, earlier];
  return Number(month) > 12 ? Number.NaN : readCalendar({ ...groups, day, month }, settings);
}

// A time without a date is of the last day on which it is not later than the reference: the file's last change.
function readClock(groups: Groups, settings: TimeSettings): number {
  const at = (reference: Date) =>
    readCalendar(
      {
        ...groups,
        year: String(reference.getUTCFullYear()),
        month: String(reference.getUTCMonth() + 1),
        day: String(reference.getUTCDate()),
      },
      settings
    );
  // The reference's own day is told in UTC, where the day of the zone may have begun already.
  const candidates = [1, 0, -1].map((days) => at(new Date(settings.referenceMs + days * dayMs)));
  return candidates.find((timeMs) => timeMs <= settings.referenceMs + clockToleranceMs) ?? candidates[2] ?? Number.NaN;
}

function monthIndex(text: string): number {
  const named = months.indexOf(text);
  return named >= 0 ? named : Number(text) - 1;
}

function hourOf(groups: Groups): number {
  const hour = Number(groups['hour']);
  if (groups['half'] === undefined) {
    return hour;
  }
  return (hour % 12) + (groups['half'] === 'PM' ? 12 : 0);
}

function zoneMinutes(text: string): number {
  const parts = /^ ?([+-])(\d\d):?(\d\d)?$/.exec(text);
  if (parts === null) {
    return 0;
  }
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3] ?? 0));
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their number of digits. */
export function epochToMs(digits: string, fraction?: string): number {
  if (digits.length <= 10) {
    return Number(digits) * 1000 + Number((fraction ?? '').slice(0, 3).padEnd(3, '0'));
  }
  return Number(digits.slice(0, 13));
}
