import { once } from 'node:events';

const blockBytes = 256 * 1024;

/** Bytes for standard output, collected into big writes that wait when the reader is slow. */
export interface ByteOutput {
  /** Adds bytes, which are copied; resolves at once unless the reader is slow. */
  write(bytes: Buffer): Promise<void> | undefined;
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
    write(bytes) {
      let waiting: Promise<void> | undefined;
      if (used + bytes.length > blockBytes) {
        waiting = sendBlock();
      }
      if (bytes.length > blockBytes) {
        return Promise.all([waiting, send(bytes)]).then(() => undefined);
      }
      bytes.copy(block, used);
      used += bytes.length;
      return waiting;
    },
    flush: sendBlock,
  };
}
