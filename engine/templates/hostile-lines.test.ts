import { describe, expect, it } from 'vitest';
import { analyzeLine } from './analyze-line.ts';
import { createClusterer } from './clusterer.ts';
import { maxAnalysedLength, maxTokenCount } from './limits.ts';

declare const performance: { now(): number };

const repeated = [
  'a',
  'a ',
  'a-',
  'a.',
  '1',
  '1 ',
  '1.',
  '1,',
  '::',
  'a:',
  'ab:',
  '/',
  '/a',
  './',
  '"',
  '="',
  ': "',
  "'",
  '\\',
  '\\"',
  '[',
  ']',
  '[a',
  '(a)',
  '{',
  '{"',
  '{"a":',
  '<',
  '<1',
  '- ',
  '=',
  'a=',
  'a= ',
  'a="',
  '@',
  'a@',
  'a@b.',
  'http://',
  'Jan ',
  'Jan 1 ',
  '0x',
  'x',
  'ff:',
  '\u001b[',
  '\u0000',
  '\ud800',
  '\u200f',
  '\t',
  ' ',
  '12:00:00 ',
  '2024-05-01 ',
  'INFO ',
  '[INFO] ',
  'a | ',
  'a|1|',
  ' HTTP/',
  '"GET / HTTP/1.1" ',
  'a (',
  'a) ',
  'a - ',
  'é',
  '日',
  '1 KB (',
  '<1>',
  '<*>',
];
const prefixes = ['', '2024-05-01 12:00:00 INFO ', '{"msg":"', 'level=info msg="', '10.0.0.1 - - "GET '];

function durationMs(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 5; attempt++) {
    const startMs = performance.now();
    work();
    best = Math.min(best, performance.now() - startMs);
  }
  return best;
}

describe('hostile lines', () => {
  it.each(repeated)('analyses any length of %j in bounded time', (unit) => {
    for (const prefix of prefixes) {
      const short = prefix + unit.repeat(Math.ceil(maxAnalysedLength / 8 / unit.length));
      const long = prefix + unit.repeat(Math.ceil(maxAnalysedLength / unit.length));
      analyzeLine(short);
      const shortMs = durationMs(() => analyzeLine(short));
      const longMs = durationMs(() => analyzeLine(long));
      // Eight times the text; a quadratic pass would take 64 times as long. A floor keeps timer noise out.
      expect(longMs).toBeLessThan(24 * Math.max(shortMs, 0.5));
    }
  });

  it('takes a line of a megabyte like one of the analysed length', () => {
    const clusterer = createClusterer();
    for (const unit of ['word ', '1 ', '"', '{"a":[', 'a=b ']) {
      const line = unit.repeat(1_000_000 / unit.length);
      expect(durationMs(() => clusterer.add(line))).toBeLessThan(100);
      expect(analyzeLine(line).spans.at(-1)?.end).toBe(line.length);
    }
  });

  it('masks what follows the last token that is kept', () => {
    const { parts } = analyzeLine('w, '.repeat(maxTokenCount));
    expect(parts.at(-1)).toEqual({ kind: 'variable', type: 'rest' });
  });

  it('survives binary, lone surrogates and direction marks', () => {
    const clusterer = createClusterer();
    for (const line of [
      '\u0000\u0001\u0002',
      '\ud800 alone \udc00',
      '\u202eabc\u202c',
      '\ufeffstart',
      '\u0085\u2028',
      '',
    ]) {
      expect(clusterer.add(line)).toBeGreaterThan(0);
    }
    expect(clusterer.unclusteredCount).toBe(0);
  });

  it('learns from long lines of different words in bounded time', () => {
    const clusterer = createClusterer();
    const startMs = performance.now();
    for (let line = 0; line < 200; line++) {
      const words = Array.from({ length: 400 }, (_, at) =>
        String.fromCharCode(97 + ((line * 7 + at * 3) % 26)).repeat(3 + (at % 5))
      );
      clusterer.add(words.join(' '));
    }
    expect(performance.now() - startMs).toBeLessThan(5000);
  });
});
