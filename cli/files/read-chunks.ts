import { open, stat, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

// Lines are cut from blocks of this size, which live as long as their lines: with 1 MiB a gigabyte of log took a third more memory, with less the time grows.
const chunkBytes = 64 * 1024;
const followIntervalMs = 200;
const newline = Buffer.from('\n');

/** Bytes of an open file up to its end, which closes it. A chunk is valid until the next one is asked for. An aborted signal ends it early. */
export async function* readChunks(handle: FileHandle, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    yield* readToEnd(handle, Buffer.allocUnsafe(chunkBytes), signal);
  } finally {
    await handle.close();
  }
}

/**
 * The same, and then whatever is added: to the file, to one that takes its place after rotation, or after the file was emptied.
 * Ends when the signal is aborted only. A last line without an end is ended where another file begins.
 */
export async function* followChunks(path: string, first: FileHandle, signal: AbortSignal): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let handle = first;
  try {
    for (;;) {
      let lastByte = newline[0];
      let sizeBytes = 0;
      for (;;) {
        for await (const chunk of readToEnd(handle, buffer, signal)) {
          lastByte = chunk.at(-1);
          sizeBytes += chunk.length;
          yield chunk;
        }
        if (signal.aborted) {
          return;
        }
        const change = await findChange(path, handle, sizeBytes);
        if (change === 'none') {
          await sleep(followIntervalMs, undefined, { signal }).catch(() => undefined);
          continue;
        }
        // What was written before the change may have come after the last read.
        for await (const chunk of change === 'emptied' ? [] : readToEnd(handle, buffer, signal)) {
          lastByte = chunk.at(-1);
          yield chunk;
        }
        break;
      }
      if (lastByte !== newline[0]) {
        yield newline;
      }
      const next = await open(path, 'r').catch(() => undefined);
      if (next !== undefined) {
        await handle.close();
        handle = next;
      }
    }
  } finally {
    await handle.close();
  }
}

async function* readToEnd(handle: FileHandle, buffer: Buffer, signal: AbortSignal): AsyncGenerator<Buffer> {
  while (!signal.aborted) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) {
      return;
    }
    yield buffer.subarray(0, bytesRead);
  }
}

/** Whether the path names another file by now, or the file has become shorter than what was read of it. */
async function findChange(
  path: string,
  handle: FileHandle,
  readBytes: number
): Promise<'none' | 'replaced' | 'emptied'> {
  const [named, opened] = await Promise.all([stat(path).catch(() => undefined), handle.stat()]);
  if (named !== undefined && (named.ino !== opened.ino || named.dev !== opened.dev)) {
    return 'replaced';
  }
  return opened.size < readBytes ? 'emptied' : 'none';
}
