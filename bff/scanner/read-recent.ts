import { compareCounts } from './compare-counts.ts';
import { closedBefore } from './closed-before.ts';
import { ceilMinute, minuteMs } from './minutes.ts';
import { readWindow } from './read-window.ts';
import type { ScanContext } from './scan-context.ts';
import type { WatchState } from './watch-state.ts';
import { writeTally } from './write-tally.ts';

/** A minute that grows by more than this between two looks is read when it is over, not at each look. */
const maxGrowingLines = 100_000;

/**
 * Reads the minutes from `fromMs` on, which are not complete yet, so that screens show them at once. They are read again only when their
 * counts have changed, and once more, whatever their counts, when they are complete and catching up reaches them.
 */
export async function readRecent(context: ScanContext, watch: WatchState, fromMs: number): Promise<void> {
  const nowMs = context.clock.nowMs();
  const differences = await compareCounts(context, watch, { fromMs, toMs: ceilMinute(nowMs) });
  const isFlood = sum(differences.map((difference) => difference.lokiLineCount)) > maxGrowingLines;
  const changed = differences
    .map((difference) => difference.minuteMs)
    .filter((minute) => !isFlood || minute + minuteMs <= nowMs);
  if (changed.length === 0) {
    return;
  }
  const window = { fromMs: Math.min(...changed), toMs: Math.max(...changed) + minuteMs };
  const tally = await readWindow(context, { selectors: watch.selectors, oneIn: watch.oneIn, window });
  await writeTally(context, watch, tally, { window, closedBeforeMs: Math.min(closedBefore(context), fromMs) });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
