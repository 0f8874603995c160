import { describe, expect, test } from 'vitest';

import { guardQuery, LogqlInputError, matcher } from './index.ts';
import type { QueryPolicy } from './index.ts';

const unbound: QueryPolicy = { forced: [] };
const bound: QueryPolicy = { forced: [matcher('namespace', '=', 'team-a')] };

function reasonsOf(text: string, policy: QueryPolicy = unbound): readonly string[] {
  const guarded = guardQuery(text, policy);
  return guarded.kind === 'refused' ? guarded.refusals.map(({ reason }) => reason) : [];
}

function textOf(text: string, policy: QueryPolicy): string {
  const guarded = guardQuery(text, policy);
  return guarded.kind === 'allowed' ? guarded.text : JSON.stringify(guarded.refusals);
}

describe('forcing matchers', () => {
  test.each([
    ['{a="b"}', '{a="b", namespace="team-a"}'],
    ['{namespace="team-b"} |= "x"', '{namespace="team-b", namespace="team-a"} |= "x"'],
    ['{namespace=~".+"}', '{namespace=~".+", namespace="team-a"}'],
    [
      'sum(rate({a="b"}[5m])) / sum(rate({namespace!=""}[5m]))',
      'sum(rate({a="b", namespace="team-a"} [5m])) / sum(rate({namespace!="", namespace="team-a"} [5m]))',
    ],
    [
      'topk by (c) (3, label_replace(rate({a="b"}[5m]), "d", "$1", "c", "(.*)")) or vector(0)',
      'topk by (c) (3, label_replace(rate({a="b", namespace="team-a"} [5m]), "d", "$1", "c", "(.*)")) or vector(0)',
    ],
    [
      'quantile_over_time(0.9, ({a="b"} | unwrap c [5m])) by (d)',
      'quantile_over_time(0.9, {a="b", namespace="team-a"} | unwrap c [5m]) by (d)',
    ],
    ['absent_over_time({a="b"}[5m])', 'absent_over_time({a="b", namespace="team-a"} [5m])'],
    ['{a="b"} # {namespace="team-b"}', '{a="b", namespace="team-a"}'],
  ])('%s becomes %s', (text, expected) => {
    expect(textOf(text, bound)).toBe(expected);
  });

  test('several matchers are all added, in order', () => {
    const forced = [matcher('tenant', '=', 't"}1'), matcher('namespace', '=~', 'a|b')];
    expect(textOf('{a="b"}', { forced })).toBe('{a="b", tenant="t\\"}1", namespace=~"a|b"}');
  });

  test('a selector that only the forced matcher would narrow is still refused', () => {
    expect(reasonsOf('{a=~".*"}', bound)).toEqual(['matches-everything']);
  });

  test.each([
    { name: 'a b', operator: '=', value: 'x' },
    { name: 'by', operator: '=', value: 'x' },
    { name: 'a', operator: '=~', value: '(' },
    { name: 'a', operator: '=', value: '\ud800' },
  ] as const)('a policy with the forced matcher %j is a mistake', (broken) => {
    expect(() => guardQuery('{a="b"}', { forced: [broken] })).toThrow(LogqlInputError);
  });

  test('what the query touches is told', () => {
    const text = 'rate({a="b"}[5m] offset 1h) - rate({c="d"}[1m] offset -2m) > 5';
    expect(guardQuery(text, bound)).toMatchObject({
      kind: 'allowed',
      selectors: [
        [{ name: 'a' }, { name: 'namespace', value: 'team-a' }],
        [{ name: 'c' }, { name: 'namespace', value: 'team-a' }],
      ],
      reachBackMs: 65 * 60_000,
      reachForwardMs: 2 * 60_000,
    });
    expect(guardQuery('{a="b"}', bound)).toMatchObject({ reachBackMs: 0, reachForwardMs: 0 });
    expect(guardQuery('1 + 2', bound)).toMatchObject({ kind: 'allowed', selectors: [], text: '1 + 2' });
  });
});

describe('judging a query from outside', () => {
  test.each([
    '{a="b"}',
    '{a=~".+"}',
    '{a!=""}',
    '{a!~"x*"}',
    '{a="", b=~"x"}',
    'sum by (a) (rate({a="b"} | json [5m]))',
    '{a="b"} | line_format "{{.x}}" | label_format c=d, e="{{.f}}" | drop g | keep h, i="j" | decolorize',
    '{a="b"} |> "<_> x" !> "y" |= ip("10.0.0.0/8") | k = ip("::1")',
  ])('%s may run', (text) => {
    expect(reasonsOf(text)).toEqual([]);
  });

  test.each(['{a=""}', '{a=~".*"}', '{a!="b"}', '{a!~"b"}', '{a=~"x|"}', 'rate({a=~".*"}[5m])'])(
    '%s would read every stream',
    (text) => {
      expect(reasonsOf(text)).toEqual(['matches-everything']);
    }
  );

  test.each([
    '{a=~"("}',
    '{a="b"} |~ "(?=x)"',
    '{a="b"} | json | c=~"["',
    '{a="b"} | regexp "x"',
    '{a="b"} | drop c=~"("',
    'sum_over_time({a="b"} | unwrap c | d=~"(" [5m])',
  ])('%s holds no RE2 expression that could be used', (text) => {
    expect(reasonsOf(text)).toEqual(['invalid-expression']);
  });

  test('all reasons are named at once, each with its place', () => {
    const text = '  rate({a=~".*"}[5m] offset -1h) + rate({a="b"} | line_format "x" [5m])';
    const limits = { maxRangeMs: 60_000, maxOffsetMs: 1000, maxSelectors: 1, allowsMetrics: false };
    const guarded = guardQuery(text, { forced: [], ...limits, refusedStages: new Set(['line_format'] as const) });
    const refusals = guarded.kind === 'refused' ? guarded.refusals : [];
    expect(refusals.map(({ reason, position }) => [reason, position])).toEqual([
      ['metric-query', null],
      ['too-many-selectors', null],
      ['range-too-long', 7],
      ['offset-too-far', 7],
      ['matches-everything', 7],
      ['range-too-long', 40],
      ['refused-stage', 40],
    ]);
  });

  test.each([
    ['rate({a="b"}[3650d])', { maxRangeMs: 30 * 86_400_000 }, 'range-too-long'],
    ['rate({a="b"}[5m] offset 9y)', { maxOffsetMs: 86_400_000 }, 'offset-too-far'],
    ['rate({a="b"}[5m] offset -9y)', { maxOffsetMs: 86_400_000 }, 'offset-too-far'],
    ['rate({a="b"}[60001ms])', { maxRangeMs: 60_000 }, 'range-too-long'],
    [Array.from({ length: 21 }, () => 'rate({a="b"}[5m])').join('+'), {}, 'too-many-selectors'],
  ])('%s exceeds a limit', (text, limits, reason) => {
    expect(reasonsOf(text, { ...unbound, ...limits })).toContain(reason);
  });

  test('a range and an offset at their limits may run', () => {
    const limits = { maxRangeMs: 60_000, maxOffsetMs: 60_000 };
    expect(reasonsOf('rate({a="b"}[1m] offset 1m)', { ...unbound, ...limits })).toEqual([]);
  });

  test.each([
    'variants(count_over_time({a="b"}[1m]), rate({a="b"}[1m])) of ({a="b"}[1m])',
    'approx_count_distinct by (a) (count_over_time({a="b"}[1m]))',
    '{a="b"} | unknown_stage "x"',
    'sum by (a) ({a="b"})',
  ])('%s is unknown and refused', (text) => {
    expect(reasonsOf(text)).toHaveLength(1);
    expect(['invalid', 'not-supported']).toContain(reasonsOf(text)[0]);
  });

  test('a text that is too long is refused unread, whatever the policy says', () => {
    const startMs = Date.now();
    const text = `{a="b"}${' |= "x"'.repeat(200_000)}`;
    expect(reasonsOf(text)).toEqual(['too-long']);
    expect(reasonsOf(text, { ...unbound, maxLength: 10_000_000 })).toEqual(['too-long']);
    expect(reasonsOf('{a="b"}', { ...unbound, maxLength: 6 })).toEqual(['too-long']);
    expect(Date.now() - startMs).toBeLessThan(100);
  });

  test.each([
    ['open parentheses', '('.repeat(8000)],
    ['closed parentheses', `${'('.repeat(4000)}1${')'.repeat(4000)}`],
    ['filters', `{a="b"}${'|="x"'.repeat(1600)}`],
    ['open conditions', `{a="b"} | ${'('.repeat(4000)}`],
    ['closed conditions', `{a="b"} | ${'('.repeat(4000)}b=1${')'.repeat(4000)}`],
    ['alternatives', `{a="b"} |= "x"${' or "x"'.repeat(1100)}`],
    ['joined conditions', `{a="b"} | b=1${' or b=1'.repeat(1100)}`],
    ['sums', `${'sum('.repeat(1900)}`],
    ['closed sums', `${'sum('.repeat(1600)}1${')'.repeat(1600)}`],
    ['additions', `1${'+1'.repeat(4000)}`],
    ['powers', `1${'^1'.repeat(4000)}`],
    ['comments', '#\n'.repeat(4000)],
    ['backslashes', `{a="${'\\\\'.repeat(4000)}"}`],
    ['groups', `{a=~"${'('.repeat(2000)}x${')'.repeat(2000)}"}`],
    ['repetitions', `{a=~"${'(x{1,100}'.repeat(5)}${')'.repeat(5)}"}`],
  ])('many %s within the length are judged quickly', (_name, text) => {
    const startMs = Date.now();
    expect(['allowed', 'refused']).toContain(guardQuery(text, bound).kind);
    expect(Date.now() - startMs).toBeLessThan(2000);
  });

  test('a hostile expression does not backtrack', () => {
    expect(reasonsOf('{a=~"(a+)+$"}')).toEqual([]);
  });

  test('an attempt to widen the selector is refused', () => {
    expect(reasonsOf('{app="x"} or {app=~".+"}')).not.toEqual([]);
    expect(reasonsOf('{app="x"} # {app=~".+"}')).toEqual([]);
  });
});
