import type { MinuteRange } from '@loghunter/ports';
import { floorMinute } from './minutes.ts';
import { createWindowPlanner, type PlannedWindow } from './plan-windows.ts';
import { readWindow } from './read-window.ts';
import type { ScanContext } from './scan-context.ts';
import { createTally, type Tally } from './tally.ts';
import type { WatchState } from './watch-state.ts';
import { writeTally } from './write-tally.ts';

/** Everything before this is complete, but for lines that come later than the allowance. */
export function closedBefore(context: ScanContext): number {
  return floorMinute(context.clock.nowMs() - context.settings.latenessMs);
}

/**
 * Reads forward from the watch's mark up to the newest complete minute, window by window. Each window is one transaction
 * that also moves the mark: whatever fails or stops it, the next try begins where the ledger ends.
 */
export async function catchUp(context: ScanContext, watch: WatchState): Promise<void> {
  const readFromMs = watch.readFromMs ?? floorMinute(context.clock.nowMs() - context.settings.backfillMs);
  const planner = createWindowPlanner(context, watch.selectors);
  let fromMs = watch.readUpToMs ?? readFromMs;
  for (let toMs = closedBefore(context); fromMs < toMs; toMs = closedBefore(context)) {
    await context.checkpoint();
    for (const window of await planner.plan({ fromMs, toMs })) {
      await context.checkpoint();
      const tally = await readPlanned(context, watch.selectors, window);
      const progress = { readFromMs, readUpToMs: window.toMs };
      await writeTally(context, watch, tally, { window, closedBeforeMs: window.toMs, progress });
      watch.readFromMs = readFromMs;
      watch.readUpToMs = window.toMs;
      fromMs = window.toMs;
    }
  }
}

/** Reads what the watch has read so far through one more selector, before the selector joins the watch. */
export async function readHistory(context: ScanContext, watch: WatchState, selector: string): Promise<void> {
  const planner = createWindowPlanner(context, [selector]);
  const toMs = watch.readUpToMs ?? 0;
  let fromMs = watch.readFromMs ?? toMs;
  while (fromMs < toMs) {
    await context.checkpoint();
    for (const window of await planner.plan({ fromMs, toMs })) {
      await context.checkpoint();
      if (!window.isEmpty) {
        await writeNew(context, watch, await readWindow(context, { selectors: [selector], window }), window);
      }
      fromMs = window.toMs;
    }
  }
}

async function readPlanned(context: ScanContext, selectors: readonly string[], window: PlannedWindow): Promise<Tally> {
  return window.isEmpty ? createTally(context.identifier, window) : readWindow(context, { selectors, window });
}

async function writeNew(context: ScanContext, watch: WatchState, tally: Tally, window: MinuteRange): Promise<void> {
  const redactor = await context.redaction.open();
  await context.identifier.rules.learn(tally.signatures(redactor));
  const { foreignStreams } = await context.ledger.write(context.tenantId, {
    watchId: watch.id,
    ...tally.toWrite(window.toMs, redactor),
    ...(context.holder === null ? {} : { leaseHolder: context.holder }),
  });
  await context.redaction.keepCounts(redactor);
  if (foreignStreams.length > 0) {
    context.logger.warn(
      { watch: watch.name, streamCount: foreignStreams.length },
      'streams belong to another watch and are left out'
    );
  }
}
