import { durationText } from './duration';

describe('durationText', () => {
  it.each([
    [0, '0 s'],
    [42_000, '42 s'],
    [59_900, '59 s'],
    [3_599_000, '59 min'],
    [4 * 60_000, '4 min'],
    [125 * 60_000, '2 h 5 min'],
    [120 * 60_000, '2 h'],
    [76 * 3_600_000, '3 d 4 h'],
  ])('says %d ms as %s', (durationMs, text) => {
    expect(durationText(durationMs)).toBe(text);
  });
});
