import { describe, expect, test } from 'vitest';
import { compileExpression, maxExpressionSize } from './compile-expression.ts';
import { LogqlInputError } from './errors.ts';
import { expandedSizeOf } from './expression-size.ts';
import { guardQuery, parseQuery, quoteText } from './index.ts';

describe('the size of an expression', () => {
  test.each([
    ['abc', 3],
    ['a{1000}', 1000],
    ['a{3,}', 5],
    ['.{0,200}', 400],
    ['(ab){10}', 40],
    ['((a{10}){10}){10}', 1220],
    ['[0-9a-f]{8}', 8],
    [String.raw`\pL{10}`, 400],
    [String.raw`[^\p{Greek}x]{10}`, 410],
    [String.raw`\Qa{9}\E{3}`, 6],
    [String.raw`\x{1F600}{2}\]{2}`, 4],
    ['[]a]{3}[[:alpha:]]{2}', 5],
    ['a{,5}', 5],
    // No repetition for RE2 but text, as in a line filter.
    ['order{123456}', 5],
    [String.raw`(?i)[a-z]\pL`, 101],
    ['(?i)[a-ÿ]', 1501],
  ])('of %s counts what is repeated as often as it is', (expression, size) => {
    expect(expandedSizeOf(expression)).toBe(size);
  });

  test.each([
    '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    '.{0,200}error.{0,200}',
    String.raw`\d{1,3}(\.\d{1,3}){3}`,
    String.raw`(?i)timeout|refused|reset by peer|\bOOM\b`,
    String.raw`^(?P<method>[A-Z]+) (?P<path>\S{1,1000}) (?P<status>\d{3})$`,
    String.raw`\p{L}{1,64}`,
    Array.from({ length: 2000 }, (_, index) => `checkout-${index}-7c9f`).join('|'),
  ])('of %s is small enough', (expression) => {
    expect(compileExpression(expression)).toBeDefined();
  });
});

const hostile: ReadonlyArray<readonly [string, string]> = [
  ['flat repeats of a Unicode class', String.raw`\pL{1000}`.repeat(800)],
  ['flat repeats of a character', 'a{1000}'.repeat(100)],
  ['repeats of a group', '(?:a|b|c|d|e|f|g|h){1000}'],
  ['folded ranges', '(?i)' + '[!-\u{1e93f}]'.repeat(500)],
  ['Unicode classes alone', String.raw`\pL|`.repeat(1000)],
];

test('a text that is no expression may hold what would repeat in one', () => {
  const text = quoteText('(x{1,500}){1,500}');
  const query = `{a=${text}, b!=${text}} |= ${text} or ${text} != ${text} |> ${text} | c=${text}`;
  expect(parseQuery(query)).toMatchObject({ kind: 'query' });
});

describe('an expression that becomes too large', () => {
  test.each(hostile)('is refused before it is compiled: %s', (_form, expression) => {
    expect(expandedSizeOf(expression)).toBeGreaterThan(maxExpressionSize);
    expect(() => compileExpression(expression)).toThrow(LogqlInputError);
    expect(() => compileExpression(expression)).toThrow('becomes too large with its repetitions written out');
  });

  test.each([
    (text: string) => `{a=~${text}}`,
    (text: string) => `{a="b"} |~ ${text}`,
    (text: string) => `{a="b"} | c=~${text}`,
    (text: string) => `{a="b"} | regexp ${text}`,
    (text: string) => `{a="b"} | drop c=~${text}`,
    (text: string) => `label_replace(rate({a="b"}[5m]), "a", "b", "c", ${text})`,
  ])('is refused in every place of a query', (write) => {
    const [, expression] = hostile[0] ?? ['', ''];
    for (const text of [quoteText(expression.slice(0, 6000)), `\`${expression.slice(0, 6000)}\``]) {
      expect(guardQuery(write(text), { forced: [] })).toMatchObject({
        kind: 'refused',
        refusals: [
          {
            reason: 'invalid-expression',
            message: expect.stringContaining('too large with its repetitions written out') as string,
          },
        ],
      });
    }
  });

  test('may not come in many parts', () => {
    const matchers = Array.from({ length: 100 }, (_, index) => `l${index}=~"x${'a{900}'.repeat(5)}"`);
    expect(parseQuery(`{${matchers.slice(0, 2).join(', ')}}`).kind).toBe('query');
    expect(parseQuery(`{${matchers.join(', ')}}`).kind).toBe('invalid');
  });

  test('is told from its case flag too', () => {
    const folded = '[!-\u{1e93f}]'.repeat(10);
    expect(expandedSizeOf(folded)).toBeLessThan(maxExpressionSize);
    expect(expandedSizeOf(folded, true)).toBeGreaterThan(maxExpressionSize);
  });
});
