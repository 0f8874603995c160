import { describe, expect, test } from 'vitest';
import { createFingerprinter } from '../fingerprints/index.ts';
import { analyzeLine } from '../templates/index.ts';
import type { TemplatePart } from '../templates/index.ts';
import { extractVariables, variablePlacesOf } from './index.ts';

function ownValues(line: string): ReadonlyArray<string | null> {
  return extractVariables(line, analyzeLine(line).parts);
}

test.each<[string, string, string[]]>([
  [
    'plain with a header',
    '2024-05-01 12:00:00 INFO took 7 jobs from 10.0.0.1:80 in 3.5ms',
    ['7', '10.0.0.1:80', '3.5ms'],
  ],
  ['numbers in a row', 'user 1 2 3 4 [a, b, c] done', ['1 2 3 4']],
  ['nothing but a value', '5ms', ['5ms']],
  ['no value', 'ready', []],
  ['logfmt with a message', 'level=info msg="order 17 shipped to bob" user=12 dur=3ms', ['17']],
  ['logfmt without a message', 'a=1 b="x y" c=3', ['1', 'x y', '3']],
  ['JSON with a message', '{"user":7,"msg":"17 done","n":3}', ['17']],
  ['JSON without a message', '{"a":1,"level":"info","b":"x"}', ['1', 'info', 'x']],
  ['an object at the end', 'order 17 gone {"a":1}', ['17', '{"a":1}']],
  [
    'an access line',
    '10.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /items/17/x?q=2 HTTP/1.0" 404 99 "-" "-"',
    ['/items/17/x?q=2', '404'],
  ],
  [
    'an access line with a route',
    '10.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /api/items/17/x?q=2 HTTP/1.0" 200 99 "-" "-"',
    ['17', '200'],
  ],
])('values of %s', (_form, line, values) => {
  expect(ownValues(line)).toEqual(values);
});

describe('a template with more places than the line has itself', () => {
  const text = (words: string): TemplatePart => ({ kind: 'text', text: words });
  const variable = (type: string): TemplatePart => ({ kind: 'variable', type });

  test.each<[string, TemplatePart[], Array<string | null>]>([
    ['a word', [text('user '), variable('any'), text(' logged in from '), variable('ip')], ['ann', '10.0.0.1']],
    ['the last word', [text('user ann logged in from '), variable('any')], ['10.0.0.1']],
    ['the first word', [variable('any'), text(' ann logged in from '), variable('ip')], ['user', '10.0.0.1']],
    ['several words', [text('user '), variable('rest')], ['ann logged in from 10.0.0.1']],
    [
      'neighbours',
      [text('user '), variable('any'), text(' '), variable('any'), text(' in from '), variable('ip')],
      ['ann', 'logged', '10.0.0.1'],
    ],
    ['another line', [text('order '), variable('number'), text(' shipped to '), variable('any')], [null, null]],
  ])('%s', (_form, parts, values) => {
    expect(extractVariables('2024-05-01 12:00:00 INFO user ann logged in from 10.0.0.1', parts)).toEqual(values);
  });
});

test('constant text inside a value is not taken for the template', () => {
  const { parts } = analyzeLine('moved 7 of 9');
  expect(extractVariables('moved 7 of 9', parts)).toEqual(['7', '9']);
  const path = analyzeLine('read /srv/to/b.txt to 10.0.0.1');
  expect(extractVariables('read /srv/to/b.txt to 10.0.0.1', path.parts)).toEqual(['/srv/to/b.txt', '10.0.0.1']);
});

test('values of a trace are those of its message', () => {
  const trace =
    '2026-11-21 03:00:00 ERROR oops\njava.lang.IllegalStateException: order 17 failed after 3ms\n\tat com.shop.Stock.take(Stock.java:12)';
  const { template } = createFingerprinter().identify({ text: trace });
  expect(extractVariables(trace, template)).toEqual(['17', '3ms', null]);
});

test.each(['\u0000'.repeat(50), '\ud800 17', 'x'.repeat(200_000), '1 '.repeat(5000), ''])(
  'hostile text %# gives a value or null for each place',
  (line) => {
    const { parts } = analyzeLine(line);
    expect(extractVariables(line, parts)).toHaveLength(parts.filter((part) => part.kind === 'variable').length);
  }
);

test.each([
  ['user ann42 logged in', [true]],
  ['login from 10.0.0.1', [true]],
  ['took 17 ms for 3 items', [false, false]],
  ['customer=4711', [true]],
  ['{"account_id":17,"size":3}', [true, false]],
  ['token: 0123456789abcdef0123', [true]],
])('places of %s are personal or not', (line, expected) => {
  expect(variablePlacesOf(analyzeLine(line).parts).map((place) => place.isPersonal)).toEqual(expected);
});
