import { nanosecondsToMs } from './nanoseconds';
import { countOf, percent, shortCount } from './number-format';
import { relativeTime } from './relative-time';

describe('numbers', () => {
  it.each([
    [0, '0 %'],
    [0.00001, '< 0.1 %'],
    [0.042, '4.2 %'],
    [0.5, '50 %'],
    [1, '100 %'],
  ])('show the ratio %d as %s', (ratio, text) => {
    expect(percent(ratio)).toBe(text);
  });

  it('agree with their noun', () => {
    expect(countOf(1, 'line')).toBe('1 line');
    expect(countOf(1234, 'line')).toBe('1,234 lines');
  });

  it('become short in lists', () => {
    expect(shortCount(48_211)).toBe('48.2K');
  });
});

describe('relativeTime', () => {
  const nowMs = Date.parse('2026-11-21T12:00:00Z');
  it.each([
    ['2026-11-21T12:00:05Z', 'just now'],
    ['2026-11-21T11:59:48Z', '12 s ago'],
    ['2026-11-21T11:30:00Z', '30 min ago'],
    ['2026-11-21T00:00:00Z', '12 h ago'],
    ['2026-11-14T12:00:00Z', '7 d ago'],
    ['2026-05-21T12:00:00Z', '6 months ago'],
  ])('tells %s as %s', (moment, text) => {
    expect(relativeTime(Date.parse(moment), nowMs)).toBe(text);
  });
});

describe('nanosecondsToMs', () => {
  it('drops what a double cannot hold', () => {
    expect(nanosecondsToMs('1795230000123456789')).toBe(1_795_230_000_123);
  });
});
