import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyOf, rulesOf, shownIdOf, tenantId } from '../testing/ruled-clusters.ts';
import { idOfKey, type ClusterKey } from './cluster-key.ts';
import type { StoredUserRule, UserRule } from './user-rule.ts';
import { UserRules } from './user-rules.ts';

// Few words and short lines, so that rules meet each other all the time.
const word = fc.constantFrom('red', 'blue', 'green');
const line = fc
  .tuple(word, word, word, fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }))
  .map(([a, b, c, value]) => `${a} ${b} of ${c}${value === null ? '' : ` took ${value}`}`);
const key = line.map((text) => keyOf(text));
const rule: fc.Arbitrary<UserRule> = fc.oneof(
  fc.record({
    kind: fc.constant('merge' as const),
    clusters: fc.array(key, { minLength: 1, maxLength: 3 }),
    into: key,
  }),
  fc.record({
    kind: fc.constant('mask' as const),
    cluster: key,
    word,
    occurrence: fc.integer({ min: 0, max: 2 }),
    isEverywhere: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('split' as const),
    cluster: key,
    variable: fc.constantFrom(0, 1),
    isEverywhere: fc.boolean(),
  })
);
const rules = fc.array(rule, { maxLength: 7 }).map((given) => rulesOf(...given));
const lines = fc.array(line, { minLength: 1, maxLength: 12 });
// A learned rule that opens the second word; it gives the opened cluster for itself.
const generalisers = fc.constantFrom(
  (given: ClusterKey) => given,
  (given: ClusterKey) =>
    given.signature.includes('\n_blue') ? { ...keyOf('red green of red'), service: given.service } : given
);

function ruled(stored: readonly StoredUserRule[], generalise: (key: ClusterKey) => ClusterKey): UserRules {
  return new UserRules({ tenantId, rules: stored, generalise });
}

test('the order in which rules were made does not count', () => {
  fc.assert(
    fc.property(
      rules.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))),
      lines,
      generalisers,
      ([made, shuffled], texts, generalise) => {
        const one = ruled(made, generalise);
        const other = ruled(shuffled, generalise);
        expect(texts.map((text) => shownIdOf(one, text))).toEqual(texts.map((text) => shownIdOf(other, text)));
      }
    ),
    { numRuns: 1000 }
  );
});

test('whatever was counted under rules goes where it would have gone without those that are undone', () => {
  fc.assert(
    fc.property(rules, fc.integer({ min: 0, max: 127 }), lines, generalisers, (made, chosen, texts, generalise) => {
      const during = ruled(made, generalise);
      const kept = made.filter((_, index) => ((chosen >> index) & 1) === 1);
      const after = ruled(kept, generalise);
      for (const text of texts) {
        const counted = during.partOf(text, keyOf(text))?.key ?? keyOf(text);
        const splits = made.filter(({ rule: given }) => given.kind === 'split');
        // Counts of a cluster that was whole then cannot be cut by a split that reaches it only now.
        if (splits.every((split) => !kept.includes(split)) || kept.length === made.length) {
          expect(after.canonicalOf(counted).id).toBe(shownIdOf(after, text));
        }
      }
    }),
    { numRuns: 1000 }
  );
});

test('what clusters become is part of nothing else', () => {
  fc.assert(
    fc.property(rules, lines, generalisers, (made, texts, generalise) => {
      const applied = ruled(made, generalise);
      for (const text of texts) {
        const own = keyOf(text);
        const { id, key: canonical } = applied.canonicalOf(applied.partOf(text, own)?.key ?? own);
        expect(idOfKey(tenantId, canonical)).toBe(id);
        expect(applied.canonicalOf(canonical).id).toBe(id);
      }
    }),
    { numRuns: 1000 }
  );
});

test('all that a merge names is one cluster', () => {
  fc.assert(
    fc.property(rules, generalisers, (made, generalise) => {
      const applied = ruled(made, generalise);
      for (const { rule: given } of made) {
        if (given.kind === 'merge') {
          const ids = [given.into, ...given.clusters].map((cluster) => applied.canonicalOf(cluster).id);
          expect(new Set(ids).size).toBe(1);
        }
      }
    }),
    { numRuns: 500 }
  );
});
