import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRuleTable } from './find-matches.ts';
import { placeholderOf } from './placeholders.ts';
import { createRedactor, firstEntryState, redact, redactionRules } from './redact.ts';
import { rewrite } from './rewrite.ts';
import type { TenantRule } from './tenant-rule.ts';

// Pieces that rules react to, so that random texts hold matches beside one another and halves of them.
const pieces = [
  'password',
  'token',
  'secret=',
  '"api_key":"',
  'Bearer ',
  'Authorization: ',
  '=',
  ':',
  '"',
  "'",
  '\\',
  ' ',
  '\n',
  '/',
  '@',
  '-',
  '.',
  '+',
  ',',
  '<',
  '>',
  '&',
  '?',
  'bob@example.com',
  '10.0.0.7',
  'fe80::1',
  '00:1B:44:11:3A:B7',
  '4111 1111 1111 1111',
  'DE89370400440532013000',
  '+49 170 1234567',
  '(415) 555-0132',
  '078-05-1120',
  '/home/bob/',
  'C:\\Users\\bob',
  'https://',
  'a1B2c3D4e5F6g7',
  '0f3a9c1e7b5d2468',
  'eyJhbGciOiJIUzI1',
  'x',
  '7',
  '1234',
  '-----BEGIN PRIVATE KEY-----',
  '-----END PRIVATE KEY-----',
  'AKIAQW2ERT7YUI4OPAS3',
  '%40',
  '%3D',
  '%25',
  '\\u0040',
  '\\n',
  '&quot;',
  '１０.０.０.７',
  '\u200b',
  'cGFzc3dvcmQ9aHVudGVyMjIy',
  '<secret>',
  '<token>',
  '</token>',
  'sid=',
  'otp is ',
  'firstName',
  'ghp_aB3dE6gH9jK2mN5pQ8',
  'sT1vW4yZ7aB3dE6gH9jK2m',
  '::',
  '\u0000',
  '\ud800',
  'é',
];

const texts = fc
  .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 6 })), { maxLength: 30 })
  .map((parts) => parts.join(''));

test('redacting twice changes nothing', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const once = redact(text);
      expect(redact(once)).toBe(once);
    }),
    { numRuns: 10_000 }
  );
});

const tenantRules: readonly TenantRule[] = [
  { name: 'word', form: 'expression', pattern: 'x+[a-z0-9]{0,3}' },
  { name: 'digits', form: 'expression', pattern: '[0-9]{4}' },
  { name: 'reach', form: 'expression', pattern: 'Bearer.*7' },
  { name: 'known', form: 'literal', pattern: 'secret' },
];

test('redacting twice by the rules of a tenant changes nothing', () => {
  const redactor = createRedactor({ tenantRules });
  fc.assert(
    fc.property(texts, (text) => {
      const once = redactor.redact(text);
      expect(redactor.redact(once)).toBe(once);
    }),
    { numRuns: 5000 }
  );
});

test('redacting entry by entry leaves no more than redacting each alone', () => {
  const redactor = createRedactor();
  fc.assert(
    fc.property(fc.array(texts, { maxLength: 4 }), (entries) => {
      let state = firstEntryState;
      for (const entry of entries) {
        const report = redactor.redactEntry(entry, state);
        expect(redactor.redact(report.text)).toBe(report.text);
        state = report.state;
      }
    }),
    { numRuns: 3000 }
  );
});

test('lines keep their number outside private keys', () => {
  fc.assert(
    fc.property(
      texts.filter((text) => !text.includes('PRIVATE KEY')),
      (text) => {
        expect(redact(text).split('\n')).toHaveLength(text.split('\n').length);
      }
    ),
    { numRuns: 3000 }
  );
});

test.each([
  ['letters', 'a'],
  ['digits', '1'],
  ['digits with blanks', '4111 '],
  ['at signs', 'a@'],
  ['colons', 'a:'],
  ['dots', '1.'],
  ['open keys', 'password='],
  ['quotes', '"token":"'],
  ['begun private keys', '-----BEGIN PRIVATE KEY-----'],
  ['URLs', 'http://a:'],
  ['begun tokens', 'eyJ'],
  ['begun tokens with dashes', '-eyJ'],
  ['dashes', '-'],
  ['plus signs', '+1 '],
  ['home paths', '/home/'],
  ['surrogates', '\ud800'],
  ['NUL', '\u0000'],
  ['IBAN starts', 'DE89 '],
  ['weak keys and values', 'sid=1'],
  ['percent-encoding', '%41'],
  ['escapes', '\\u0041'],
  ['entities', '&amp;'],
  ['full-width digits', '１'],
  ['base64', 'cGFzc3dvcmQ9aHVudGVyMjIy'],
  ['broken lines', 'a\nb'],
  ['XML', '<token>a1'],
])('sixteen times as much of %s is at most sixteen times the work', (_form, piece) => {
  const short = workOn(piece.repeat(20_000 / piece.length));
  const long = workOn(piece.repeat(320_000 / piece.length));
  expect(long.unitCount).toBeLessThanOrEqual(short.unitCount * 16 * 1.25);
  // Bounded patterns (rules.test.ts) on windows of bounded length: the work on one window is bounded.
  expect(long.longestWindow).toBeLessThanOrEqual(8192);
});

/** How many units of text rules were run on, and the longest stretch at once; what time measures, without the clock. */
function workOn(text: string): { readonly unitCount: number; readonly longestWindow: number } {
  const inner = createRuleTable(redactionRules);
  let unitCount = 0;
  let longestWindow = 0;
  const gate = {
    mark(window: string) {
      unitCount += window.length;
      longestWindow = Math.max(longestWindow, window.length);
      return inner.gate.mark(window);
    },
  };
  const table = { rules: redactionRules, gate };
  rewrite(text, { table, credentials: table, tenantRules: [], substitute: (kind) => placeholderOf(kind) }, 'none');
  return { unitCount, longestWindow };
}
