import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectLevel } from './detect-level.ts';
import { levelsBySeverity } from './level.ts';

const scannedLength = 2000;

test('any text has a level', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(levelsBySeverity).toContain(detectLevel(text, {}, {}));
    }),
    { numRuns: 1000 }
  );
});

test('text far from the head does not count for plain lines', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }), (head, tail) => {
      fc.pre(!head.trimStart().startsWith('{') && head.trim() !== '' && !head.includes('\u001b'));
      const padded = head.padEnd(scannedLength, ' ');
      expect(detectLevel(padded + tail, {}, {})).toBe(detectLevel(padded, {}, {}));
    }),
    { numRuns: 1000 }
  );
});

test.each([
  ['quotes', '"'],
  ['level keys', 'level='],
  ['JSON keys', '{"level":'],
  ['requests', '"GET / '],
  ['brackets', '['],
  ['blanks', ' '],
  ['digits', '1'],
  ['escape codes', '\u001b[1'],
  ['frames', '\n at '],
  ['colons', 'error:'],
  ['dates', '1-'],
  ['times', '1 1:'],
  ['letters', 'a'],
  ['lone surrogates', '\ud800'],
])('a megabyte of %s takes no longer than a few lines', (_form, piece) => {
  const text = piece.repeat(1_000_000 / piece.length);
  const startMs = Date.now();
  for (let round = 0; round < 20; round += 1) {
    detectLevel(text, {}, {});
    detectLevel(`{${text}`, {}, {});
  }
  // 40 calls; each looks at 2,500 characters at most. 25 ms each would be a thousand times the usual.
  expect(Date.now() - startMs).toBeLessThan(1000);
});
