import { once } from 'node:events';

// Big enough that a million records need few system calls, small enough to stay out of the large-object space.
const chunkLength = 256 * 1024;

/** Data for standard output, collected into big writes that wait when the reader is slow. */
export interface Output {
  /** Adds text; resolves at once unless a write is due and the reader is slow. */
  write(text: string): Promise<void> | undefined;
  /** Writes what is left. */
  flush(): Promise<void>;
}

/** Wraps a stream; by default standard output. */
export function createOutput(stream: NodeJS.WritableStream = process.stdout): Output {
  let pending = '';

  async function send(): Promise<void> {
    const text = pending;
    pending = '';
    if (text !== '' && !stream.write(text)) {
      await once(stream, 'drain');
    }
  }

  return {
    write(text) {
      pending += text;
      return pending.length < chunkLength ? undefined : send();
    },
    flush: send,
  };
}

/** One line for people on standard error, marked as ours. */
export function say(message: string): void {
  process.stderr.write(`loghunter: ${message}\n`);
}
