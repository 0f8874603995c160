/*
 * The fast path: a number that stands for a plain line's signature, without building the signature. Lines with one
 * signature always have one key; two signatures share a key by chance with a probability below 1 in 100,000 for a
 * million signatures (53 bits).
 */
import { code, isDigit, isLetter, isSpace } from './characters.ts';
import { messageStartOf } from './header.ts';
import { maxAnalysedLength } from './limits.ts';
import { withStandIns } from './placeholders.ts';
import { TokenScanner } from './scan-tokens.ts';
import type { TokenBuffer } from './token-buffer.ts';

const variableValue = 0x9e3779b9;

/** Whether text from `start` on may be a structured line, so that the fast path must not decide. */
function maybeStructured(text: string, start: number, end: number): boolean {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) {
    at++;
  }
  const first = text.charCodeAt(at);
  if (first === code.openBrace || first === code.quote) {
    return true;
  }
  while (
    at < end &&
    (isLetter(text.charCodeAt(at)) || isDigit(text.charCodeAt(at)) || isKeyPunctuation(text.charCodeAt(at)))
  ) {
    at++;
  }
  return text.charCodeAt(at) === code.equals;
}

function isKeyPunctuation(at: number): boolean {
  return at === code.underscore || at === code.dot || at === code.minus || at === code.slash || at === code.at;
}

function keyOfTokens(codes: Uint16Array, buffer: TokenBuffer): number {
  const { count, start, end, type } = buffer;
  let first = 0x811c9dc5;
  let second = 0x1b873593;
  for (let token = 0; token < count; token++) {
    if (type[token] === 0) {
      const to = end[token] ?? 0;
      let at = start[token] ?? 0;
      // Two characters at a time; an odd last one is mixed in alone.
      for (; at + 1 < to; at += 2) {
        const pair = (codes[at] ?? 0) | ((codes[at + 1] ?? 0) << 16);
        first = Math.imul(first ^ pair, 0x9e3779b1);
        first ^= first >>> 16;
        second = Math.imul((second << 7) ^ (second >>> 25) ^ pair, 0x5bd1e995);
      }
      if (at < to) {
        first = Math.imul(first ^ (codes[at] ?? 0), 0x01000193);
        second = Math.imul((second << 5) ^ (second >>> 27) ^ (codes[at] ?? 0), 0x5bd1e995);
      }
    } else {
      first = Math.imul(first ^ variableValue, 0x01000193);
      second = Math.imul(second ^ variableValue, 0xcc9e2d51);
    }
    // Token borders count: a blank can never be part of a constant.
    first = Math.imul(first ^ code.space, 0x01000193);
    second = Math.imul(second ^ code.space, 0x85ebca6b);
    first ^= first >>> 15;
  }
  second ^= second >>> 13;
  return (first >>> 0) * 0x200000 + ((second >>> 0) & 0x1fffff);
}

/** Computes keys; one object is used again for all lines. */
export class LineKeys {
  readonly #scanner = new TokenScanner();

  /** Tokens of the last line that got a key. */
  get tokens(): TokenBuffer {
    return this.#scanner.tokens;
  }

  /**
   * Key of a plain line's signature, a whole number below 2^53; -1 for structured lines, access logs and lines longer
   * than the analysed length, which only the full analysis can tell.
   */
  keyOf(line: string): number {
    const text = withStandIns(line);
    const end = text.length;
    if (end > maxAnalysedLength || text.charCodeAt(end - 1) === code.closeBrace || text.includes(' HTTP/')) {
      return -1;
    }
    if (maybeStructured(text, 0, end)) {
      return -1;
    }
    const from = messageStartOf(text);
    if (from > 0 && maybeStructured(text, from, end)) {
      return -1;
    }
    return keyOfTokens(this.#scanner.codes, this.#scanner.scan(text, from, end, false));
  }
}
