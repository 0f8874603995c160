import { expect, test } from 'vitest';
import { RecentMap } from './recent-map.ts';

test('what is asked for stays, the rest is forgotten', () => {
  const map = new RecentMap<number>(10);
  map.set('kept', 1);
  for (let index = 0; index < 1000; index += 1) {
    map.set(`other-${index}`, index);
    expect(map.get('kept')).toBe(1);
  }
  expect(map.get('other-0')).toBeUndefined();
  expect(map.size).toBeLessThanOrEqual(20);
});
