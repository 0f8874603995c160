import { describe, expect, it } from 'vitest';
import { createTimeReader } from './time-reader.ts';
import { parseTimeZone, utcZone } from './time-zone.ts';

const settings = { referenceMs: Date.UTC(2026, 10, 21, 3), timeZone: utcZone };

function read(line: string, overrides: Partial<typeof settings> = {}): string | undefined {
  const timeMs = createTimeReader({ ...settings, ...overrides }).read(line);
  return timeMs === undefined ? undefined : new Date(timeMs).toISOString();
}

describe('times of lines', () => {
  it.each([
    ['ISO with zone', '2026-11-20T10:11:12.345+02:00 INFO started', '2026-11-20T08:11:12.345Z'],
    ['ISO with Z and nanoseconds', '2026-11-20T10:11:12.345678901Z stdout F started', '2026-11-20T10:11:12.345Z'],
    ['log4j', '2026-11-20 10:11:12,345 [main] INFO a.b.C - started', '2026-11-20T10:11:12.345Z'],
    ['Go and nginx error', '2026/11/20 10:11:12 [error] 7#7: *1 connect() failed', '2026-11-20T10:11:12.000Z'],
    ['dotted ISO', '- R02-M1 2005-06-03-15.42.50.675872 R02 RAS KERNEL', '2005-06-03T15:42:50.675Z'],
    ['access log', '10.0.0.1 - bob [20/Nov/2026:10:11:12 +0100] "GET / HTTP/1.1" 200 5', '2026-11-20T09:11:12.000Z'],
    ['Apache error log', '[Sun Dec 04 04:47:44 2005] [notice] workerEnv.init() ok', '2005-12-04T04:47:44.000Z'],
    [
      'Apache error log with microseconds',
      '[Fri Nov 20 10:11:12.123456 2026] [core:error] x',
      '2026-11-20T10:11:12.123Z',
    ],
    ['Redis', '1:M 20 Nov 2026 10:11:12.345 * Ready to accept connections', '2026-11-20T10:11:12.345Z'],
    ['Tomcat', '20-Nov-2026 10:11:12.345 INFO [main] org.x.Y started', '2026-11-20T10:11:12.345Z'],
    ['java.util.logging', 'Nov 20, 2026 1:02:03 PM org.x.Main run', '2026-11-20T13:02:03.000Z'],
    ['java.util.logging at midnight', 'Nov 20, 2026 12:02:03 AM org.x.Main run', '2026-11-20T00:02:03.000Z'],
    ['syslog of this year', 'Nov 20 10:11:12 host sshd[1]: Failed password', '2026-11-20T10:11:12.000Z'],
    ['syslog of last year', 'Dec  3 10:11:12 host sshd[1]: Failed password', '2025-12-03T10:11:12.000Z'],
    ['klog', 'E1120 10:11:12.345678       1 reflector.go:138] failed', '2026-11-20T10:11:12.345Z'],
    ['logcat', '03-17 16:13:38.811  1702  2395 D WindowManager: x', '2026-03-17T16:13:38.811Z'],
    ['month and day with a dot', '[10.30 16:49:06] chrome.exe - proxy open', '2026-10-30T16:49:06.000Z'],
    ['two-digit year', '17/06/09 20:10:40 INFO executor.Runner: x', '2017-06-09T20:10:40.000Z'],
    ['packed', '081109 203615 148 INFO dfs.DataNode: x', '2008-11-09T20:36:15.000Z'],
    ['epoch seconds', '1795230000 started', '2026-11-21T03:00:00.000Z'],
    ['epoch seconds with fraction', '1795230000.250 started', '2026-11-21T03:00:00.250Z'],
    ['epoch milliseconds', '1795230000123 started', '2026-11-21T03:00:00.123Z'],
    ['JSON number in milliseconds', '{"level":30,"time":1795230000123,"msg":"up"}', '2026-11-21T03:00:00.123Z'],
    ['JSON number in seconds', '{"level":"info","ts":1795230000.5,"msg":"up"}', '2026-11-21T03:00:00.500Z'],
    ['JSON nanoseconds as text', '{"time_unix_nano":"1795230000123456789"}', '2026-11-21T03:00:00.123Z'],
    ['JSON text', '{"msg":"at 2001-01-01 00:00:00","@timestamp":"2026-11-20T10:11:12Z"}', '2026-11-20T10:11:12.000Z'],
    ['Postgres with an offset of hours', '2026-11-20 10:11:12.345+02 [7] LOG:  ready', '2026-11-20T08:11:12.345Z'],
    ['Postgres in universal time', '2026-11-20 10:11:12.345 UTC [7] LOG:  ready', '2026-11-20T10:11:12.345Z'],
    ['epoch microseconds', '1795230000123456 started', '2026-11-21T03:00:00.123Z'],
    ['epoch nanoseconds', '1795230000123456789 started', '2026-11-21T03:00:00.123Z'],
    ['the United States', '11/20/2026 1:02:03 PM service started', '2026-11-20T13:02:03.000Z'],
    ['a day that is no month', '20/11/2026 10:11:12 service started', '2026-11-20T10:11:12.000Z'],
    ['day, month and year with dots', '20.11.2026 10:11:12.5 Dienst bereit', '2026-11-20T10:11:12.500Z'],
    ['a clock of today', '02:11:12.345 [main] INFO a.b.C - started', '2026-11-21T02:11:12.345Z'],
    ['a clock of yesterday', '[23:59:58] started', '2026-11-20T23:59:58.000Z'],
    ['logfmt', 'ts=2026-11-20T10:11:12.5Z level=info msg="x"', '2026-11-20T10:11:12.500Z'],
    ['logfmt with quotes', 'level=info time="2026-11-20T10:11:12Z" msg=x', '2026-11-20T10:11:12.000Z'],
  ])('reads %s', (_name, line, expected) => {
    expect(read(line)).toBe(expected);
  });

  it.each([
    ['no time', 'java.lang.IllegalStateException: broken'],
    ['an indented line', '    at 2026-11-20 10:11:12 in x'],
    ['a date in the message only', `${'x'.repeat(200)} 2026-11-20 10:11:12`],
    ['an order number', 'order 1795230000 shipped'],
    ['an impossible month', '2026-13-20 10:11:12 x'],
    ['an address with a port', '10:11:12:13:14:15 is up'],
    ['a version', '1.2.2026 10 files'],
    ['an empty line', ''],
  ])('finds no time in %s', (_name, line) => {
    expect(read(line)).toBeUndefined();
  });

  it('applies the zone to times without one', () => {
    const timeZone = parseTimeZone('Europe/Berlin');
    expect(read('2026-11-20 10:11:12 x', { timeZone })).toBe('2026-11-20T09:11:12.000Z');
    expect(read('2026-07-20 10:11:12 x', { timeZone })).toBe('2026-07-20T08:11:12.000Z');
    expect(read('2026-11-20T10:11:12Z x', { timeZone })).toBe('2026-11-20T10:11:12.000Z');
    expect(read('Nov 20 10:11:12 host x', { timeZone })).toBe('2026-11-20T09:11:12.000Z');
  });

  it('follows a change of format inside a file', () => {
    const reader = createTimeReader(settings);
    const lines = ['2026-11-20 10:11:12 a', 'Nov 20 10:11:13 host b', '{"time":"2026-11-20T10:11:14Z"}'];
    expect(lines.map((line) => new Date(reader.read(line) ?? 0).getUTCSeconds())).toEqual([12, 13, 14]);
  });

  it('finds times again after a long stretch without', () => {
    const reader = createTimeReader(settings);
    for (let index = 0; index < 12_000; index++) {
      reader.read('no time here');
    }
    const found = Array.from({ length: 200 }, () => reader.read('2026-11-20 10:11:12 x')).filter(Boolean);
    expect(found.length).toBeGreaterThanOrEqual(100);
  });

  it('takes linear time on hostile lines', () => {
    const reader = createTimeReader(settings);
    const startedMs = performance.now();
    for (const text of ['2026-11-20 ', '1', ' ', '{"time":', 'Nov 2', '10:11:12.', '=', '"']) {
      reader.read(text.repeat(1_000_000 / text.length));
      reader.read(`{${text.repeat(1_000_000 / text.length)}`);
      reader.read(`a=${text.repeat(1_000_000 / text.length)}`);
    }
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });
});
