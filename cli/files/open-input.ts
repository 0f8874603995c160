import { open, type FileHandle } from 'node:fs/promises';
import { pipeline, Readable, type Transform } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { CliError, isCliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { inputError, inputErrorFrom } from './input-error.ts';

const chunkBytes = 1024 * 1024;
// Text holds no NUL; a few are forgiven, because a crash may leave a gap of them in a good log file.
const maxNulShare = 0.05;

/** A file or standard input, opened for reading as text. */
export interface Input {
  /** Path as the user gave it; `standard input` for `-`. */
  readonly name: string;
  /** Size on disk, null when unknown. */
  readonly sizeBytes: number | null;
  /** Last change (milliseconds since 1970), null when unknown. */
  readonly modifiedMs: number | null;
  /** Uncompressed UTF-8 bytes; throws a {@link CliError} that names the file. A chunk is valid until the next one is asked for. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Bytes of the file read so far, before decompression. */
  readonly readBytes: () => number;
}

/** Opens a path, or standard input for `-`. Compression and encoding are told by the first bytes, not by the name. */
export async function openInput(path: string): Promise<Input> {
  let readBytes = 0;
  const count = (chunk: Buffer) => (readBytes += chunk.length);
  if (path === '-') {
    const name = 'standard input';
    return {
      name,
      sizeBytes: null,
      modifiedMs: null,
      chunks: decode(name, process.stdin, count),
      readBytes: () => readBytes,
    };
  }
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (cause) {
    throw inputErrorFrom(path, cause);
  }
  const stats = await handle.stat();
  if (stats.isDirectory()) {
    await handle.close();
    throw inputError(path, 'is a directory');
  }
  const isFile = stats.isFile();
  return {
    name: path,
    sizeBytes: isFile ? stats.size : null,
    modifiedMs: isFile ? stats.mtimeMs : null,
    chunks: decode(path, readChunks(handle), count),
    readBytes: () => readBytes,
  };
}

async function* readChunks(handle: FileHandle): AsyncGenerator<Buffer> {
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunkBytes, null);
      if (bytesRead === 0) {
        return;
      }
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function* decode(
  name: string,
  source: AsyncIterable<Buffer | string>,
  count: (chunk: Buffer) => void
): AsyncGenerator<Buffer> {
  try {
    const raw = counted(source, count);
    const first = await raw.next();
    if (first.done === true) {
      return;
    }
    // The decompressors read ahead, so they get copies.
    const decompressor = decompressorFor(first.value);
    if (decompressor === undefined) {
      yield* toText(name, joined(first.value, raw));
    } else {
      // Failures of either side come out of the loop over the decompressor.
      pipeline(Readable.from(copies(first.value, raw)), decompressor, () => undefined);
      yield* toText(name, decompressor);
    }
  } catch (cause) {
    throw isCliError(cause) ? cause : inputErrorFrom(name, cause);
  }
}

async function* counted(
  source: AsyncIterable<Buffer | string>,
  count: (chunk: Buffer) => void
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    count(bytes);
    yield bytes;
  }
}

async function* joined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

async function* copies(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of joined(first, rest)) {
    yield Buffer.from(chunk);
  }
}

function decompressorFor(head: Buffer): Transform | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return createGunzip();
  }
  if (head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) {
    return createZstdDecompress();
  }
  return undefined;
}

async function* toText(name: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let utf16: TextDecoder | undefined;
  let isFirst = true;
  for await (const chunk of bytes) {
    if (isFirst) {
      utf16 = utf16DecoderFor(chunk);
      if (utf16 === undefined && looksBinary(chunk)) {
        throw new CliError(exitCodes.unavailable, `cannot read ${name}: looks like a binary file, not like text`);
      }
      isFirst = false;
    }
    yield utf16 === undefined ? chunk : Buffer.from(utf16.decode(chunk, { stream: true }));
  }
}

function utf16DecoderFor(head: Buffer): TextDecoder | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) {
    return new TextDecoder('utf-16le');
  }
  return head[0] === 0xfe && head[1] === 0xff ? new TextDecoder('utf-16be') : undefined;
}

function looksBinary(head: Buffer): boolean {
  const looked = head.subarray(0, 8192);
  let nulCount = 0;
  for (const byte of looked) {
    nulCount += byte === 0 ? 1 : 0;
  }
  return nulCount > looked.length * maxNulShare;
}
