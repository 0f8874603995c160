import { once } from 'node:events';

const blockBytes = 256 * 1024;

/** Bytes for standard output, collected into big writes that wait when the reader is slow. */
export interface ByteOutput {
  /** Adds bytes[from, end), which are copied; resolves at once unless the reader is slow. */
  readonly write: (bytes: Buffer, from: number, end: number) => Promise<void> | undefined;
  /** Writes what is left. */
  flush(): Promise<void>;
}

/** Wraps a stream; by default standard output. */
export function createByteOutput(stream: NodeJS.WritableStream = process.stdout): ByteOutput {
  let block = Buffer.allocUnsafe(blockBytes);
  let used = 0;

  async function send(bytes: Buffer): Promise<void> {
    if (bytes.length > 0 && !stream.write(bytes)) {
      await once(stream, 'drain');
    }
  }

  function sendBlock(): Promise<void> {
    const full = block.subarray(0, used);
    // The stream may still hold the old block.
    block = Buffer.allocUnsafe(blockBytes);
    used = 0;
    return send(full);
  }

  return {
    write(bytes, from, end) {
      const byteCount = end - from;
      let waiting: Promise<void> | undefined;
      if (used + byteCount > blockBytes) {
        waiting = sendBlock();
      }
      if (byteCount > blockBytes) {
        const long = Buffer.from(bytes.subarray(from, end));
        return Promise.all([waiting, send(long)]).then(() => undefined);
      }
      bytes.copy(block, used, from, end);
      used += byteCount;
      return waiting;
    },
    flush: sendBlock,
  };
}
