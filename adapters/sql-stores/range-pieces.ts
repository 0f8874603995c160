import type { MinuteRange } from '@loghunter/ports';
import { spanLengthsHours } from './sum-changes.ts';

/** A part of a range that is answered from sums of one length. */
export interface SpanPiece extends MinuteRange {
  readonly spanHours: number;
}

/** Parts of a range that are answered from sums and from minutes. */
export interface RangePieces {
  readonly spans: readonly SpanPiece[];
  readonly minutes: readonly MinuteRange[];
}

const hourMs = 3_600_000;

/**
 * Splits a range so that each stretch that lies inside one step is answered from the longest sums that fit, and the rest from minutes.
 * @param startMs - start of the first step
 * @param stepMs - length of the steps
 * @param lengthsHours - lengths of the sums that there are, an hour the shortest; those of clusters when left out
 * @returns pieces in order, neighbours joined; together they are the range, without overlaps
 */
export function splitRange(
  range: MinuteRange,
  startMs: number,
  stepMs: number,
  lengthsHours: readonly number[] = spanLengthsHours
): RangePieces {
  const spans: SpanPiece[] = [];
  const minutes: MinuteRange[] = [];
  const stepOf = (ms: number) => Math.floor((ms - startMs) / stepMs);
  const longestFirst = lengthsHours.toSorted((a, b) => b - a);
  let atMs = range.fromMs;
  while (atMs < range.toMs) {
    const fromMs = atMs;
    const spanHours = longestFirst.find((hours) => {
      const endMs = fromMs + hours * hourMs;
      return fromMs % (hours * hourMs) === 0 && endMs <= range.toMs && stepOf(fromMs) === stepOf(endMs - 1);
    });
    if (spanHours === undefined) {
      atMs = Math.min((Math.floor(fromMs / hourMs) + 1) * hourMs, range.toMs);
      append(minutes, { fromMs, toMs: atMs }, () => true);
    } else {
      atMs = fromMs + spanHours * hourMs;
      append(spans, { spanHours, fromMs, toMs: atMs }, (last) => last.spanHours === spanHours);
    }
  }
  return { spans, minutes };
}

/** The pieces of hourly sums and of minutes as parameters for `unnest`: hours from, hours to, minutes from, minutes to, in milliseconds. */
export function pieceColumns({ spans, minutes }: RangePieces) {
  return [
    spans.map((piece) => piece.fromMs),
    spans.map((piece) => piece.toMs),
    minutes.map((piece) => piece.fromMs),
    minutes.map((piece) => piece.toMs),
  ] as const;
}

/** As {@link pieceColumns}, led by the lengths of the sums in hours. */
export function spanColumns(pieces: RangePieces) {
  return [pieces.spans.map((piece) => piece.spanHours), ...pieceColumns(pieces)] as const;
}

function append<Piece extends MinuteRange>(pieces: Piece[], piece: Piece, isAlike: (last: Piece) => boolean): void {
  const last = pieces.at(-1);
  if (last !== undefined && last.toMs === piece.fromMs && isAlike(last)) {
    pieces[pieces.length - 1] = { ...last, toMs: piece.toMs };
  } else {
    pieces.push(piece);
  }
}
