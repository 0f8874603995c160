const newline = 10;
const carriageReturn = 13;
const byteOrderMark: readonly number[] = [0xef, 0xbb, 0xbf];

/** Receives a line as bytes[from, end), without its line end; the bytes are only good during the call. */
export type ByteLineSink = (bytes: Uint8Array, from: number, end: number) => void;

/** Takes bytes in pieces and hands over lines. */
export interface ByteLines {
  push(chunk: Buffer): void;
  /** Hands over the last line when it has no line end. */
  end(): void;
}

/**
 * Splits at `\n`, drops one `\r` before it and a byte order mark at the start.
 * @param maxLineBytes what a line holds beyond is left out, so that a file without line ends does not fill the memory
 */
export function createByteLines(sink: ByteLineSink, maxLineBytes: number): ByteLines {
  let pieces: Buffer[] = [];
  let keptBytes = 0;
  let isFirst = true;

  function emit(bytes: Uint8Array, start: number, lineEnd: number): void {
    let from = start;
    let end = lineEnd;
    if (isFirst) {
      isFirst = false;
      from += byteOrderMark.every((byte, index) => bytes[start + index] === byte) ? byteOrderMark.length : 0;
    }
    if (end > from && bytes[end - 1] === carriageReturn) {
      end--;
    }
    sink(bytes, from, Math.min(end, from + maxLineBytes));
  }

  function keep(piece: Buffer): void {
    if (keptBytes < maxLineBytes) {
      // A copy: the reader uses its buffer again.
      pieces.push(Buffer.from(piece));
    }
    keptBytes += piece.length;
  }

  function emitKept(): void {
    const line = Buffer.concat(pieces);
    pieces = [];
    keptBytes = 0;
    emit(line, 0, line.length);
  }

  return {
    push(chunk) {
      // Stretches of a plain array are cheaper to make than those of a Buffer.
      const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
      let from = 0;
      for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
        if (keptBytes > 0) {
          keep(chunk.subarray(0, to));
          emitKept();
        } else {
          emit(bytes, from, to);
        }
        from = to + 1;
      }
      if (from < chunk.length) {
        keep(chunk.subarray(from));
      }
    },
    end() {
      if (keptBytes > 0) {
        emitKept();
      }
    },
  };
}
