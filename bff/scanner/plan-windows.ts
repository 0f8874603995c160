import type { MinuteRange } from '@loghunter/ports';
import { minuteMs, minutesIn, toNanoseconds } from './minutes.ts';
import type { ScanContext } from './scan-context.ts';

/** Counted at once while catching up: an hour is 60 points a stream. */
const maxPlannedMs = 60 * minuteMs;
/** Shorter stretches are read without counting first. */
const smallestPlanMs = 2 * minuteMs;
/** Lines of one transaction: seconds of work, and little to do again after a failure. */
const maxWindowLines = 50_000;

/** Cuts the next stretch of [fromMs, toMs) into windows of a limited number of lines; a single minute is never cut. */
export async function planWindows(
  context: ScanContext,
  selectors: readonly string[],
  range: MinuteRange
): Promise<readonly MinuteRange[]> {
  const stretch = { fromMs: range.fromMs, toMs: Math.min(range.toMs, range.fromMs + maxPlannedMs) };
  if (stretch.toMs - stretch.fromMs <= smallestPlanMs) {
    return [stretch];
  }
  return packMinutes(stretch, await countMinutes(context, selectors, stretch), maxWindowLines);
}

async function countMinutes(
  context: ScanContext,
  selectors: readonly string[],
  range: MinuteRange
): Promise<ReadonlyMap<number, number>> {
  const lineCounts = new Map<number, number>();
  for (const selector of selectors) {
    const counts = await context.logs.countEntries({
      selector,
      stepMs: minuteMs,
      ...toNanoseconds(range),
      signal: context.signal,
    });
    for (const { startMs, lineCount } of counts) {
      lineCounts.set(startMs, (lineCounts.get(startMs) ?? 0) + lineCount);
    }
  }
  return lineCounts;
}

/** Joins minutes into windows of at most `maxLines`, one minute at least. */
export function packMinutes(
  range: MinuteRange,
  lineCounts: ReadonlyMap<number, number>,
  maxLines: number
): readonly MinuteRange[] {
  const windows: MinuteRange[] = [];
  let fromMs = range.fromMs;
  let lines = 0;
  for (const minute of minutesIn(range)) {
    const lineCount = lineCounts.get(minute) ?? 0;
    if (minute > fromMs && lines + lineCount > maxLines) {
      windows.push({ fromMs, toMs: minute });
      fromMs = minute;
      lines = 0;
    }
    lines += lineCount;
  }
  if (fromMs < range.toMs) {
    windows.push({ fromMs, toMs: range.toMs });
  }
  return windows;
}
