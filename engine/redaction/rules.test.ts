import { expect, test } from 'vitest';
import { createRuleTable, findMatches } from './find-matches.ts';
import { placeholderKinds, placeholderOf, placeholderSource } from './placeholders.ts';
import { redactionRules } from './redact.ts';

/** The quantifiers of a pattern without an upper bound, outside character classes. */
function unboundedQuantifiers(source: string): readonly string[] {
  const outside = source.replace(/\\./g, 'x').replace(/\[(?:\^)?\]?[^\]]*\]/g, 'x');
  return outside.match(/[*+]|\{\d+,\}/g) ?? [];
}

test('a quantifier without a bound is recognised', () => {
  expect(unboundedQuantifiers(String.raw`a\+[+*]b{1,3}`)).toEqual([]);
  expect(unboundedQuantifiers('a+b*c{2,}')).toEqual(['+', '*', '{2,}']);
});

test.each(redactionRules.map((rule) => [rule.name, rule] as const))(
  '%s has only bounded repetitions',
  (_name, { pattern }) => {
    expect(unboundedQuantifiers(pattern.source)).toEqual([]);
    expect(pattern.flags).toContain('g');
  }
);

test('keywords are in lower case', () => {
  for (const { keywords } of redactionRules) {
    expect(keywords.filter((keyword) => keyword === '' || keyword !== keyword.toLowerCase())).toEqual([]);
  }
});

test('all placeholders are recognised as such', () => {
  const placeholder = new RegExp(`^${placeholderSource}$`);
  for (const kind of placeholderKinds) {
    expect(placeholderOf(kind)).toMatch(placeholder);
    expect(placeholderOf(kind, 12)).toMatch(placeholder);
  }
  expect('<own-customer-number>').toMatch(placeholder);
  expect('<text-1>').toMatch(placeholder);
  expect('<text>').not.toMatch(placeholder);
  expect('<div>').not.toMatch(placeholder);
});

test('a rule runs when its keyword is anywhere, in any case', () => {
  const table = createRuleTable([
    { name: 'long', kind: 'secret', keywords: ['needle'], pattern: /needle\d/gi },
    { name: 'two', kind: 'secret', keywords: ['q~'], pattern: /q~\d/gi },
    { name: 'one', kind: 'secret', keywords: ['@'], pattern: /@\d/g },
    { name: 'always', kind: 'secret', keywords: [], pattern: /!\d/g },
  ]);
  const names = (text: string) => findMatches(text, table).map((match) => match.ruleName);
  expect(names('NEEDLE1')).toEqual(['long']);
  expect(names('a Needle2')).toEqual(['long']);
  expect(names('xQ~3')).toEqual(['two']);
  expect(names('@4!5')).toEqual(['one', 'always']);
  expect(names('needl')).toEqual([]);
  expect(names('')).toEqual([]);
});

test('of two rules that overlap the earlier one wins', () => {
  const table = createRuleTable([
    { name: 'first', kind: 'secret', keywords: [], pattern: /bc/g },
    { name: 'second', kind: 'ip', keywords: [], pattern: /abc|de/g },
  ]);
  expect(findMatches('abcde', table)).toEqual([
    { start: 1, end: 3, ruleName: 'first', kind: 'secret' },
    { start: 3, end: 5, ruleName: 'second', kind: 'ip' },
  ]);
});

test('a value that is refused is looked into', () => {
  const table = createRuleTable([
    {
      name: 'key',
      kind: 'secret',
      keywords: [],
      pattern: /k=(?<value>\S{1,20})/g,
      accepts: (value) => !value.includes('='),
    },
  ]);
  expect(findMatches('k=k=x', table)).toEqual([{ start: 4, end: 5, ruleName: 'key', kind: 'secret' }]);
});
