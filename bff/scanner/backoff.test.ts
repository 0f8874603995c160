import { PortError } from '@loghunter/ports';
import { expect, test } from 'vitest';
import { pauseAfterFailure } from './backoff.ts';

const away = new PortError({ system: 'loki', kind: 'unavailable', message: 'away' });

test.each([
  [1, 1000],
  [2, 2000],
  [5, 16_000],
  [7, 60_000],
  [1000, 60_000],
])('after %i failures the pause is at most %i ms and at least half of it', (failureCount, fullMs) => {
  expect(pauseAfterFailure(away, failureCount, () => 1)).toBe(fullMs);
  expect(pauseAfterFailure(away, failureCount, () => 0)).toBe(fullMs / 2);
});

test('a longer pause that the log store asks for is kept', () => {
  const busy = new PortError({ system: 'loki', kind: 'unavailable', message: 'busy', retryAfterMs: 90_000 });
  expect(pauseAfterFailure(busy, 1, () => 0)).toBe(90_000);
});
