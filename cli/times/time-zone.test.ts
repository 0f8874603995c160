import { describe, expect, it } from 'vitest';
import { parseTimeZone } from './time-zone.ts';

function utc(zone: string, wall: string): string {
  return new Date(parseTimeZone(zone).toUtcMs(Date.parse(`${wall}Z`))).toISOString().slice(0, 19);
}

describe('time zones', () => {
  it.each([
    ['UTC', '2026-11-20T10:00:00', '2026-11-20T10:00:00'],
    ['+02:00', '2026-11-20T10:00:00', '2026-11-20T08:00:00'],
    ['-0330', '2026-11-20T10:00:00', '2026-11-20T13:30:00'],
    ['Europe/Berlin', '2026-11-20T10:00:00', '2026-11-20T09:00:00'],
    ['Europe/Berlin', '2026-07-20T10:00:00', '2026-07-20T08:00:00'],
    ['America/New_York', '2026-07-20T23:00:00', '2026-07-21T03:00:00'],
    ['Asia/Kolkata', '2026-07-20T10:00:00', '2026-07-20T04:30:00'],
    ['Asia/Tokyo', '2026-01-01T03:00:00', '2025-12-31T18:00:00'],
  ])('reads %s at %s', (zone, wall, expected) => {
    expect(utc(zone, wall)).toBe(expected);
  });

  it('changes the offset to the minute when summer time begins and ends', () => {
    expect(utc('Europe/Berlin', '2026-03-29T01:59:59')).toBe('2026-03-29T00:59:59');
    expect(utc('Europe/Berlin', '2026-03-29T03:00:00')).toBe('2026-03-29T01:00:00');
    expect(utc('Europe/Berlin', '2026-10-25T01:59:59')).toBe('2026-10-24T23:59:59');
    expect(utc('Europe/Berlin', '2026-10-25T03:00:00')).toBe('2026-10-25T02:00:00');
  });

  it('knows the zone of this machine', () => {
    const wallMs = Date.UTC(2026, 6, 20, 10);
    expect(parseTimeZone('local').toUtcMs(wallMs)).toBe(new Date(2026, 6, 20, 10).getTime());
  });

  it.each(['2', '+25:00', 'Europe/Nowhere', 'CET in summer', ''])('refuses "%s" as wrong use', (text) => {
    expect(() => parseTimeZone(text)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
