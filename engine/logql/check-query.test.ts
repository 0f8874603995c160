import { describe, expect, test } from 'vitest';

import { checkQuery } from './index.ts';

function reasonsOf(text: string, limits: Parameters<typeof checkQuery>[1] = {}): readonly string[] {
  const checked = checkQuery(text, limits);
  return checked.kind === 'refused' ? checked.refusals.map(({ reason }) => reason) : [];
}

describe('checking a query from outside', () => {
  test.each([
    '{a="b"}',
    '{a=~".+"}',
    '{a!=""}',
    '{a!~"x*"}',
    '{a="", b=~"x"}',
    'sum by (a) (rate({a="b"} | json [5m]))',
  ])('%s may run', (text) => {
    expect(reasonsOf(text)).toEqual([]);
  });

  test.each(['{a=""}', '{a=~".*"}', '{a!="b"}', '{a!~"b"}', '{a=~"x|"}', 'rate({a=~".*"}[5m])'])(
    '%s would read every stream',
    (text) => {
      expect(reasonsOf(text)).toEqual(['matches-everything']);
    }
  );

  test.each(['{a=~"("}', '{a="b"} |~ "(?=x)"', '{a="b"} | json | c=~"["'])('%s holds no RE2 expression', (text) => {
    expect(reasonsOf(text)).toEqual(['invalid-expression']);
  });

  test('all reasons are named at once', () => {
    const limits = { maxRangeMs: 60_000, allowsMetrics: false };
    expect(reasonsOf('rate({a=~".*"}[5m])', limits)).toEqual(['metric-query', 'range-too-long', 'matches-everything']);
  });

  test('a text that is too long is refused unread', () => {
    const startMs = Date.now();
    expect(reasonsOf(`{a="b"}${' |= "x"'.repeat(200_000)}`)).toEqual(['too-long']);
    expect(Date.now() - startMs).toBeLessThan(100);
  });

  test.each([
    ['parentheses', '('.repeat(8000)],
    ['filters', `{a="b"}${'|="x"'.repeat(1600)}`],
    ['conditions', `{a="b"} | ${'('.repeat(4000)}`],
    ['alternatives', `{a="b"} |= "x"${' or "x"'.repeat(1100)}`],
    ['sums', `${'sum('.repeat(1900)}`],
  ])('many %s within the length are judged quickly', (_name, text) => {
    const startMs = Date.now();
    checkQuery(text, {});
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
