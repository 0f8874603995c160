import type { NanosecondRange } from '@loghunter/ports';

/** Halves a range, in whole units, until each piece fits; a single unit is never cut. The pieces come in order of time, without gaps. */
export async function* cutRange(
  range: NanosecondRange,
  unitNs: bigint,
  fits: (piece: NanosecondRange) => Promise<boolean>
): AsyncGenerator<NanosecondRange> {
  const middleNs = ((range.fromNs + range.toNs) / 2n / unitNs) * unitNs;
  if (middleNs <= range.fromNs || middleNs >= range.toNs || (await fits(range))) {
    yield range;
    return;
  }
  yield* cutRange({ fromNs: range.fromNs, toNs: middleNs }, unitNs, fits);
  yield* cutRange({ fromNs: middleNs, toNs: range.toNs }, unitNs, fits);
}
