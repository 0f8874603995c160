import type { EventChange } from '@loghunter/engine/detection';
import { expect, test } from 'vitest';
import { describeChange } from './describe-change.ts';

const spike: EventChange = {
  ...{ change: 'opened', detector: 'counts', kind: 'spike', metric: 'volume', severity: 3, evidence: 12.7 },
  subject: { key: 'k', service: 'cart', namespace: '', clusterId: null },
  ...{ observed: 1234, expected: 100, startMinute: 10, openedMinute: 12, atMinute: 12, endMinute: null },
  ...{ windowEndMinute: 13, isWithdrawn: false, isGivenUp: false, streamCount: null, version: null },
};

test.each<[Partial<EventChange>, string]>([
  [{}, 'cart logs 12 times as much as usual'],
  [{ kind: 'errors', metric: 'errors' }, 'cart has 12 times as many errors as usual'],
  [{ kind: 'errors', metric: 'errors', expected: 1e-9 }, 'cart has errors: 1,234 errors in 3 minutes'],
  [{ kind: 'silence', observed: 0 }, 'cart is silent'],
  [{ kind: 'dip', observed: 20 }, 'cart logs 80 % less than usual'],
  [{ kind: 'share', version: 'v2' }, 'cart logs this more often since v2 was deployed'],
])('%j is called %s', (changes, title) => {
  expect(describeChange({ ...spike, ...changes }, '').title).toBe(title);
});

test('counts are those of the window, however long the event goes on', () => {
  const closed = { ...spike, change: 'closed', atMinute: 40, endMinute: 40 } as const;
  expect(describeChange(closed, '').reasons[0]).toBe(
    '1,234 lines in 3 minutes, where 100 were expected: 12 times as many'
  );
});

test('silence that is told of no longer says so', () => {
  const silence = { ...spike, change: 'closed', kind: 'silence', observed: 0, isGivenUp: true } as const;
  expect(describeChange(silence, '').reasons.at(-1)).toBe(
    'Next to no line came for a day: nothing more is told of it before lines are back'
  );
});

test('reasons give the counts, the chance and the severity', () => {
  expect(describeChange(spike, '').reasons).toEqual([
    '1,234 lines in 3 minutes, where 100 were expected: 12 times as many',
    'When all is normal, this happens by chance in less than one of 10^12 such windows',
    'Rated high for how sure it is and how large',
  ]);
});
