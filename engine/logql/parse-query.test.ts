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

describe('LogQL outside the subset', () => {
  test.each([
    ['topk(5, rate({a="b"}[1m]))', 'topk'],
    ['quantile_over_time(0.9, {a="b"} | unwrap x [1m])', 'quantile_over_time'],
    ['{a="b"} | line_format "{{.x}}"', 'line_format'],
    ['{a="b"} | drop x', 'drop'],
    ['{a="b"} |> "<_>"', 'line filter |>'],
    ['{a="b"} |= ip("1.2.3.4")', 'ip() in a line filter'],
    ['rate({a="b"}[1m]) > 5', 'arithmetic and comparison between queries'],
    ['rate({a="b"} | unwrap x [1m])', 'unwrap'],
    ['vector(1)', 'vector'],
  ])('%s names the construct', (text, construct) => {
    expect(parseQuery(text)).toMatchObject({ kind: 'not-supported', construct });
  });
});
