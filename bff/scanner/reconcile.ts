// Finds lines that came after their minute was taken as complete: counts of complete minutes are compared with Loki's, and
// where they differ the stream's minute is read again and replaced.
import { isQueryableLabelName, matcher, printQuery, selector } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';
import type { MinuteRange } from '@loghunter/ports';
import { streamKeyOf } from '../events/stream-key.ts';
import { compareCounts, minuteKey, type CountDifference } from './compare-counts.ts';
import { floorMinute, joinMinutes, minuteMs } from './minutes.ts';
import { readWindow } from './read-window.ts';
import type { ScanContext } from './scan-context.ts';
import type { WatchState } from './watch-state.ts';
import { writeTally } from './write-tally.ts';

/** With more streams than this, one read of the whole watch is cheaper than one for each. */
const maxSingleStreams = 50;

/** Compares complete minutes with the log store and reads again what differs; returns how many stream minutes differed. */
export async function reconcile(context: ScanContext, watch: WatchState): Promise<number> {
  const range = reconcileRange(context, watch);
  if (range === null) {
    return 0;
  }
  const all = await compareCounts(context, watch, range);
  const differences = all.filter(
    (difference) => watch.stubbornCounts.get(keyOf(difference)) !== difference.lokiLineCount
  );
  if (differences.length === 0) {
    return 0;
  }
  context.observer.observeReread(differences.length);
  const byStream = Map.groupBy(differences, (difference) => streamKeyOf(difference.labels));
  if (byStream.size > maxSingleStreams) {
    await rereadAll(context, watch, differences, range);
  } else {
    for (const [streamKey, ofStream] of byStream) {
      await rereadStream(context, watch, streamKey, ofStream, range);
    }
  }
  await rememberStubborn(context, watch, differences, range);
  return differences.length;
}

function reconcileRange(context: ScanContext, watch: WatchState): MinuteRange | null {
  const { readFromMs, readUpToMs } = watch;
  if (readFromMs === null || readUpToMs === null) {
    return null;
  }
  const oldestMs = floorMinute(context.clock.nowMs() - context.settings.reconcileWindowMs);
  const fromMs = Math.max(readFromMs, oldestMs);
  return fromMs < readUpToMs ? { fromMs, toMs: readUpToMs } : null;
}

async function rereadStream(
  context: ScanContext,
  watch: WatchState,
  streamKey: string,
  differences: readonly CountDifference[],
  range: MinuteRange
): Promise<void> {
  const labels = differences[0]?.labels ?? {};
  for (const window of windowsAround(differences, range)) {
    const tally = await readWindow(context, { selectors: [streamSelector(labels)], window, onlyStreamKey: streamKey });
    await writeTally(context, watch, tally, { window, closedBeforeMs: range.toMs, onlyStreamKey: streamKey });
  }
}

async function rereadAll(
  context: ScanContext,
  watch: WatchState,
  differences: readonly CountDifference[],
  range: MinuteRange
): Promise<void> {
  for (const { fromMs, toMs } of windowsAround(differences, range)) {
    // Minute by minute, so that memory and transactions stay small.
    for (let startMs = fromMs; startMs < toMs; startMs += minuteMs) {
      const window = { fromMs: startMs, toMs: startMs + minuteMs };
      const tally = await readWindow(context, { selectors: watch.selectors, window });
      await writeTally(context, watch, tally, { window, closedBeforeMs: range.toMs });
    }
  }
}

// A late line may belong to an event of the minute before, or change where events of the minute after begin.
function windowsAround(differences: readonly CountDifference[], range: MinuteRange): readonly MinuteRange[] {
  const minutes = differences.flatMap(({ minuteMs: minute }) => [minute - minuteMs, minute, minute + minuteMs]);
  return joinMinutes(minutes.filter((minute) => minute >= range.fromMs && minute < range.toMs));
}

/** Selector of one stream; it may match others that have further labels. */
function streamSelector(labels: Labels): string {
  const names = Object.keys(labels).filter(isQueryableLabelName);
  return printQuery(selector(...names.map((name) => matcher(name, '=', labels[name] ?? ''))));
}

// A store whose counts and lines disagree for good must not be read over and over.
async function rememberStubborn(
  context: ScanContext,
  watch: WatchState,
  differences: readonly CountDifference[],
  range: MinuteRange
): Promise<void> {
  for (const [key] of watch.stubbornCounts) {
    if (Number(key.split(' ', 1)[0]) < range.fromMs) {
      watch.stubbornCounts.delete(key);
    }
  }
  const before = new Map(differences.map((difference) => [keyOf(difference), difference.lokiLineCount]));
  const after = await compareCounts(context, watch, range);
  const stubborn = after.filter((difference) => before.get(keyOf(difference)) === difference.lokiLineCount);
  for (const difference of stubborn) {
    watch.stubbornCounts.set(keyOf(difference), difference.lokiLineCount);
  }
  if (stubborn.length > 0) {
    context.logger.warn(
      { watch: watch.name, minuteCount: stubborn.length },
      'counts still differ from the log store after reading again'
    );
  }
}

function keyOf(difference: CountDifference): string {
  return minuteKey(difference.labels, difference.minuteMs);
}
