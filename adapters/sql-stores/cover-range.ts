import type { MinuteRange } from '@loghunter/ports';
import { spanLengthsHours } from './sum-changes.ts';

/** The parts of a range by what answers them. Of each length there are at most two pieces: before and after those of the next longer one. */
export interface RangeCover {
  readonly spans: ReadonlyArray<{ readonly spanHours: number; readonly pieces: readonly MinuteRange[] }>;
  readonly minutes: readonly MinuteRange[];
}

const hourMs = 3_600_000;

/** Covers a range with the fewest sums: whole days, then six hours, then hours, and single minutes at the ends. */
export function coverRange(range: MinuteRange): RangeCover {
  let rest: readonly MinuteRange[] = [range];
  const spans = [...spanLengthsHours].reverse().map((spanHours) => {
    const parts = rest.map((piece) => takeWhole(piece, spanHours * hourMs));
    rest = parts.flatMap((part) => part.rest);
    return { spanHours, pieces: parts.flatMap((part) => part.whole) };
  });
  return { spans, minutes: rest };
}

function takeWhole(
  piece: MinuteRange,
  spanMs: number
): { readonly whole: readonly MinuteRange[]; readonly rest: readonly MinuteRange[] } {
  const fromMs = Math.ceil(piece.fromMs / spanMs) * spanMs;
  const toMs = Math.floor(piece.toMs / spanMs) * spanMs;
  if (fromMs >= toMs) {
    return { whole: [], rest: [piece] };
  }
  const ends = [
    { fromMs: piece.fromMs, toMs: fromMs },
    { fromMs: toMs, toMs: piece.toMs },
  ];
  return { whole: [{ fromMs, toMs }], rest: ends.filter((end) => end.fromMs < end.toMs) };
}
