import type { MinuteRange } from '@loghunter/ports';

/** Parts of a range that are answered from hourly sums and from minutes, as columns for `unnest`. */
export interface RangePieces {
  readonly hours: readonly MinuteRange[];
  readonly minutes: readonly MinuteRange[];
}

const hourMs = 3_600_000;

/**
 * Splits a range so that each full hour that lies inside one step is answered from hourly sums, and the rest from minutes.
 * @param startMs - start of the first step
 * @param stepMs - length of the steps
 * @returns pieces in order, neighbours joined; together they are the range, without overlaps
 */
export function splitRange(range: MinuteRange, startMs: number, stepMs: number): RangePieces {
  const hours: MinuteRange[] = [];
  const minutes: MinuteRange[] = [];
  let atMs = range.fromMs;
  while (atMs < range.toMs) {
    const nextHourMs = (Math.floor(atMs / hourMs) + 1) * hourMs;
    const endMs = Math.min(nextHourMs, range.toMs);
    const isFullHour = endMs - atMs === hourMs;
    const isInOneStep = Math.floor((atMs - startMs) / stepMs) === Math.floor((endMs - 1 - startMs) / stepMs);
    append(isFullHour && isInOneStep ? hours : minutes, { fromMs: atMs, toMs: endMs });
    atMs = endMs;
  }
  return { hours, minutes };
}

/** The pieces as parameters: hours from, hours to, minutes from, minutes to, in milliseconds. */
export function pieceColumns(
  pieces: RangePieces
): readonly [readonly number[], readonly number[], readonly number[], readonly number[]] {
  return [
    pieces.hours.map((piece) => piece.fromMs),
    pieces.hours.map((piece) => piece.toMs),
    pieces.minutes.map((piece) => piece.fromMs),
    pieces.minutes.map((piece) => piece.toMs),
  ];
}

function append(pieces: MinuteRange[], piece: MinuteRange): void {
  const last = pieces.at(-1);
  if (last !== undefined && last.toMs === piece.fromMs) {
    pieces[pieces.length - 1] = { fromMs: last.fromMs, toMs: piece.toMs };
  } else {
    pieces.push(piece);
  }
}
