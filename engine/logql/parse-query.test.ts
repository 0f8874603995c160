import { describe, expect, test } from 'vitest';

import { parseQuery, printQuery } from './index.ts';

function reprint(text: string): string {
  const parsed = parseQuery(text);
  return parsed.kind === 'query' ? printQuery(parsed.query) : JSON.stringify(parsed);
}

describe('queries of the subset', () => {
  test.each([
    ['{a="b"}', '{a="b"}'],
    ['  ( {a=`b"c`, d!~"e.*"} ) # comment', '{a="b\\"c", d!~"e.*"}'],
    ['{a="b"}|="x"!=`y`|~"z" or "w"!~"v"', '{a="b"} |= "x" != "y" |~ "z" or "w" !~ "v"'],
    ['{a="b"} | json | logfmt --strict c, d="e" | unpack', '{a="b"} | json | logfmt --strict c="c", d="e" | unpack'],
    ['{a="b"} | pattern `<x> y` | regexp "(?P<z>.)"', '{a="b"} | pattern "<x> y" | regexp "(?P<z>.)"'],
    ['{a="b"} | x="y" and z=~"w" or (q>5, r>=10ms)', '{a="b"} | (x="y" and z=~"w") or (q > 5 and r >= 10ms)'],
    ['{a="b"} | x=5 | s<=20KB', '{a="b"} | x == 5 | s <= 20KB'],
    ['rate({a="b"}[1h30m])', 'rate({a="b"} [90m])'],
    ['count_over_time({a="b"} | json [5m] offset -1ns)', 'count_over_time({a="b"} | json [5m] offset -1ns)'],
    ['sum(rate({a="b"}[5m])) by (c, d)', 'sum by (c, d) (rate({a="b"} [5m]))'],
    ['max without () (sum by () (bytes_rate({a="b"}[1d])))', 'max without () (sum by () (bytes_rate({a="b"} [24h])))'],
    ['{a="\\u00e9\\n\\t\\x41\\101\\U0001F98A"}', '{a="é\\n\\tAA🦊"}'],
  ])('%s is read', (text, printed) => {
    expect(reprint(text)).toBe(printed);
    expect(reprint(printed)).toBe(printed);
  });
});

describe('texts that are no LogQL', () => {
  test.each([
    ['', 0],
    ['{a="b"', 6],
    ['{a="b"} |= ', 11],
    ['{}', 1],
    ['{a="b\\q"}', 3],
    ['{a="\\ud800"}', 3],
    ['{a="\\xff"}', 3],
    ['{by="b"}', 1],
    ['{By="b"}', 1],
    ['rate({a="b"}[5us])', 13],
  ])('%j is invalid where it goes wrong', (text, position) => {
    expect(parseQuery(text)).toMatchObject({ kind: 'invalid', position });
  });

  test.each(['rate({a="b"})', '{a="x"} {app="y"}', '{a="b",}', "{a='b'}", 'sum by (a) (rate({a="b"}[5m])) by (c)'])(
    '%s is invalid',
    (text) => {
      expect(parseQuery(text)).toMatchObject({ kind: 'invalid' });
    }
  );
});

describe('stages and filters', () => {
  test.each([
    ['{a="b"} | line_format "{{.x}}" | decolorize | unpack', '{a="b"} | line_format "{{.x}}" | decolorize | unpack'],
    ['{a="b"} | label_format x=y,z="{{.w}}"', '{a="b"} | label_format x=y, z="{{.w}}"'],
    ['{a="b"} | drop x,y="z" | keep q,r=~"s"', '{a="b"} | drop x, y="z" | keep q, r=~"s"'],
    ['{a="b"} |> "<_>" or `x` !> "y"', '{a="b"} |> "<_>" or "x" !> "y"'],
    ['{a="b"} |= ip("1.2.3.4") != ip("::1")', '{a="b"} |= ip("1.2.3.4") != ip("::1")'],
    ['{a="b"} | x=ip("10.0.0.0/8") or y!=ip("::1")', '{a="b"} | x = ip("10.0.0.0/8") or y != ip("::1")'],
    ['{a="b"} | x>-5 or y<+1.5e3', '{a="b"} | x > -5 or y < 1.5e3'],
    ['{a="b" # first\n, # second\nc="d"} | x # third\n= "y"', '{a="b", c="d"} | x="y"'],
  ])('%s is read', (text, printed) => {
    expect(reprint(text)).toBe(printed);
    expect(reprint(printed)).toBe(printed);
  });

  test.each([
    ['x="1" or x="2" and x="3"', 'x="1" or (x="2" and x="3")'],
    ['x="1" and x="2" or x="3"', '(x="1" and x="2") or x="3"'],
    ['x="1", x="2" or x="3"', 'x="1" and (x="2" or x="3")'],
    ['x="1" or x="2", x="3"', 'x="1" or (x="2" and x="3")'],
    ['x="1" and x="2", x="3"', 'x="1" and (x="2" and x="3")'],
    ['(x="1", x="2") or x="3"', '(x="1" and x="2") or x="3"'],
  ])('%s is joined as Loki does it', (condition, printed) => {
    expect(reprint(`{a="b"} | ${condition}`)).toBe(`{a="b"} | ${printed}`);
  });
});

describe('metric queries', () => {
  test.each([
    [
      'quantile_over_time(.9,{a="b"}|unwrap duration(x)|__error__="" [1m] offset 5m) by (c)',
      'quantile_over_time(.9, {a="b"} [1m] offset 5m | unwrap duration(x) | __error__="") by (c)',
    ],
    ['rate({a="b"}[1m] | json)', 'rate({a="b"} | json [1m])'],
    ['sum_over_time({a="b"}|json|unwrap x[1m])', 'sum_over_time({a="b"} | json | unwrap x [1m])'],
    ['sum_over_time({a="b"}[1m] offset 5m|json|unwrap x)', 'sum_over_time({a="b"} [1m] offset 5m | json | unwrap x)'],
    ['rate(({a="b"}[1m]))', 'rate({a="b"} [1m])'],
    ['topk(5, rate({a="b"}[1m])) by (c)', 'topk by (c) (5, rate({a="b"} [1m]))'],
    ['sort_desc(rate({a="b"}[1m]))', 'sort_desc(rate({a="b"} [1m]))'],
    ['approx_topk(5, rate({a="b"}[1m]))', 'approx_topk(5, rate({a="b"} [1m]))'],
    ['vector(1)', 'vector(1)'],
    ['label_replace(vector(1), "a", "$1", `b`, "(.*)")', 'label_replace(vector(1), "a", "$1", "b", "(.*)")'],
    ['vector(1) > bool on(a) group_left vector(2)', 'vector(1) > bool on (a) group_left () vector(2)'],
    ['vector(1) * ignoring() group_right(x,y) (vector(2))', 'vector(1) * ignoring () group_right (x, y) vector(2)'],
    ['SUM BY (a) (rate({a="b"}[1m]))', 'sum by (a) (rate({a="b"} [1m]))'],
  ])('%s is read', (text, printed) => {
    expect(reprint(text)).toBe(printed);
    expect(reprint(printed)).toBe(printed);
  });

  test.each([
    ['1 + 2 * 3', '1 + (2 * 3)'],
    ['1 * 2 + 3', '(1 * 2) + 3'],
    ['1 - 2 - 3', '(1 - 2) - 3'],
    ['2 ^ 3 ^ 2', '2 ^ (3 ^ 2)'],
    ['2 * 3 ^ 2 / 4 % 5', '((2 * (3 ^ 2)) / 4) % 5'],
    ['1 < 2 + 3 == 4', '(1 < (2 + 3)) == 4'],
    ['-1 ^ 2 - -3', '(-1 ^ 2) - -3'],
    ['(1 + 2) * 3', '(1 + 2) * 3'],
    [
      'vector(1) or vector(2) and vector(3) unless vector(4) > 5',
      'vector(1) or ((vector(2) and vector(3)) unless (vector(4) > 5))',
    ],
  ])('%s binds as Loki does it', (text, printed) => {
    expect(reprint(text)).toBe(printed);
    expect(reprint(printed)).toBe(printed);
  });
});

describe('what Loki refuses when it parses', () => {
  test.each([
    'topk(0, vector(1))',
    'topk(vector(1))',
    'topk(1.5, vector(1))',
    'sum(3, vector(1))',
    'sort(vector(1)) by (a)',
    'approx_topk(3, vector(1)) by (a)',
    'rate(3, {a="b"}[1m])',
    'quantile_over_time({a="b"} | unwrap x [1m])',
    'count_over_time({a="b"} | unwrap x [1m])',
    'sum_over_time({a="b"}[1m])',
    'rate({a="b"}[1m]) by (c)',
    'label_replace(vector(1), "a", "b", "c", "(")',
    'vector(1) or 1',
    '(1 + 1) and vector(1)',
    '{a="b"} or {c="d"}',
    '1 + {a="b"}',
    '0x1F + vector(1)',
    '1e999',
  ])('%s is invalid', (text) => {
    expect(parseQuery(text)).toMatchObject({ kind: 'invalid' });
  });
});

describe('LogQL outside the tree', () => {
  test.each([
    ['{a="b"} |= "x" or ip("1.2.3.4")', 'ip() beside other line filters'],
    ['{a="b"} |= ip("1.2.3.4") or "x"', 'ip() beside other line filters'],
    ['{a="b"} |~ ip("1.2.3.4")', 'line filter |~ with ip()'],
    [`${'('.repeat(200)}1${')'.repeat(200)}`, 'nesting deeper than 100 levels'],
  ])('%s names the construct', (text, construct) => {
    expect(parseQuery(text)).toMatchObject({ kind: 'not-supported', construct });
  });
});
