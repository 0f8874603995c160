/*
 * Where values end. `codes` holds the characters of the line at their places, with a 0 right after the last one, which ends
 * every kind of value.
 */
import { code, isDigit, isHexadecimal, isPath, isUrlEnd, isWord } from './characters.ts';

/** End of `ab:cd:..`, with at least three groups and a digit or six groups; 0 when it is none. */
export function colonHexadecimalEnd(codes: Uint16Array, start: number): number {
  let at = start;
  let groups = 0;
  let digits = 0;
  let length = 0;
  for (; ; at++) {
    const current = codes[at] ?? 0;
    if (isHexadecimal(current)) {
      length++;
      digits += isDigit(current) ? 1 : 0;
    } else if (
      current === code.colon &&
      length <= 4 &&
      (isHexadecimal(codes[at + 1] ?? 0) || (codes[at + 1] ?? 0) === code.colon)
    ) {
      groups++;
      length = 0;
    } else {
      break;
    }
    if (length > 4 || groups > 20) {
      return 0;
    }
  }
  const isWhole = !isWord(codes[at] ?? 0);
  return isWhole && groups >= 2 && (digits > 0 || groups >= 5) ? at : 0;
}

/** End of a URL, without punctuation that belongs to the sentence; in an escaped string a backslash ends it. */
export function urlEnd(codes: Uint16Array, from: number, limit: number, isEscaped: boolean): number {
  let at = from;
  while (at < limit && !isUrlEnd(codes[at] ?? 0) && !(isEscaped && codes[at] === code.backslash)) {
    at++;
  }
  return withoutTrailingPunctuation(codes, from, at);
}

/** End of a Windows path, without punctuation that belongs to the sentence. */
export function windowsPathEnd(codes: Uint16Array, from: number, limit: number): number {
  let at = from;
  while (at < limit) {
    const current = codes[at] ?? 0;
    if (!isPath(current) && current !== code.backslash && current !== code.openBrace && current !== code.closeBrace) {
      break;
    }
    if (current === code.colon || current === code.equals) {
      break;
    }
    at++;
  }
  return withoutTrailingPunctuation(codes, from, at);
}

/** End of a value without the full stops, colons and commas that end the sentence. */
export function withoutTrailingPunctuation(codes: Uint16Array, from: number, end: number): number {
  let at = end;
  while (at > from + 1) {
    const last = codes[at - 1] ?? 0;
    if (last !== code.dot && last !== code.colon && last !== code.comma && last !== code.semicolon) {
      break;
    }
    at--;
  }
  return at;
}

/** End of `a/b/c`, at least two slashes; one slash is no path but "and/or". Returns 0 for anything else. */
export function relativePathEnd(codes: Uint16Array, from: number, limit: number): number {
  let slashes = 0;
  let at = from;
  for (; at < limit; at++) {
    const current = codes[at] ?? 0;
    if (!isPath(current) || current === code.colon || current === code.equals) {
      break;
    }
    const isName = current === code.slash && isWord(codes[at + 1] ?? 0);
    if (current === code.slash && !isName) {
      break;
    }
    slashes += isName ? 1 : 0;
  }
  return slashes >= 2 ? withoutTrailingPunctuation(codes, from, at) : 0;
}

/** Digits, dots and colons only: an address that Java wrote with a slash before it. */
export function isAddress(codes: Uint16Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const current = codes[at] ?? 0;
    if (!isDigit(current) && current !== code.dot && current !== code.colon) {
      return false;
    }
  }
  return true;
}

/** Skips an ANSI sequence: ESC [ parameters letter. */
export function escapeEnd(codes: Uint16Array, start: number, limit: number): number {
  if ((codes[start + 1] ?? 0) !== code.openBracket) {
    return start + 1;
  }
  let at = start + 2;
  while (at < limit && at < start + 20) {
    const current = codes[at] ?? 0;
    if (!isDigit(current) && current !== code.semicolon) {
      return at + 1;
    }
    at++;
  }
  return at;
}
