import { describe, expect, test } from 'vitest';

import {
  anyOf,
  compileMatcher,
  isQueryableLabelName,
  lineFilter,
  LogqlInputError,
  matcher,
  parseDuration,
  partitionSelectors,
  printDuration,
  printQuery,
  rangeAggregation,
  selector,
  sum,
  withStages,
} from './index.ts';

describe('building', () => {
  test.each(['', 'a b', '1a', 'a.b', 'a-b', 'by', 'JSON', 'a="x"} or {b'])('%j can be no label name', (name) => {
    expect(() => matcher(name, '=', 'x')).toThrow(LogqlInputError);
    expect(() =>
      sum(rangeAggregation('rate', selector(matcher('a', '=', 'b')), 1_000_000n), { mode: 'by', labelNames: [name] })
    ).toThrow(LogqlInputError);
    expect(isQueryableLabelName(name)).toBe(false);
  });

  test('an expression of texts matches these texts and no others, whatever they hold', () => {
    const texts = ['a.b', 'x|y', '(?i)c', '[d]', String.raw`e\f`, '^g$', 'h{2}', '*+?'];
    const matches = compileMatcher(matcher('a', '=~', anyOf(...texts)));
    expect(texts.filter((text) => !matches(text))).toEqual([]);
    expect(['axb', 'x', 'y', 'C', 'd', 'ef', 'g', 'hh', ''].filter((text) => matches(text))).toEqual([]);
  });

  test('a selector, a line filter and a range need content', () => {
    expect(() => selector()).toThrow(LogqlInputError);
    expect(() => lineFilter('|=')).toThrow(LogqlInputError);
    expect(() => rangeAggregation('rate', selector(matcher('a', '=', 'b')), 0n)).toThrow(LogqlInputError);
    expect(() => rangeAggregation('rate', selector(matcher('a', '=', 'b')), 1500n)).toThrow(LogqlInputError);
  });

  test('a tree that no text has is not printed', () => {
    const dropped = { kind: 'drop', labels: [{ kind: 'name', name: 'b' }] } as const;
    const query = withStages(selector(matcher('a', '=', 'x')), dropped);
    expect(printQuery(withStages(query, lineFilter('|=', 'y')))).toBe('{a="x"} | drop b |= "y"');
    expect(() => printQuery(withStages(query, lineFilter('!=', 'y')))).toThrow(LogqlInputError);
  });

  test('a lone surrogate is printed as the replacement character', () => {
    expect(printQuery(selector(matcher('a', '=', '\ud83e')))).toBe('{a="\ufffd"}');
  });

  test.each([
    [0n, '0s'],
    [1n, '1ns'],
    [-59_999_999_999n, '-59999999999ns'],
    [1_500_000_000n, '1500ms'],
    [7_200_000_000_000n, '2h'],
  ])('%s ns are printed as %s and read back', (durationNs, text) => {
    expect(printDuration(durationNs)).toBe(text);
    expect(parseDuration(text)).toBe(durationNs);
  });

  test.each(['', '5', 'm', '5x', '1.5.5s', '--1s'])('%j is no duration', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('partitioning', () => {
  test('every stream with one of the labels matches one selector', () => {
    const { selectors } = partitionSelectors(['a', 'b', 'c']);
    expect(selectors.map(printQuery)).toEqual(['{a=~".+"}', '{a="", b=~".+"}', '{a="", b="", c=~".+"}']);
    for (let bits = 1; bits < 8; bits += 1) {
      const labels: Record<string, string> = {
        a: bits & 1 ? 'x\ny' : '',
        b: bits & 2 ? 'x' : '',
        c: bits & 4 ? 'x' : '',
      };
      const matching = selectors.filter(({ matchers }) =>
        matchers.every((item) => compileMatcher(item)(labels[item.name] ?? ''))
      );
      expect(matching).toHaveLength(1);
    }
  });

  test('names that LogQL cannot write are returned apart', () => {
    const { selectors, unqueryableNames } = partitionSelectors(['by', 'a', 'a', 'x.y']);
    expect(selectors).toHaveLength(1);
    expect(unqueryableNames).toEqual(['by', 'x.y']);
  });
});
