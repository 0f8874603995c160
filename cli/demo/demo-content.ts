import type { CountHistory } from '@loghunter/bff/server';
import type { Clock, LogStore } from '@loghunter/ports';
import { say } from '../terminal/output.ts';
import type { TimeZone } from '../times/time-zone.ts';
import { createHistoryMaker } from './count-history.ts';
import { createFileClock } from './file-clock.ts';
import { fillWithFiles } from './file-streams.ts';
import { filesGuide, shopGuide } from './guide.ts';
import { generateLive, generateShop, type LiveShop } from './shop/shop.ts';
import { createTimeline } from './shop/timeline.ts';

/** What the store was filled with and what to say about it. */
export interface DemoContent {
  /** Range of the lines (milliseconds since 1970). */
  readonly fromMs: number;
  readonly toMs: number;
  /** Range of the page as Grafana's time picker writes it. */
  readonly pageRange: { readonly from: string; readonly to: string };
  /** Three lines on what to look at. */
  readonly guide: readonly string[];
  /** The server's clock; null for the machine's own. */
  readonly clock: Clock | null;
  /** Counts from before the lines, for baselines; null: there are none. */
  readonly countHistory: CountHistory | null;
  /** Deploys to be marked. */
  readonly deploys: ReadonlyArray<{ readonly service: string; readonly version: string; readonly atMs: number }>;
  /** Goes on writing; null when nothing does. */
  readonly live: LiveShop | null;
}

/** How filling tells what it does and when it is to stop. */
export interface FillContext {
  readonly signal: AbortSignal;
  readonly onProgress: (text: () => string) => void;
}

const shopDurationMs = 6 * 3_600_000;
const dayMs = 86_400_000;
// The server answers for 31 days, after widening to whole minutes.
export const longestPageMs = 31 * dayMs - 120_000;
// The server reads hour by hour: some seconds a month.
const manyDayCount = 60;
const clockToleranceMs = 60_000;

/** Six hours of the shop that end now. */
export async function fillWithShop(store: LogStore, seed: number, context: FillContext): Promise<DemoContent> {
  const endMs = Math.floor(Date.now() / 1000) * 1000;
  const fromMs = endMs - shopDurationMs;
  const history = createHistoryMaker(fromMs);
  let lineCount = 0;
  for (const streams of generateShop({ seed, endMs, durationMs: shopDurationMs })) {
    if (context.signal.aborted) {
      break;
    }
    await store.push(streams, context.signal);
    history.add(streams);
    lineCount += streams.reduce((sum, { entries }) => sum + entries.length, 0);
    context.onProgress(() => `writing six hours of a shop's logs: ${lineCount} lines`);
  }
  const timeline = createTimeline(endMs);
  return {
    fromMs,
    toMs: endMs,
    pageRange: { from: 'now-6h', to: 'now' },
    guide: shopGuide(timeline),
    clock: null,
    countHistory: history.finish(seed),
    deploys: [{ service: 'payments', version: '2.15.0', atMs: timeline.deployMs }],
    live: generateLive({ seed, startMs: endMs }),
  };
}

/** The user's own files, with their own times. */
export async function fillWithLogs(
  store: LogStore,
  paths: readonly string[],
  timeZone: TimeZone,
  context: FillContext
): Promise<DemoContent> {
  const nowMs = Date.now();
  const range = await fillWithFiles(store, paths, { ...context, nowMs, timeZone });
  if (range.toMs > nowMs + clockToleranceMs) {
    say(
      `the newest line is of ${new Date(range.toMs).toISOString()}, which is still to come; --timezone gives the zone of times that name none`
    );
  }
  const pageFromMs = Math.max(range.fromMs, range.toMs - longestPageMs);
  if (pageFromMs > range.fromMs) {
    say('the page shows 31 days at most and opens on the last ones; the time picker reaches the others');
  }
  const dayCount = Math.round((range.toMs - range.fromMs) / dayMs);
  if (dayCount > manyDayCount) {
    say(`the lines spread over ${dayCount} days; reading so long a range takes a while`);
  }
  return {
    ...range,
    pageRange: { from: String(pageFromMs), to: String(range.toMs) },
    guide: filesGuide(range.lineCount, range.fromMs, range.toMs),
    clock: createFileClock(range.toMs),
    countHistory: null,
    deploys: [],
    live: null,
  };
}
