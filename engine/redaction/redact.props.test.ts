import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redact } from './redact.ts';

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
    { numRuns: 20_000 }
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
])('time grows with the length of %s only', (_form, piece) => {
  const short = timeOf(piece.repeat(20_000 / piece.length));
  const long = timeOf(piece.repeat(320_000 / piece.length));
  // Sixteen times the text; a quadratic rule would need 256 times as long. The constant covers a busy machine.
  expect(long).toBeLessThan(short * 64 + 150);
});

function timeOf(text: string): number {
  const startMs = Date.now();
  redact(text);
  return Date.now() - startMs;
}
