import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTraceCorpus } from '../testing/trace-corpus.ts';
import { createFingerprinter } from './fingerprinter.ts';

const corpus = createTraceCorpus({ seed: 11, tracesPerBug: 2, strayRatio: 0 });
const traces = fc.constantFrom(...corpus.map((trace) => trace.lines.join('\n')));
const texts = fc.oneof(traces, fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 100 }));

test('what was identified before does not count', () => {
  fc.assert(
    fc.property(fc.array(texts, { maxLength: 20 }), (batch) => {
      const forwards = createFingerprinter();
      const backwards = createFingerprinter();
      const first = batch.map((text) => forwards.identify({ text }).fingerprint);
      const second = [...batch].reverse().map((text) => backwards.identify({ text }).fingerprint);
      expect(second.reverse()).toEqual(first);
    }),
    { numRuns: 200 }
  );
});

test('line numbers do not count', () => {
  const fingerprinter = createFingerprinter();
  fc.assert(
    fc.property(traces, fc.integer({ min: 1, max: 99_999 }), (text, line) => {
      const moved = text.replace(/(\.(?:java|js|go|cs:line |rb|php|cc)[:(]?)\d+/g, `$1${line}`);
      expect(fingerprinter.identify({ text: moved }).fingerprint).toBe(fingerprinter.identify({ text }).fingerprint);
    }),
    { numRuns: 500 }
  );
});

test('a trace in a JSON field is the same trace', () => {
  const fingerprinter = createFingerprinter();
  fc.assert(
    fc.property(traces, (text) => {
      const line = JSON.stringify({ level: 'error', stack: text });
      expect(fingerprinter.identify({ text: line }).fingerprint).toBe(fingerprinter.identify({ text }).fingerprint);
    }),
    { numRuns: 200 }
  );
});

test.each([
  ['frames', '\tat com.shop.A.b(A.java:1)\n'],
  ['broken frames', '\tat com.shop.A.b(A.java\n'],
  ['one long frame', 'at a.b.c.d.'],
  ['Python frames', '  File "a.py", line 1, in f\n'],
  ['numbered frames', '#1 0x12 in f(\n'],
  ['causes', 'Caused by: a.b.CException: x\n'],
  ['opening brackets', '<(['],
  ['escaped newlines', '\\n\\tat '],
  ['JSON brackets', '{"a":['],
  ['Rust frames', '   1: a::b<c>::d\n'],
  ['blanks', ' '],
  ['newlines', '\n'],
  ['NUL', '\u0000'],
  ['lone surrogates', '\ud800'],
])('time grows with the length of %s only', (_form, piece) => {
  const prefix = piece === '{"a":[' ? '' : 'Error: x\n';
  const shortMs = timeOf(prefix + piece.repeat(16_000 / piece.length));
  const longMs = timeOf(prefix + piece.repeat(1_000_000 / piece.length));
  // 62 times the text; a quadratic step would need 3,900 times as long. The constant covers a busy machine.
  expect(longMs).toBeLessThan(Math.max(shortMs, 1) * 400 + 300);
});

function timeOf(text: string): number {
  const startMs = Date.now();
  createFingerprinter().identify({ text });
  return Date.now() - startMs;
}
