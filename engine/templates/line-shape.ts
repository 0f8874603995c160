/*
 * The shape of a line: its UTF-8 bytes with every digit as `0`, apart from the few that decide something. Lines of one
 * shape have one signature, so that a shape seen before needs no analysis. Numbers keep their lengths in a shape: patterns
 * of headers and values count digits.
 */
import { classOf, characterClass, code, isSpace } from './characters.ts';

// Of the web platform, not of Node; the engine is compiled without either's types.
declare class TextEncoder {
  encodeInto(text: string, into: Uint8Array): { readonly read: number; readonly written: number };
}

/** Bytes of the longest line that has a shape; longer ones are rare and repeat their shape even more rarely. */
export const maxShapeBytes = 2048;

const encoder = new TextEncoder();
const longestNameDigits = 3;
const epochSecondDigits = 10;
const epochMillisecondDigits = 13;
const one = 0x31;
const smallX = 0x78;
const longestPriority = 6;

function isDigitByte(byte: number): boolean {
  return ((byte - code.zero) & 0xff) <= 9;
}

// Ends of the names of level fields; their numbers are levels (Bunyan and Pino: 30 is info, 50 is an error).
const levelEndings: ReadonlySet<number> = new Set(['vel', 'lvl', 'ity', 'ame', 'ext'].map(endingKey));

function endingKey(ending: string): number {
  return (ending.charCodeAt(0) << 16) | (ending.charCodeAt(1) << 8) | ending.charCodeAt(2);
}

/** Shape of one line at a time; the object is used again for all lines. */
export class LineShape {
  /** The shape's bytes; those from `length` up to the next multiple of four are 0. */
  readonly bytes = new Uint8Array(maxShapeBytes + 8);
  /** The same bytes, four at a time; only ever compared with words of the same machine. */
  readonly words = new Uint32Array(this.bytes.buffer);
  wordCount = 0;
  hash = 0;

  /** Reads a line; false when it has no shape: it is too long, or its characters are not well formed. */
  read(text: string): boolean {
    if (text.length > maxShapeBytes) {
      return false;
    }
    const { bytes } = this;
    const { read, written } = encoder.encodeInto(text, bytes);
    // Lone surrogates are all written alike, but are constants of their own.
    if (read < text.length || written > maxShapeBytes || (written > read && !text.isWellFormed())) {
      return false;
    }
    this.#finish(written);
    return true;
  }

  /**
   * Reads a line from its UTF-8 bytes source[from, end); false when it is too long. Well-formed lines have the same shape
   * as their text.
   */
  readBytes(source: Uint8Array, from: number, end: number): boolean {
    const length = end - from;
    if (length > maxShapeBytes) {
      return false;
    }
    this.bytes.set(source.subarray(from, end));
    this.#finish(length);
    return true;
  }

  #finish(length: number): void {
    const { bytes } = this;
    bytes[length] = 0;
    bytes[length + 1] = 0;
    bytes[length + 2] = 0;
    bytes[length + 3] = 0;
    this.#blankDigits(length);
    this.wordCount = (length + 3) >> 2;
    this.#mix();
  }

  /** First byte at or after `from` that may be a digit; four bytes are passed over at once where none of them is. */
  #nearDigit(from: number, length: number): number {
    const { words } = this;
    let at = from;
    while ((at & 3) === 0 && at < length) {
      // Digits become 0 to 9; the sum that follows is the usual test for a byte below 10.
      const word = (words[at >> 2] ?? 0) ^ 0x30303030;
      if (((word - 0x0a0a0a0a) & ~word & 0x80808080) !== 0) {
        break;
      }
      at += 4;
    }
    return at;
  }

  #blankDigits(length: number): void {
    const { bytes } = this;
    for (let at = this.#nearDigit(0, length); at < length; at = this.#nearDigit(at, length)) {
      if (!isDigitByte(bytes[at] ?? 0)) {
        at++;
        continue;
      }
      let end = at + 1;
      // A 0 follows the last byte.
      while (isDigitByte(bytes[end] ?? 0)) {
        end++;
      }
      if (!this.#decides(at, end)) {
        for (let place = at + (this.#mayStartEpoch(at, end) ? 1 : 0); place < end; place++) {
          bytes[place] = code.zero;
        }
      }
      at = end + 1;
    }
  }

  /** Epoch times start with a 1 and are told by it. */
  #mayStartEpoch(start: number, end: number): boolean {
    const digits = end - start;
    return (digits === epochSecondDigits || digits === epochMillisecondDigits) && this.bytes[start] === one;
  }

  /** Whether the digits themselves can decide the signature or what is shown of it. */
  #decides(start: number, end: number): boolean {
    const { bytes } = this;
    const before = bytes[start - 1] ?? 0;
    const digits = end - start;
    if (digits <= longestNameDigits && before < 128) {
      // Names such as `ssh2` stay as they are until another one is seen; so do versions in routes (`/v1/`, `/.1/`).
      if (before === code.underscore || (classOf(before) & characterClass.letter) !== 0) {
        return true;
      }
      if ((before === code.dot || before === code.minus) && bytes[start - 2] === code.slash) {
        return true;
      }
      // `0x1f`, the version after a syslog priority, the status after a quoted request.
      if (digits === 1 && ((bytes[end] ?? 0) | 0x20) === smallX) {
        return true;
      }
      if (digits === 1 && before === code.greater && start < longestPriority) {
        return true;
      }
      if (digits === 3 && before === code.space && bytes[start - 2] === code.quote) {
        return true;
      }
    }
    const mayFollowName = before === code.colon || before === code.equals || before === code.quote || isSpace(before);
    return mayFollowName && this.#followsLevelName(start);
  }

  #followsLevelName(start: number): boolean {
    const { bytes } = this;
    let at = start - 1;
    let isAssigned = false;
    for (; at >= 2; at--) {
      const current = bytes[at] ?? 0;
      if (current === code.colon || current === code.equals) {
        isAssigned = true;
      } else if (current !== code.quote && current !== code.backslash && !isSpace(current)) {
        break;
      }
    }
    // Times have digits there, and are most of what comes here.
    if (!isAssigned || at < 2 || isDigitByte(bytes[at] ?? 0)) {
      return false;
    }
    const key = ((bytes[at - 2] ?? 0) << 16) | ((bytes[at - 1] ?? 0) << 8) | (bytes[at] ?? 0);
    return levelEndings.has(key | 0x202020) || (key & 0xffff) === 0x406c || (key & 0xffff) === 0x404c;
  }

  #mix(): void {
    const { words, wordCount } = this;
    let hash = wordCount;
    for (let at = 0; at < wordCount; at++) {
      hash = Math.imul(hash ^ (words[at] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    this.hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b) | 0;
  }
}

const safeLevel = /^\{(?:json|logfmt)\} level=(?:\d+|[^\d]*) source=/;

/**
 * Whether all lines of one shape have this signature. Levels count as they are written, digits too; the shape keeps those
 * of plain numbers only.
 */
export function isDecidedByShape(signature: string): boolean {
  return !signature.startsWith('{') || !/^\{(?:json|logfmt)\} /.test(signature) || safeLevel.test(signature);
}
