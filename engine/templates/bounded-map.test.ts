import { expect, test } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

test('what is asked for stays, the rest is forgotten', () => {
  const map = new BoundedMap<string, number>(10);
  map.set('kept', 1);
  for (let index = 0; index < 1000; index++) {
    map.set(`other-${index}`, index);
    expect(map.get('kept')).toBe(1);
  }
  const left = Array.from({ length: 1000 }, (_, index) => map.get(`other-${index}`)).filter(
    (value) => value !== undefined
  );
  expect(left.length).toBeGreaterThan(0);
  expect(left.length).toBeLessThan(10);
  expect(map.get('other-0')).toBeUndefined();
});
