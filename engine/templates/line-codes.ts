import { maxAnalysedLength } from './limits.ts';

// Of the web platform, not of Node; the engine is compiled without either's types.
declare class TextEncoder {
  encodeInto(text: string, into: Uint8Array): { readonly read: number; readonly written: number };
}

const encoder = new TextEncoder();
const bytes = new Uint8Array(maxAnalysedLength);
const shortestEncoded = 24;

/**
 * Writes the character codes of text[from, end) to their places in `codes`, and a 0 after them. Plain ASCII lines go through
 * the encoder, which is several times faster than one call per character (a line of 120 characters: 110 against 390 ns).
 */
export function readCodes(text: string, from: number, end: number, codes: Uint16Array): void {
  codes[end] = 0;
  if (end === text.length && end - from >= shortestEncoded && end <= bytes.length) {
    const { read, written } = encoder.encodeInto(text, bytes);
    if (read === end && written === end) {
      for (let index = from; index < end; index++) {
        codes[index] = bytes[index] ?? 0;
      }
      return;
    }
  }
  for (let index = from; index < end; index++) {
    codes[index] = text.charCodeAt(index);
  }
}
