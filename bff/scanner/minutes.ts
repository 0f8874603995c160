import type { MinuteRange, NanosecondRange } from '@loghunter/ports';

/** The ledger's unit of time. */
export const minuteMs = 60_000;

const msToNs = 1_000_000n;
const minuteNs = BigInt(minuteMs) * msToNs;

/** Start of the minute that holds the moment. */
export function floorMinute(ms: number): number {
  return Math.floor(ms / minuteMs) * minuteMs;
}

/** Start of the minute after the moment; the moment itself when a minute starts there. */
export function ceilMinute(ms: number): number {
  return Math.ceil(ms / minuteMs) * minuteMs;
}

/** Start of the minute that holds the moment, milliseconds since 1970. */
export function minuteOf(timestampNs: bigint): number {
  return Number(timestampNs / minuteNs) * minuteMs;
}

/** The range in nanoseconds, wider by `marginMs` on both sides. */
export function toNanoseconds(range: MinuteRange, marginMs = 0): NanosecondRange {
  return { fromNs: BigInt(range.fromMs - marginMs) * msToNs, toNs: BigInt(range.toMs + marginMs) * msToNs };
}

/** The minutes of a range. */
export function minutesIn(range: MinuteRange): readonly number[] {
  return Array.from(
    { length: Math.max(0, (range.toMs - range.fromMs) / minuteMs) },
    (_, index) => range.fromMs + index * minuteMs
  );
}

/** Joins minutes that touch into ranges, in order of time. */
export function joinMinutes(minutes: Iterable<number>): readonly MinuteRange[] {
  const ranges: Array<{ fromMs: number; toMs: number }> = [];
  for (const minute of [...new Set(minutes)].toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.toMs === minute) {
      last.toMs = minute + minuteMs;
    } else {
      ranges.push({ fromMs: minute, toMs: minute + minuteMs });
    }
  }
  return ranges;
}
