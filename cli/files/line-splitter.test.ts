import { describe, expect, it } from 'vitest';
import { createLineSplitter } from './line-splitter.ts';

function split(chunks: ReadonlyArray<string | Buffer>, maxLineBytes?: number): { lines: string[]; cut: number } {
  const lines: string[] = [];
  const splitter = createLineSplitter((line) => lines.push(line), maxLineBytes);
  for (const chunk of chunks) {
    splitter.push(Buffer.from(chunk));
  }
  splitter.end();
  return { lines, cut: splitter.cutLineCount };
}

describe('lines of bytes', () => {
  it.each([
    ['a final line without an end', ['a\nb'], ['a', 'b']],
    ['a final line end', ['a\nb\n'], ['a', 'b']],
    ['empty lines', ['\n\na\n\n'], ['', '', 'a', '']],
    ['nothing', [], []],
    ['Windows line ends', ['a\r\nb\r\n'], ['a', 'b']],
    ['a line over three chunks', ['a', 'b', 'c\nd'], ['abc', 'd']],
    ['a line end at the start of a chunk', ['a', '\nb'], ['a', 'b']],
    ['a byte order mark', ['\ufeffa\nb'], ['a', 'b']],
    ['a byte order mark before one line', ['\ufeffa'], ['a']],
  ])('splits %s', (_name, chunks, expected) => {
    expect(split(chunks).lines).toEqual(expected);
  });

  it('puts characters together that a chunk border cut', () => {
    const bytes = Buffer.from('größe €\n漢字\n');
    const pieces = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(split(pieces).lines).toEqual(['größe €', '漢字']);
  });

  it('keeps going over broken UTF-8', () => {
    expect(split([Buffer.from([0x61, 0xff, 0xfe, 0x0a, 0xc3, 0x0a])]).lines).toEqual(['a\ufffd\ufffd', '\ufffd']);
  });

  it('cuts lines that are too long and counts them', () => {
    const long = 'x'.repeat(100);
    expect(split([`${long}\na\n`], 10)).toEqual({ lines: ['x'.repeat(10), 'a'], cut: 1 });
    expect(split([long, long, `${long}\na\n`], 10)).toEqual({ lines: ['x'.repeat(10), 'a'], cut: 1 });
  });

  it('gives the same lines however the bytes are cut', () => {
    const text = Array.from({ length: 200 }, (_, index) => 'ab€'.repeat(index % 7)).join('\n');
    const bytes = Buffer.from(text);
    for (const size of [1, 2, 3, 7, 64, 1000]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size)
      );
      expect(split(pieces).lines).toEqual(text.replace(/\n$/, '').split('\n'));
    }
  });
});
