import { describe, expect, it } from 'vitest';
import { keyOf, rulesOf, tenantId, traceKeyOf } from '../testing/ruled-clusters.ts';
import { checkUserRule } from './check-user-rule.ts';
import { maxUserRuleCount, toUserRule, type StoredUserRule, type UserRule } from './user-rule.ts';

const line = 'queue orders took 5 of 9 for bob@example.com';
const trace = traceKeyOf('Error: no stock\n    at buy (/app/shop.js:1:2)\n    at pay (/app/shop.js:9:2)');
const mask = (word: string, occurrence = 0): UserRule => ({
  kind: 'mask',
  cluster: keyOf(line),
  word,
  occurrence,
  isEverywhere: false,
});
const split = (variable: number, isEverywhere = false): UserRule => ({
  kind: 'split',
  cluster: keyOf(line),
  variable,
  isEverywhere,
});
const merge = (into: string, from: string, service = 'shop'): UserRule => ({
  kind: 'merge',
  clusters: [keyOf(from, service)],
  into: keyOf(into),
});

function faultOf(rule: UserRule, ...rules: readonly UserRule[]): string | null {
  return checkUserRule(rule, { tenantId, rules: rulesOf(...rules) });
}

describe('a rule is refused', () => {
  it.each<[string, UserRule, readonly UserRule[]]>([
    ['different-services', merge('a a a', 'b b b', 'billing'), []],
    ['nothing-to-do', merge('a a a', 'a a a'), []],
    ['nothing-to-do', merge('a a a', 'b b b'), [merge('b b b', 'a a a')]],
    ['not-a-line', { kind: 'mask', cluster: trace, word: 'buy', occurrence: 0, isEverywhere: false }, []],
    ['no-such-word', mask('missing'), []],
    ['no-such-word', mask('orders', 1), []],
    ['nothing-to-do', mask('orders'), [mask('orders')]],
    ['not-a-line', { kind: 'split', cluster: trace, variable: 0, isEverywhere: false }, []],
    ['no-such-variable', split(3), []],
    ['personal-variable', split(2), []],
    ['nothing-to-do', split(0), [split(0, true)]],
    ['nothing-to-do', { kind: 'rename', cluster: keyOf(line), title: '' }, []],
  ])('%s', (fault, rule, known) => {
    expect(faultOf(rule, ...known)).toBe(fault);
  });

  it('when the tenant has a thousand', () => {
    const rules = Array.from({ length: maxUserRuleCount }, (_, index): StoredUserRule => ({
      id: `rule-${index}`,
      rule: { kind: 'rename', cluster: keyOf(line), title: `t ${index}` },
    }));
    expect(checkUserRule(mask('orders'), { tenantId, rules })).toBe('too-many-rules');
  });

  it('when learned rules have changed the cluster since it was split', () => {
    const general = keyOf('queue returns took 5 of 9 for bob@example.com');
    const known: UserRule = { kind: 'split', cluster: general, variable: 0, isEverywhere: false };
    const options = { tenantId, rules: rulesOf(known), generalise: () => general };
    expect(checkUserRule(split(1), options)).toBe('changed-since-split');
  });
});

describe('a rule is taken', () => {
  it.each<[string, UserRule, readonly UserRule[]]>([
    ['a merge', merge('a a a', 'b b b'), []],
    ['a mask', mask('orders'), []],
    ['a mask of another word', mask('took'), [mask('orders')]],
    ['a split', split(1), [split(0)]],
    ['a title', { kind: 'rename', cluster: trace, title: 'Sold out' }, []],
  ])('%s', (_, rule, known) => {
    expect(faultOf(rule, ...known)).toBeNull();
  });
});

describe('a stored rule', () => {
  it.each([merge('a a a', 'b b b'), mask('orders'), split(0), { kind: 'rename', cluster: trace, title: 'x' } as const])(
    'is read as it was written ($kind)',
    (rule) => {
      const { kind, ...body } = JSON.parse(JSON.stringify(rule)) as UserRule;
      expect(toUserRule(kind, body)).toEqual(rule);
    }
  );

  it('of an unknown kind or with a broken body is none', () => {
    expect(toUserRule('paint', { cluster: keyOf(line) })).toBeNull();
    expect(toUserRule('mask', { cluster: keyOf(line), word: 'a', occurrence: -1, isEverywhere: true })).toBeNull();
    expect(toUserRule('merge', { clusters: [null], into: keyOf(line) })).toBeNull();
  });
});
