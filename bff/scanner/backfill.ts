// Reads what lies before a watch's first mark, the newest first, so that what was read stays one stretch without a gap.
import type { MinuteRange, Watch } from '@loghunter/ports';
import { contextOf } from './logs-of-watch.ts';
import { planWindows, readAhead } from './read-ahead.ts';
import type { ScanContext } from './scan-context.ts';
import { createWatchState } from './watch-state.ts';
import { writeTally } from './write-tally.ts';

/** Read and written before the mark moves: what is done twice after a failure. */
const stretchMs = 6 * 3_600_000;

/** How far a backfill has come. */
export interface BackfillProgress {
  readonly watchName: string;
  /** Everything of the watch from here on has been read, milliseconds since 1970. */
  readonly readFromMs: number;
  /** Part of the wanted time that has been read, 0..1. */
  readonly fraction: number;
}

/**
 * Reads every watch back to `fromMs` (a whole minute) and moves its first mark there. Writes replace minutes and marks only widen, so that it
 * may be stopped and begun again, and run beside the scanner. A watch that nothing has been read of yet is left to the scanner. Returns the
 * lines that were counted.
 */
export async function backfill(
  context: ScanContext,
  fromMs: number,
  report: (progress: BackfillProgress) => void
): Promise<{ readonly lineCount: number; readonly watchCount: number }> {
  const watches = (await context.ledger.listWatches(context.tenantId)).filter(
    (watch) => !watch.isRetired && watch.readFromMs !== null && watch.readFromMs > fromMs
  );
  const wantedMs = watches.reduce((sum, watch) => sum + (watch.readFromMs ?? fromMs) - fromMs, 0);
  let lineCount = 0;
  let doneMs = 0;
  for (const watch of watches) {
    for (const stretch of stretchesBackTo(fromMs, watch.readFromMs ?? fromMs)) {
      lineCount += await readStretch(contextOf(context, watch), watch, stretch);
      doneMs += stretch.toMs - stretch.fromMs;
      report({ watchName: watch.name, readFromMs: stretch.fromMs, fraction: doneMs / wantedMs });
    }
  }
  return { lineCount, watchCount: watches.length };
}

function stretchesBackTo(fromMs: number, endMs: number): readonly MinuteRange[] {
  const count = Math.ceil((endMs - fromMs) / stretchMs);
  return Array.from({ length: count }, (_, index) => ({
    fromMs: Math.max(fromMs, endMs - (index + 1) * stretchMs),
    toMs: endMs - index * stretchMs,
  }));
}

async function readStretch(context: ScanContext, watch: Watch, stretch: MinuteRange): Promise<number> {
  const state = createWatchState(watch);
  const windows = planWindows(context, watch.selectors, stretch.fromMs, () => stretch.toMs);
  let lineCount = 0;
  for await (const { window, tally } of readAhead(context, watch, windows)) {
    await context.checkpoint();
    if (window.lineCount !== 0) {
      lineCount += tally.lineCount();
      await writeTally(context, state, tally, { window, closedBeforeMs: window.toMs });
    }
  }
  // The mark moves when all of the stretch is there: it says that everything behind it has been read.
  await context.ledger.write(context.tenantId, {
    watchId: watch.id,
    ...{ minutes: [], clusters: [], samples: [] },
    progress: { readFromMs: stretch.fromMs, readUpToMs: stretch.toMs },
  });
  return lineCount;
}
