import { maxEventDurationMs } from '@loghunter/engine/multiline';
import type { MinuteRange, Watch } from '@loghunter/ports';
import { createWindowPlanner, type PlannedWindow } from './plan-windows.ts';
import { readWindow } from './read-window.ts';
import type { ScanContext } from './scan-context.ts';
import { createTally, type Tally } from './tally.ts';

/** Streams that begin this much later than their first line are few; a shorter lateness allowance says nothing of them. */
const settledAfterMs = 30_000;

/** A window that has been read. */
export interface ReadWindow {
  readonly window: PlannedWindow;
  readonly tally: Tally;
}

/** Windows from a moment on, until everything that `endOf` names has been planned; `endOf` is asked again for each stretch. */
export async function* planWindows(
  context: ScanContext,
  selectors: readonly string[],
  startMs: number,
  endOf: () => number
): AsyncGenerator<PlannedWindow> {
  const planner = createWindowPlanner(context, selectors);
  let range: MinuteRange = { fromMs: startMs, toMs: endOf() };
  while (range.fromMs < range.toMs) {
    await context.checkpoint();
    for (const window of await planner.plan(range)) {
      yield window;
      range = { fromMs: window.toMs, toMs: range.toMs };
    }
    range = { fromMs: range.fromMs, toMs: endOf() };
  }
}

/**
 * Reads windows in their order, `settings.parallelWindows` at a time, and goes on reading while the caller writes one: the log store, this
 * process and the database work at the same time instead of in turn. Ends what it began when the caller stops early or a read fails.
 */
export async function* readAhead(
  context: ScanContext,
  watch: Pick<Watch, 'selectors' | 'oneIn'>,
  windows: AsyncGenerator<PlannedWindow>
): AsyncGenerator<ReadWindow> {
  const stop = new AbortController();
  const ownContext: ScanContext = { ...context, signal: AbortSignal.any([context.signal, stop.signal]) };
  const underWay: Array<Promise<ReadWindow | null>> = [];
  function beginReads(): void {
    while (underWay.length < context.settings.parallelWindows) {
      const reading = readNext(ownContext, watch, windows);
      // A failure is met when its turn comes; until then it must not count as one that nobody handles.
      reading.catch(() => undefined);
      underWay.push(reading);
    }
  }
  try {
    for (;;) {
      beginReads();
      const read = await underWay.shift();
      if (read === null || read === undefined) {
        return;
      }
      beginReads();
      yield read;
    }
  } finally {
    stop.abort();
    await Promise.allSettled(underWay);
    await windows.return(undefined);
  }
}

// A generator answers calls of `next` in their order, so that windows are begun in order too.
async function readNext(
  context: ScanContext,
  { selectors, oneIn }: Pick<Watch, 'selectors' | 'oneIn'>,
  windows: AsyncGenerator<PlannedWindow>
): Promise<ReadWindow | null> {
  const next = await windows.next();
  if (next.done === true) {
    return null;
  }
  const window = next.value;
  context.signal.throwIfAborted();
  const { lineCount, bySelector: lineCounts } = window;
  const isSettled = window.toMs + maxEventDurationMs + settledAfterMs <= context.clock.nowMs();
  const tally =
    lineCount === 0
      ? createTally(context.identifier, window)
      : await readWindow(context, { selectors, oneIn, window, isSettled, lineCounts });
  return { window, tally };
}
