import { rangeText } from './range-text';

describe('rangeText', () => {
  it.each([
    ['2026-11-28T19:51:00Z', '2026-11-28T21:52:00Z', 'utc', '2026-11-28 19:51 – 21:52'],
    ['2026-11-28T22:30:00Z', '2026-11-28T23:30:00Z', 'Europe/Berlin', '2026-11-28 23:30 – 2026-11-29 00:30'],
  ])('says %s to %s in %s as %s', (from, to, timeZone, text) => {
    expect(rangeText({ from, to }, timeZone)).toBe(text);
  });
});
