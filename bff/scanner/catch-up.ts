import type { MinuteRange } from '@loghunter/ports';
import { closedBefore } from './closed-before.ts';
import { floorMinute, minuteMs } from './minutes.ts';
import { planWindows, readAhead } from './read-ahead.ts';
import { readRecent } from './read-recent.ts';
import type { ScanContext } from './scan-context.ts';
import type { Tally } from './tally.ts';
import type { WatchState } from './watch-state.ts';
import { writeTally } from './write-tally.ts';

/** Further behind than this, the recent minutes are looked at before and between windows, so that screens show what happens now. */
const longBacklogMs = 10 * minuteMs;

/**
 * Reads forward from the watch's mark up to the newest complete minute, window by window. Each window is one transaction
 * that also moves the mark: whatever fails or stops it, the next try begins where the ledger ends.
 */
export async function catchUp(context: ScanContext, watch: WatchState): Promise<void> {
  const readFromMs = watch.readFromMs ?? beginningOf(context);
  const fromMs = watch.readUpToMs ?? readFromMs;
  const windows = planWindows(context, watch.selectors, fromMs, () => closedBefore(context));
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  async function lookAtRecent(readUpToMs: number): Promise<void> {
    const nowMs = context.clock.nowMs();
    const isBehind = closedBefore(context) - readUpToMs > longBacklogMs;
    if (isBehind && nowMs - lookedAtMs >= context.settings.intervalMs) {
      await readRecent(context, watch, closedBefore(context));
      lookedAtMs = context.clock.nowMs();
    }
  }
  await lookAtRecent(fromMs);
  for await (const { window, tally } of readAhead(context, watch, windows)) {
    await context.checkpoint();
    const progress = { readFromMs, readUpToMs: window.toMs };
    await writeTally(context, watch, tally, { window, closedBeforeMs: window.toMs, progress });
    watch.readFromMs = readFromMs;
    watch.readUpToMs = window.toMs;
    await lookAtRecent(window.toMs);
  }
}

// At the newest complete minute at the latest: a beginning that is not complete yet would move on with the clock, and never be reached.
function beginningOf(context: ScanContext): number {
  return Math.min(floorMinute(context.clock.nowMs() - context.settings.backfillMs), closedBefore(context) - minuteMs);
}

/** Reads what the watch has read so far through one more selector, before the selector joins the watch. */
export async function readHistory(context: ScanContext, watch: WatchState, selector: string): Promise<void> {
  const toMs = watch.readUpToMs ?? 0;
  const windows = planWindows(context, [selector], watch.readFromMs ?? toMs, () => toMs);
  for await (const { window, tally } of readAhead(context, { selectors: [selector], oneIn: watch.oneIn }, windows)) {
    await context.checkpoint();
    if (window.lineCount !== 0) {
      await writeNew(context, watch, tally, window);
    }
  }
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
