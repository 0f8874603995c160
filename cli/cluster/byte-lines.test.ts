import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteLines } from './byte-lines.ts';

function linesOf(bytes: Buffer, chunkSize: number, maxLineBytes = 1000): string[] {
  const lines: string[] = [];
  const splitter = createByteLines(
    (source, from, end) => lines.push(Buffer.from(source.slice(from, end)).toString('latin1')),
    maxLineBytes
  );
  for (let start = 0; start < bytes.length; start += chunkSize) {
    splitter.push(bytes.subarray(start, start + chunkSize));
  }
  splitter.end();
  return lines;
}

describe('lines of bytes', () => {
  it('hands over the same lines wherever the pieces end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z \\xff]{0,30}$/)),
        fc.integer({ min: 1, max: 40 }),
        (texts, size) => {
          const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''), 'latin1');
          expect(linesOf(bytes, size)).toEqual(texts);
        }
      )
    );
  });

  it('drops a byte order mark and carriage returns, and hands over a last line without an end', () => {
    for (const size of [1, 2, 3, 100]) {
      expect(linesOf(Buffer.from('\ufeffone\r\n\r\ntwo\r\nthree'), size)).toEqual(['one', '', 'two', 'three']);
    }
  });

  it('keeps the beginning of a line that is too long', () => {
    for (const size of [7, 1000]) {
      expect(linesOf(Buffer.from(`${'x'.repeat(500)}\nnext\n`), size, 20)).toEqual(['x'.repeat(20), 'next']);
    }
  });
});
