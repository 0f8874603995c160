import { describe, expect, it } from 'vitest';
import { printable, truncate } from './printable.ts';

describe('text for a terminal', () => {
  it.each([
    ['a colour change', '\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
    ['a title change', '\u001b]0;owned\u0007', '\\x1b]0;owned\\x07'],
    ['line ends and tabs', 'a\r\n\tb', 'a\\r\\n\\tb'],
    ['NUL and delete', '\u0000\u007f', '\\x00\\x7f'],
    ['an eight-bit control', '\u009b31m', '\\x9b31m'],
    ['a text direction override', 'abc\u202egnp', 'abc\\u202egnp'],
    ['ordinary words of any script', 'größe 漢字 🙂', 'größe 漢字 🙂'],
  ])('shows %s without obeying it', (_name, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('marks what was cut off', () => {
    expect(truncate('abcdef', 6)).toBe('abcdef');
    expect(truncate('abcdef', 5)).toBe('abcd…');
    expect(truncate('abc🙂def', 5)).toBe('abc…');
  });
});
