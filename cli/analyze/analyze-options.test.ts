import { describe, expect, it } from 'vitest';
import { parseAnalyzeOptions } from './analyze-options.ts';

const nowMs = Date.UTC(2026, 10, 21, 3);
const flags = { limit: 10, sort: 'count', timezone: 'UTC' } as const;

describe('options of analyze', () => {
  it.each([
    ['90s', nowMs - 90_000],
    ['30m', nowMs - 1_800_000],
    ['2h', nowMs - 7_200_000],
    ['1d', nowMs - 86_400_000],
    ['2026-11-20', Date.UTC(2026, 10, 20)],
    ['2026-11-20T10:00', Date.UTC(2026, 10, 20, 10)],
    ['2026-11-20 10:00:05', Date.UTC(2026, 10, 20, 10, 0, 5)],
    ['2026-11-20T10:00:00+02:00', Date.UTC(2026, 10, 20, 8)],
    ['2026-11-20T10:00:00Z', Date.UTC(2026, 10, 20, 10)],
  ])('reads --since %s', (since, expected) => {
    expect(parseAnalyzeOptions({ ...flags, since }, nowMs).sinceMs).toBe(expected);
  });

  it.each([
    ['since', 'yesterday'],
    ['since', '2026-13-40'],
    ['since', '5 h'],
    ['level', 'error,loud'],
    ['timezone', '+25:00'],
  ])('refuses --%s %s as wrong use', (name, value) => {
    expect(() => parseAnalyzeOptions({ ...flags, [name]: value }, nowMs)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining(value.split(',').at(-1) ?? '') })
    );
  });

  it('reads levels in any case', () => {
    expect(parseAnalyzeOptions({ ...flags, level: 'ERROR, fatal' }, nowMs).levels).toEqual(new Set(['fatal', 'error']));
  });

  it('reads offsets west of Greenwich', () => {
    expect(parseAnalyzeOptions({ ...flags, timezone: '-03:30' }, nowMs).timeZone.toUtcMs(0)).toBe(210 * 60_000);
  });
});
