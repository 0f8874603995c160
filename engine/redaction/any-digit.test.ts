import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrivateLines } from '../testing/private-lines.ts';
import { createSeededRandom } from '../testing/seeded-random.ts';
import { withAnyDigit } from './any-digit.ts';
import { redactionRules } from './redact.ts';

test.each([
  [/AKIA[A-Z2-7]{16}/g, String.raw`AKIA[A-Z\d]{16}`],
  [/v1\.0-[0-9a-f]{24}/g, String.raw`v\d\.\d-[0-9a-f]{24}`],
  [/[^a1\]]/g, String.raw`[^a\]]`],
  [/(?!000|9\d)\d{3}/g, String.raw`\d{3}`],
  [/(?<![A-Za-z0-9])x(?=1)/g, String.raw`(?<![A-Za-z0-9])x(?=\d)`],
  [/["\x60\u0031]([ -]?)\1/g, String.raw`["\x60\u0031]([ -]?)\1`],
  [/(?:a(?!7)|b)\w/g, String.raw`(?:a|b)\w`],
])('%s asks for any digits', (pattern, source) => {
  expect(withAnyDigit(pattern).source).toBe(source);
  expect(withAnyDigit(pattern).flags).toBe(pattern.flags);
});

test('every rule matches wherever it would match with the right digits', () => {
  const lines = createPrivateLines(3000, createSeededRandom(8));
  const patterns = redactionRules.map((rule) => ({ rule, loose: withAnyDigit(rule.pattern) }));
  fc.assert(
    fc.property(fc.constantFrom(...lines), fc.nat(9), fc.nat(9), ({ text }, first, step) => {
      let digit = first;
      const other = text.replace(/\d/g, () => String((digit += step) % 10));
      for (const { rule, loose } of patterns) {
        rule.pattern.lastIndex = 0;
        loose.lastIndex = 0;
        if (rule.pattern.test(text)) {
          expect(loose.test(other) ? '' : rule.name).toBe('');
        }
      }
    }),
    { numRuns: 1000 }
  );
});
