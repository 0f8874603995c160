import { expect, test } from 'vitest';
import { parseUntil } from './until.ts';

test.each([
  ['90d', 90 * 86_400_000],
  ['0s', 0],
  ['2h', 7_200_000],
  ['1970-01-02', 86_400_000],
  ['1970-01-01T01:00:00+01:00', 0],
])('%s is a moment after now, or itself', (text, expected) => {
  expect(parseUntil('--expires', text, 0)).toBe(expected);
});

test.each(['', '90', '-1d', 'tomorrow', '2027-01-01T00:00:00', '2027-13-01'])(
  '%j is refused with its option',
  (text) => {
    expect(() => parseUntil('--expires', text, 0)).toThrow(/^--expires .*: expected a duration such as 90d/);
  }
);
