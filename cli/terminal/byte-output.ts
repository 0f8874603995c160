const blockBytes = 256 * 1024;

/** Bytes for standard output, collected into big writes; one block is used again for all of them. */
export interface ByteOutput {
  /** Adds bytes[from, end), which are copied. A promise must be awaited before the next call; most calls give none. */
  readonly write: (bytes: Buffer, from: number, end: number) => Promise<void> | undefined;
  /** Writes what is left. */
  flush(): Promise<void>;
}

/** Wraps a stream; by default standard output. */
export function createByteOutput(stream: NodeJS.WritableStream = process.stdout): ByteOutput {
  const block = Buffer.allocUnsafe(blockBytes);
  let used = 0;

  /** Ends when the stream no longer needs the bytes. */
  function send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      stream.write(bytes, (error) => {
        if (error === undefined || error === null) {
          resolve();
        } else {
          reject(error);
        }
      });
    });
  }

  async function flush(): Promise<void> {
    if (used > 0) {
      await send(block.subarray(0, used));
      used = 0;
    }
  }

  async function writeAfterFlush(bytes: Buffer, from: number, end: number): Promise<void> {
    await flush();
    if (end - from > blockBytes) {
      await send(bytes.subarray(from, end));
    } else {
      bytes.copy(block, 0, from, end);
      used = end - from;
    }
  }

  return {
    write(bytes, from, end) {
      if (used + end - from > blockBytes) {
        return writeAfterFlush(bytes, from, end);
      }
      bytes.copy(block, used, from, end);
      used += end - from;
      return undefined;
    },
    flush,
  };
}
