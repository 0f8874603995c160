// Finds lines that came after their minute was taken as complete: counts of complete minutes are compared with Loki's, and
// where they differ the stream's minute is read again and replaced.
import { printQuery, selector } from '@loghunter/engine/logql';
import type { MinuteRange } from '@loghunter/ports';
import { matchStreams } from '../events/match-streams.ts';
import { streamKeyOf } from '../events/stream-key.ts';
import { compareCounts, minuteKey, type CountDifference } from './compare-counts.ts';
import { floorMinute, joinMinutes, minuteMs } from './minutes.ts';
import { readWindow } from './read-window.ts';
import type { ScanContext } from './scan-context.ts';
import type { WatchState } from './watch-state.ts';
import { writeTally } from './write-tally.ts';

/** Streams read in one query: their label values stand in its matchers. */
const maxBatchStreams = 50;
/** A transaction stays small also when an outage has left an hour to read again. */
const maxRereadMs = 10 * minuteMs;

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
  await rereadDifferences(context, watch, differences, range);
  await rememberStubborn(context, watch, differences, range);
  return differences.length;
}

/** Reads the stream minutes again, and what stands beside them inside the range, and replaces them. */
export async function rereadDifferences(
  context: ScanContext,
  watch: WatchState,
  differences: readonly CountDifference[],
  range: MinuteRange
): Promise<void> {
  for (const batch of toBatches(differences)) {
    await reread(context, watch, batch, range);
  }
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

// Streams of one batch have the same label names, so that one selector narrows down to them.
function toBatches(differences: readonly CountDifference[]): ReadonlyArray<readonly CountDifference[]> {
  const byNames = Map.groupBy(differences, ({ labels }) => Object.keys(labels).toSorted().join(','));
  return [...byNames.values()].flatMap((alike) => {
    const byStream = [...Map.groupBy(alike, ({ labels }) => streamKeyOf(labels)).values()];
    const batchCount = Math.ceil(byStream.length / maxBatchStreams);
    return Array.from({ length: batchCount }, (_, index) =>
      byStream.slice(index * maxBatchStreams, (index + 1) * maxBatchStreams).flat()
    );
  });
}

async function reread(
  context: ScanContext,
  watch: WatchState,
  batch: readonly CountDifference[],
  range: MinuteRange
): Promise<void> {
  const matchers = matchStreams(
    batch.map(({ labels }) => labels),
    maxBatchStreams
  );
  const selectors = matchers.length === 0 ? watch.selectors : [printQuery(selector(...matchers))];
  const onlyStreams = new Set(batch.map(({ labels }) => streamKeyOf(labels)));
  for (const window of windowsAround(batch, range)) {
    await context.checkpoint();
    const tally = await readWindow(context, { selectors, oneIn: watch.oneIn, window, onlyStreams });
    await writeTally(context, watch, tally, { window, closedBeforeMs: range.toMs, onlyStreams, isReread: true });
  }
}

// A late line may belong to an event of the minute before, or change where events of the minute after begin.
function windowsAround(differences: readonly CountDifference[], range: MinuteRange): readonly MinuteRange[] {
  const minutes = differences.flatMap(({ minuteMs: minute }) => [minute - minuteMs, minute, minute + minuteMs]);
  const joined = joinMinutes(minutes.filter((minute) => minute >= range.fromMs && minute < range.toMs));
  return joined.flatMap(({ fromMs, toMs }) => {
    const pieceCount = Math.ceil((toMs - fromMs) / maxRereadMs);
    return Array.from({ length: pieceCount }, (_, index) => ({
      fromMs: fromMs + index * maxRereadMs,
      toMs: Math.min(toMs, fromMs + (index + 1) * maxRereadMs),
    }));
  });
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
