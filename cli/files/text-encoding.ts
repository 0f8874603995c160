// Bytes of any common encoding to UTF-8. Encodings are told by the bytes: log files do not name theirs.
import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { inputError } from './input-error.ts';

const lookedBytes = 8192;
// Text holds no NUL and hardly any other control characters; a few are forgiven, because a crash may leave a gap of NULs in a good file.
const maxControlShare = 0.05;
// Western text in UTF-16 has a NUL in one half of each character, and never one in the other.
const minUtf16NulShare = 0.4;

/** Turns the bytes of a file into UTF-8; throws one line that names the file when they are no text. Chunks come as they are where they can. */
export async function* toUtf8(name: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | undefined;
  let isDecided = false;
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) {
      isFirst = false;
      decoder = utf16DecoderOf(chunk);
      isDecided = decoder !== undefined;
      if (!isDecided && looksBinary(chunk)) {
        throw inputError(name, 'looks like a binary file, not like text');
      }
    }
    if (!isDecided && !isAscii(chunk)) {
      decoder = isMostlyUtf8(chunk) ? undefined : new TextDecoder('windows-1252');
      isDecided = true;
    }
    yield decoder === undefined ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }));
  }
}

function utf16DecoderOf(head: Buffer): TextDecoder | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) {
    return new TextDecoder('utf-16le');
  }
  if (head[0] === 0xfe && head[1] === 0xff) {
    return new TextDecoder('utf-16be');
  }
  const { even, odd } = countNuls(head);
  const half = Math.min(head.length, lookedBytes) / 2;
  if (half >= 2 && odd > half * minUtf16NulShare && even < half * maxControlShare) {
    return new TextDecoder('utf-16le');
  }
  if (half >= 2 && even > half * minUtf16NulShare && odd < half * maxControlShare) {
    return new TextDecoder('utf-16be');
  }
  return undefined;
}

function countNuls(head: Buffer): { readonly even: number; readonly odd: number } {
  let [even, odd] = [0, 0];
  for (let index = 0; index < Math.min(head.length, lookedBytes); index++) {
    if (head[index] === 0) {
      [even, odd] = index % 2 === 0 ? [even + 1, odd] : [even, odd + 1];
    }
  }
  return { even, odd };
}

function looksBinary(head: Buffer): boolean {
  const looked = head.subarray(0, lookedBytes);
  let controlCount = 0;
  for (const byte of looked) {
    // All but backspace to carriage return and escape, which terminals are sent.
    controlCount += byte < 8 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127 ? 1 : 0;
  }
  return controlCount > looked.length * maxControlShare;
}

// Some broken characters do not make a file another encoding: what there is more of decides. Characters cut by the chunk's ends count as broken.
function isMostlyUtf8(chunk: Buffer): boolean {
  if (isUtf8(chunk)) {
    return true;
  }
  let [whole, broken] = [0, 0];
  for (let index = 0; index < chunk.length;) {
    const length = sequenceLength(chunk[index] ?? 0);
    if (length === 1) {
      index += 1;
    } else if (length > 1 && isContinued(chunk, index, length)) {
      whole += 1;
      index += length;
    } else {
      broken += 1;
      index += 1;
    }
  }
  return whole >= broken;
}

/** Bytes of the character that begins with this byte; 0 when none does. */
function sequenceLength(byte: number): number {
  if (byte < 0x80) {
    return 1;
  }
  if (byte < 0xc2 || byte > 0xf4) {
    return 0;
  }
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

function isContinued(chunk: Buffer, start: number, length: number): boolean {
  for (let index = start + 1; index < start + length; index++) {
    if (((chunk[index] ?? 0) & 0xc0) !== 0x80) {
      return false;
    }
  }
  return true;
}
