/** Codes of the characters that decide something in the scanners. */
export const code = {
  escape: 0x1b,
  space: 0x20,
  quote: 0x22,
  apostrophe: 0x27,
  openParenthesis: 0x28,
  closeParenthesis: 0x29,
  asterisk: 0x2a,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  dot: 0x2e,
  slash: 0x2f,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  semicolon: 0x3b,
  less: 0x3c,
  equals: 0x3d,
  greater: 0x3e,
  question: 0x3f,
  at: 0x40,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  underscore: 0x5f,
  openBrace: 0x7b,
  percent: 0x25,
  closeBrace: 0x7d,
  tilde: 0x7e,
} as const;

/** Flags of a character's class, as `classOf` gives them; the three word flags add up over a word. */
export const characterClass = { space: 1, letter: 2, digit: 4, otherWord: 8, word: 14 } as const;
const { space, letter, digit, otherWord, word } = characterClass;
const path = 16;
const urlEnd = 32;
const hexadecimal = 64;
const foldable = 128;

const classes = new Uint8Array(128);
const outsideAscii = otherWord | path;
function mark(characters: string, flag: number): void {
  for (let index = 0; index < characters.length; index++) {
    const at = characters.charCodeAt(index);
    classes[at] = (classes[at] ?? 0) | flag;
  }
}
mark(' \t\r\n\v\f', space | urlEnd);
mark('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', letter | path);
mark('0123456789', digit | path | hexadecimal);
mark('abcdefABCDEF', hexadecimal);
mark('_$', otherWord | path);
mark('.+@%~#:=-/', path);
mark('"\'<>])`', urlEnd);
mark(':./\\_-,@#+*|;~', foldable);

/** Class flags of a character code; everything outside ASCII counts as part of words and paths. */
export function classOf(at: number): number {
  return at < 128 ? (classes[at] ?? 0) : outsideAscii;
}

function has(at: number, flag: number): boolean {
  return at < 128 && ((classes[at] ?? 0) & flag) !== 0;
}

/** Blank, tab or line break. */
export function isSpace(at: number): boolean {
  return has(at, space);
}

/** Part of a word: letters, digits, `_`, `$`, and everything outside ASCII. */
export function isWord(at: number): boolean {
  return at >= 128 || has(at, word);
}

/** ASCII letter. */
export function isLetter(at: number): boolean {
  return has(at, letter);
}

/** ASCII digit. */
export function isDigit(at: number): boolean {
  return at >= code.zero && at <= code.nine;
}

/** Hexadecimal digit of either case. */
export function isHexadecimal(at: number): boolean {
  return has(at, hexadecimal);
}

/** May stand inside a Unix path. */
export function isPath(at: number): boolean {
  return at >= 128 || has(at, path);
}

/** Ends a URL. */
export function isUrlEnd(at: number): boolean {
  return has(at, urlEnd);
}

/** Punctuation that joins two variables into one, as in `12:30` or `1, 2`. */
export function isFoldable(at: number): boolean {
  return has(at, foldable);
}
