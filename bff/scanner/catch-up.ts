import type { MinuteRange } from '@loghunter/ports';
import { floorMinute } from './minutes.ts';
import { planWindows } from './plan-windows.ts';
import { readWindow } from './read-window.ts';
import type { ScanContext } from './scan-context.ts';
import type { WatchState } from './watch-state.ts';
import { writeTally } from './write-tally.ts';

/** Says whether this process may go on: the lease is renewed before each window. */
export type KeepLease = () => Promise<boolean>;

/** Everything before this is complete, but for lines that come later than the allowance. */
export function closedBefore(context: ScanContext): number {
  return floorMinute(context.clock.nowMs() - context.settings.latenessMs);
}

/**
 * Reads forward from the watch's mark up to the newest complete minute, window by window. Each window is one transaction
 * that also moves the mark: whatever fails, the next try begins where the ledger ends.
 */
export async function catchUp(context: ScanContext, watch: WatchState, keepLease: KeepLease): Promise<void> {
  const readFromMs = watch.readFromMs ?? floorMinute(context.clock.nowMs() - context.settings.backfillMs);
  let fromMs = watch.readUpToMs ?? readFromMs;
  for (let toMs = closedBefore(context); fromMs < toMs; toMs = closedBefore(context)) {
    for (const window of await planWindows(context, watch.selectors, { fromMs, toMs })) {
      if (!(await keepLease())) {
        return;
      }
      await readInto(context, watch, watch.selectors, window, readFromMs);
      fromMs = window.toMs;
    }
  }
}

async function readInto(
  context: ScanContext,
  watch: WatchState,
  selectors: readonly string[],
  window: MinuteRange,
  readFromMs: number
): Promise<void> {
  const tally = await readWindow(context, { selectors, window });
  const progress = { readFromMs, readUpToMs: window.toMs };
  await writeTally(context, watch, tally, { window, closedBeforeMs: window.toMs, progress });
  watch.readFromMs = readFromMs;
  watch.readUpToMs = window.toMs;
}

/** Reads what the watch has read so far through one more selector, before the selector joins the watch. */
export async function readHistory(
  context: ScanContext,
  watch: WatchState,
  selector: string,
  keepLease: KeepLease
): Promise<boolean> {
  let fromMs = watch.readFromMs ?? 0;
  const toMs = watch.readUpToMs ?? 0;
  while (fromMs < toMs) {
    for (const window of await planWindows(context, [selector], { fromMs, toMs })) {
      if (!(await keepLease())) {
        return false;
      }
      const tally = await readWindow(context, { selectors: [selector], window });
      await writeNew(context, watch, tally, window);
      fromMs = window.toMs;
    }
  }
  return true;
}

async function writeNew(
  context: ScanContext,
  watch: WatchState,
  tally: Awaited<ReturnType<typeof readWindow>>,
  window: MinuteRange
): Promise<void> {
  const { foreignStreams } = await context.ledger.write(context.tenantId, {
    watchId: watch.id,
    ...tally.toWrite(window.toMs),
  });
  if (foreignStreams.length > 0) {
    context.logger.warn(
      { watch: watch.name, streamCount: foreignStreams.length },
      'streams belong to another watch and are left out'
    );
  }
}
