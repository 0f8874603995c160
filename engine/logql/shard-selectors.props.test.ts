import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matcher, selector } from './build-query.ts';
import { compileMatcher } from './match-text.ts';
import { shardSelectors } from './shard-selectors.ts';

test('each value of the label, and none, is in exactly one shard', () => {
  const values = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constant(''), fc.constant('a\n'));
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 32 }), (value, count) => {
      const shards = shardSelectors(selector(matcher('app', '=', 'shop')), 'pod', count);
      expect(shards).toHaveLength(count);
      const matching = shards.filter(({ matchers }) =>
        matchers.filter(({ name }) => name === 'pod').every((condition) => compileMatcher(condition)(value))
      );
      expect(matching).toHaveLength(1);
    })
  );
});

test('pods that end in a random letter are shared evenly', () => {
  const shards = shardSelectors(selector(matcher('app', '=', 'shop')), 'pod', 4);
  const shares = shards.map(({ matchers }) => {
    const condition = matchers.at(-1);
    const matches = condition === undefined ? () => false : compileMatcher(condition);
    // The letters that Kubernetes ends names of pods with.
    return [...'bcdfghjklmnpqrstvwxz2456789'].filter((end) => matches(`checkout-7f9-${end}`)).length;
  });
  expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
});
