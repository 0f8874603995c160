/** Gathers text into pieces of about this many UTF-16 units: one row of the database each. */
const pieceLength = 256 * 1024;

/** A file that is written piece by piece. */
export interface FilePieces {
  add(text: string): Promise<void>;
  /** Writes what is left; returns how many pieces there are, and the bytes of all in UTF-8. */
  end(): Promise<{ readonly partCount: number; readonly sizeBytes: number }>;
}

/** Has `write` called with pieces in their order. */
export function createFilePieces(write: (part: number, content: string) => Promise<void>): FilePieces {
  let waiting: string[] = [];
  let waitingLength = 0;
  let part = 0;
  let sizeBytes = 0;
  async function flush(): Promise<void> {
    const content = waiting.join('');
    waiting = [];
    waitingLength = 0;
    sizeBytes += Buffer.byteLength(content);
    await write(part, content);
    part += 1;
  }
  return {
    async add(text) {
      waiting.push(text);
      waitingLength += text.length;
      if (waitingLength >= pieceLength) {
        await flush();
      }
    },
    async end() {
      await flush();
      return { partCount: part, sizeBytes };
    },
  };
}
