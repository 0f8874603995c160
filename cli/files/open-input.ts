import { open, type FileHandle } from 'node:fs/promises';
import { isCliError } from '../cli-error.ts';
import { decompress } from './decompress.ts';
import { inputError, inputErrorFrom } from './input-error.ts';
import { followChunks, readChunks } from './read-chunks.ts';
import { toUtf8 } from './text-encoding.ts';

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

/** How to read. */
export interface OpenSettings {
  /** Ends the chunks early, without an error. */
  readonly signal?: AbortSignal;
  /** Goes on reading what is added at the end, past rotation, until the signal is aborted. */
  readonly isFollowed?: boolean;
}

/** Opens a path, or standard input for `-`. Compression and encoding are told by the first bytes, not by the name. */
export async function openInput(path: string, settings: OpenSettings = {}): Promise<Input> {
  const { signal = new AbortController().signal, isFollowed = false } = settings;
  let readBytes = 0;
  const countChunk = (chunk: Buffer) => (readBytes += chunk.length);
  const decode = (name: string, source: AsyncIterable<Buffer | string>) =>
    decodeText(name, counted(source, countChunk), signal);
  if (path === '-') {
    const name = 'standard input';
    // A reader that waits for input would not look at the signal.
    signal.addEventListener('abort', () => process.stdin.destroy(), { once: true });
    const chunks = decode(name, process.stdin);
    return { name, sizeBytes: null, modifiedMs: null, chunks, readBytes: () => readBytes };
  }
  const { handle, stats } = await openFile(path);
  const isFile = stats.isFile();
  return {
    name: path,
    sizeBytes: isFile && !isFollowed ? stats.size : null,
    modifiedMs: isFile && !isFollowed ? stats.mtimeMs : null,
    chunks: decode(path, isFollowed ? followChunks(path, handle, signal) : readChunks(handle, signal)),
    readBytes: () => readBytes,
  };
}

async function openFile(path: string) {
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
  return { handle, stats };
}

async function* decodeText(name: string, bytes: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    yield* toUtf8(name, decompress(name, bytes));
  } catch (cause) {
    if (!signal.aborted) {
      throw isCliError(cause) ? cause : inputErrorFrom(name, cause);
    }
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
