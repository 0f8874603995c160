import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { guardPromql } from './index.ts';

const forced = [{ name: 'namespace', operator: '=' as const, value: 'team-a"} or up{x="' }];
const writtenForced = 'namespace="team-a\\"} or up{x=\\""}';

const hostilePiece = fc.constantFrom(
  '"',
  "'",
  '`',
  '\\',
  '\n',
  '{',
  '}',
  '[5m]',
  '#',
  ',',
  ' or ',
  '(',
  ')',
  '@ 0',
  'up',
  '=~".*"',
  '\0',
  '\u2028'
);
const hostileText = fc
  .array(fc.oneof(hostilePiece, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 6 })
  .map((pieces) => pieces.join('').toWellFormed());

/** How many selectors the text has, and how many of them end with the forced matcher; null for a text with errors. */
function countSelectors(text: string): { readonly all: number; readonly bound: number } | null {
  const counts = { all: 0, bound: 0 };
  let hasError = false;
  parser.parse(text).iterate({
    enter({ name, type, from, to }) {
      hasError ||= type.isError;
      if (name === 'VectorSelector') {
        counts.all += 1;
        counts.bound += text.slice(from, to).endsWith(writtenForced) ? 1 : 0;
      }
    },
  });
  return hasError ? null : counts;
}

const metric = fc.constantFrom('up', 'http_requests_total', 'sum', 'a:b', '');
const selector = fc
  .tuple(metric, fc.array(fc.tuple(fc.constantFrom('=', '!=', '=~'), hostileText), { minLength: 1, maxLength: 3 }))
  .map(([name, matchers]) => {
    const written = matchers.map(([operator, value]) => `a${operator}${JSON.stringify(value)}`);
    return `${name}{${written.join(',')}, b="c"}`;
  });
const query = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4 },
    selector,
    selector.map((text) => `rate(${text}[5m] offset 1h)`),
    fc
      .tuple(tie('query'), fc.constantFrom('+', '-', '/ on(a) group_left(b)', 'or', 'unless', '> bool'), tie('query'))
      .map((parts) => parts.join(' ')),
    tie('query').map((text) => `sum by (a, b) (${text})`),
    tie('query').map((text) => `max_over_time((${text})[1h:5m])`),
    tie('query').map((text) => `-(${text}) # ${text.replaceAll('\n', ' ')}\n`),
    fc
      .tuple(tie('query'), hostileText)
      .map(([text, value]) => `label_replace(${text}, ${JSON.stringify(value)}, "b", "c", "d")`)
  ),
})).query;

describe('binding PromQL', () => {
  test('well written queries come out with every selector bound and none added', { timeout: 120_000 }, () => {
    let allowedCount = 0;
    fc.assert(
      fc.property(query, (text) => {
        const guarded = guardPromql(text, { forced });
        if (guarded.kind === 'allowed') {
          allowedCount += 1;
          const before = countSelectors(text);
          expect(countSelectors(guarded.text)).toEqual({ all: before?.all, bound: before?.all });
        }
      }),
      { numRuns: 5000 }
    );
    expect(allowedCount).toBeGreaterThan(2000);
  });

  test('any text is bound or refused, never thrown at', { timeout: 120_000 }, () => {
    const texts = fc.oneof(
      hostileText,
      hostileText.map((text) => `up{a="${text}"}`),
      hostileText.map((text) => `sum by (${text}) (up)`),
      hostileText.map((text) => `up ${text} up`)
    );
    fc.assert(
      fc.property(texts, (text) => {
        const guarded = guardPromql(text, { forced });
        if (guarded.kind === 'allowed') {
          const after = countSelectors(guarded.text);
          expect(after).not.toBeNull();
          expect(after?.bound).toBe(after?.all);
        } else {
          expect(guarded.refusals.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 15_000 }
    );
  });
});
