import { isPortError, type HistoryHour, type MinuteRange } from '@loghunter/ports';
import { countHours, type CountParts } from './count-hours.ts';

/** A day that the store cannot count at once is asked for in such pieces. */
const pieceMs = 6 * 3_600_000;

/** What a store counted of a range, and what of it it will never count. */
export interface CountedRange {
  readonly hours: readonly HistoryHour[];
  readonly missing: readonly MinuteRange[];
}

/** Counts the range at once or, where the store refuses that, in pieces. Throws what another try may mend. */
export async function countRange(
  count: CountParts,
  selectors: readonly string[],
  range: MinuteRange
): Promise<CountedRange> {
  try {
    return { hours: await countHours(count, selectors, range), missing: [] };
  } catch (error) {
    if (isPassing(error)) {
      throw error;
    }
  }
  const pieces = { hours: [] as HistoryHour[], missing: [] as MinuteRange[] };
  for (let fromMs = range.fromMs; fromMs < range.toMs; fromMs += pieceMs) {
    const piece = { fromMs, toMs: Math.min(range.toMs, fromMs + pieceMs) };
    try {
      pieces.hours = pieces.hours.concat(await countHours(count, selectors, piece));
    } catch (error) {
      if (isPassing(error)) {
        throw error;
      }
      pieces.missing.push(piece);
    }
  }
  return pieces;
}

/** Whether another try may be answered: only what the store will never count is missing. */
export function isPassing(error: unknown): boolean {
  return !isPortError(error) || error.kind === 'unavailable' || (error.kind === 'rejected' && error.isRetryable);
}
