import type { Labels } from '@loghunter/engine/records';
import type { MinuteRange, StoredMinute } from '@loghunter/ports';
import { streamKeyOf } from '../events/stream-key.ts';
import { minuteMs, toNanoseconds } from './minutes.ts';
import type { ScanContext } from './scan-context.ts';
import type { WatchState } from './watch-state.ts';

/** A stream's minute in which Loki has another number of lines than the ledger. */
export interface CountDifference {
  readonly labels: Labels;
  readonly minuteMs: number;
  readonly storedLineCount: number;
  readonly lokiLineCount: number;
}

/** Stream minutes of the watch in which the ledger and the log store differ, other watches' streams left out. */
export async function compareCounts(
  context: ScanContext,
  watch: WatchState,
  range: MinuteRange
): Promise<readonly CountDifference[]> {
  const stored = await context.ledger.readMinutes(context.tenantId, watch.id, range.fromMs, range.toMs);
  const unseen = new Map(stored.map((minute) => [minuteKey(minute.labels, minute.minuteMs), minute]));
  const differences: CountDifference[] = [];
  for (const selector of watch.selectors) {
    context.signal.throwIfAborted();
    const counts = await context.logs.countEntries({
      selector,
      stepMs: minuteMs,
      ...toNanoseconds(range),
      signal: context.signal,
    });
    for (const { labels, startMs, lineCount } of counts) {
      const key = minuteKey(labels, startMs);
      const storedLineCount = knownLines(unseen.get(key));
      unseen.delete(key);
      if (storedLineCount !== lineCount && !watch.foreignStreamKeys.has(streamKeyOf(labels))) {
        differences.push({ labels, minuteMs: startMs, storedLineCount, lokiLineCount: lineCount });
      }
    }
  }
  const gone = [...unseen.values()].filter((minute) => knownLines(minute) > 0);
  return [
    ...differences,
    ...gone.map((minute) => ({
      labels: minute.labels,
      minuteMs: minute.minuteMs,
      storedLineCount: knownLines(minute),
      lokiLineCount: 0,
    })),
  ];
}

/** One text per stream and minute. */
export function minuteKey(labels: Labels, minute: number): string {
  return `${minute} ${streamKeyOf(labels)}`;
}

// Lines that could not be read are known to exist: Loki's count holds them.
function knownLines(minute: StoredMinute | undefined): number {
  return minute === undefined ? 0 : minute.lineCount + minute.unreadLineCount;
}
