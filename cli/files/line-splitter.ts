/** Cuts bytes into lines: whole blocks are decoded at once, which is several times faster than line by line. */

// Loki's own limit for a line; what a longer one holds beyond is of no use for grouping.
const defaultMaxLineBytes = 256 * 1024;
const newline = 10;

/** Receives lines without their line ends. */
export type LineSink = (line: string) => void;

/** Takes bytes in pieces and hands over lines. */
export interface LineSplitter {
  push(chunk: Buffer): void;
  /** Hands over the last line when it has no line end. */
  end(): void;
  /** Lines of which only the beginning was kept. */
  readonly cutLineCount: number;
}

/** Splits at `\n`, drops one `\r` before it and a byte order mark at the start; broken UTF-8 becomes U+FFFD. */
export function createLineSplitter(sink: LineSink, maxLineBytes = defaultMaxLineBytes): LineSplitter {
  let pieces: Buffer[] = [];
  let piecesBytes = 0;
  let isCutting = false;
  let isFirst = true;
  let cutLineCount = 0;

  function emit(text: string, start: number, end: number): void {
    let from = start;
    let to = end;
    if (to > from && text.charCodeAt(to - 1) === 13) {
      to--;
    }
    if (isFirst) {
      isFirst = false;
      from += text.charCodeAt(from) === 0xfeff ? 1 : 0;
    }
    if (to - from > maxLineBytes) {
      cutLineCount++;
      to = from + maxLineBytes;
    }
    sink(text.slice(from, to));
  }

  function keep(piece: Buffer): void {
    if (piece.length === 0 || isCutting) {
      return;
    }
    const room = maxLineBytes - piecesBytes;
    if (piece.length > room) {
      isCutting = true;
      cutLineCount++;
    }
    // A copy: the reader uses its buffer again.
    pieces.push(Buffer.from(piece.subarray(0, room)));
    piecesBytes += Math.min(piece.length, room);
  }

  function closePieces(): void {
    const text = Buffer.concat(pieces).toString('utf8');
    pieces = [];
    piecesBytes = 0;
    isCutting = false;
    emit(text, 0, text.length);
  }

  function push(chunk: Buffer): void {
    const last = chunk.lastIndexOf(newline);
    if (last < 0) {
      keep(chunk);
      return;
    }
    let start = 0;
    if (piecesBytes > 0) {
      const first = chunk.indexOf(newline);
      keep(chunk.subarray(0, first));
      closePieces();
      start = first + 1;
    }
    const block = chunk.toString('utf8', start, last + 1);
    let from = 0;
    for (let to = block.indexOf('\n'); to >= 0; to = block.indexOf('\n', from)) {
      emit(block, from, to);
      from = to + 1;
    }
    keep(chunk.subarray(last + 1));
  }

  return {
    push,
    end() {
      if (piecesBytes > 0) {
        closePieces();
      }
    },
    get cutLineCount() {
      return cutLineCount;
    },
  };
}
