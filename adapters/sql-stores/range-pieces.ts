import type { MinuteRange } from '@loghunter/ports';
import { spanLengthsHours } from './sum-changes.ts';

/** A part of a range that is answered from sums of one length. */
export interface SpanPiece extends MinuteRange {
  readonly spanMinutes: number;
}

/** Parts of a range that are answered from sums and from minutes. */
export interface RangePieces {
  readonly spans: readonly SpanPiece[];
  readonly minutes: readonly MinuteRange[];
}

const minuteMs = 60_000;
const clusterSpanMinutes = spanLengthsHours.map((hours) => hours * 60);

/**
 * Splits a range so that each stretch that lies inside one step is answered from the longest sums that fit, and the rest from minutes.
 * @param startMs - start of the first step
 * @param stepMs - length of the steps
 * @param lengthsMinutes - lengths of the sums that there are, each a divisor of the next; those of clusters when left out
 * @returns pieces in order, neighbours joined; together they are the range, without overlaps
 */
export function splitRange(
  range: MinuteRange,
  startMs: number,
  stepMs: number,
  lengthsMinutes: readonly number[] = clusterSpanMinutes
): RangePieces {
  const spans: SpanPiece[] = [];
  const minutes: MinuteRange[] = [];
  const stepOf = (ms: number) => Math.floor((ms - startMs) / stepMs);
  const longestFirst = lengthsMinutes.toSorted((a, b) => b - a);
  const shortestMs = (longestFirst.at(-1) ?? 1) * minuteMs;
  let atMs = range.fromMs;
  while (atMs < range.toMs) {
    const fromMs = atMs;
    const spanMinutes = longestFirst.find((minutes) => {
      const endMs = fromMs + minutes * minuteMs;
      return fromMs % (minutes * minuteMs) === 0 && endMs <= range.toMs && stepOf(fromMs) === stepOf(endMs - 1);
    });
    if (spanMinutes === undefined) {
      atMs = Math.min((Math.floor(fromMs / shortestMs) + 1) * shortestMs, range.toMs);
      append(minutes, { fromMs, toMs: atMs }, () => true);
    } else {
      atMs = fromMs + spanMinutes * minuteMs;
      append(spans, { spanMinutes, fromMs, toMs: atMs }, (last) => last.spanMinutes === spanMinutes);
    }
  }
  return { spans, minutes };
}

/** The pieces of sums and of minutes as parameters for `unnest`: sums from, sums to, minutes from, minutes to, in milliseconds. */
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
  return [pieces.spans.map((piece) => piece.spanMinutes / 60), ...pieceColumns(pieces)] as const;
}

function append<Piece extends MinuteRange>(pieces: Piece[], piece: Piece, isAlike: (last: Piece) => boolean): void {
  const last = pieces.at(-1);
  if (last !== undefined && last.toMs === piece.fromMs && isAlike(last)) {
    pieces[pieces.length - 1] = { ...last, toMs: piece.toMs };
  } else {
    pieces.push(piece);
  }
}
