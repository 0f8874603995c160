// Cuts time into windows of a limited number of lines, by counting first. Where little is stored the counted stretch grows, so that
// years of nothing cost few queries; where much is stored it stays short, because counting reads what it counts.
import type { MinuteRange } from '@loghunter/ports';
import { minuteMs, toNanoseconds } from './minutes.ts';
import type { ScanContext } from './scan-context.ts';

const hourMs = 60 * minuteMs;
/** Longest stretch counted at once: 168 points a stream, and below the longest range that Loki installations allow (`max_query_length`, 30 days). */
const longestStretchMs = 7 * 24 * hourMs;
/** Shorter stretches are read without counting first. */
const smallestPlanMs = 2 * minuteMs;
/** Counted before the first window is read: nothing else can be done meanwhile. Later stretches are counted while windows are read. */
const firstStretchMs = 10 * minuteMs;
/** Lines of one transaction: seconds of work, and little to do again after a failure. */
const maxWindowLines = 50_000;
/** Lines that a stretch of up to an hour should have: some windows, so that few of them are cut short by its end. */
const wantedStretchLines = 4 * maxWindowLines;

/** A stretch that is read and written at once. */
export interface PlannedWindow extends MinuteRange {
  /** Lines counted in it, 0: nothing has to be read; null: not counted. */
  readonly lineCount: number | null;
  /** The same of each selector. */
  readonly bySelector: ReadonlyMap<string, number> | null;
}

/** Plans one pass forward through time; it learns from each stretch how long the next may be. */
export interface WindowPlanner {
  /** Windows of the next stretch of [fromMs, toMs), without gaps and at least one; a single minute is never cut. */
  plan(range: MinuteRange): Promise<readonly PlannedWindow[]>;
}

type PlanContext = Pick<ScanContext, 'logs' | 'signal'>;

/** A planner for what the selectors match. */
export function createWindowPlanner(context: PlanContext, selectors: readonly string[]): WindowPlanner {
  let stretchMs = firstStretchMs;
  async function plan(range: MinuteRange): Promise<readonly PlannedWindow[]> {
    if (range.toMs - range.fromMs <= smallestPlanMs) {
      return [{ ...range, lineCount: null, bySelector: null }];
    }
    const { stretch, stepMs } = nextStretch(range, stretchMs);
    const bySelector = await countSteps(context, selectors, stretch, stepMs);
    const lineCounts = sumOf(bySelector.values());
    const lineCount = [...lineCounts.values()].reduce((sum, count) => sum + count, 0);
    stretchMs = nextLength(stretchMs, lineCount);
    const windows = packSteps(stretch, stepMs, lineCounts, maxWindowLines).map((window) => ({
      ...window,
      bySelector: new Map([...bySelector].map(([selector, counts]) => [selector, countIn(counts, window)])),
    }));
    if (stepMs === minuteMs) {
      return windows;
    }
    const light = beforeCrowdedHour(windows, lineCounts);
    // The stretch begins with a crowded hour: from an hour's stretch on, minutes are counted.
    return light.length > 0 ? light : plan(range);
  }
  return { plan };
}

function nextLength(stretchMs: number, lineCount: number): number {
  const factor = lineCount > 2 * wantedStretchLines ? 0.5 : lineCount > wantedStretchLines ? 1 : 2;
  const longestMs = lineCount > maxWindowLines ? hourMs : longestStretchMs;
  return Math.min(longestMs, Math.max(firstStretchMs, stretchMs * factor));
}

/** Up to an hour is counted by minutes. More is counted by hours, which starts at a full hour and ends at one. */
function nextStretch(
  range: MinuteRange,
  stretchMs: number
): { readonly stretch: MinuteRange; readonly stepMs: number } {
  const toMs = Math.min(range.toMs, range.fromMs + stretchMs);
  const lastHourMs = Math.floor(toMs / hourMs) * hourMs;
  if (range.fromMs % hourMs === 0 && lastHourMs - range.fromMs > hourMs) {
    return { stretch: { fromMs: range.fromMs, toMs: lastHourMs }, stepMs: hourMs };
  }
  const nextHourMs = (Math.floor(range.fromMs / hourMs) + 1) * hourMs;
  return { stretch: { fromMs: range.fromMs, toMs: Math.min(toMs, nextHourMs) }, stepMs: minuteMs };
}

async function countSteps(
  context: PlanContext,
  selectors: readonly string[],
  range: MinuteRange,
  stepMs: number
): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>> {
  const bySelector = new Map<string, ReadonlyMap<number, number>>();
  for (const selector of selectors) {
    const request = { selector, stepMs, ...toNanoseconds(range), signal: context.signal };
    const counts = await context.logs.countEntries(request);
    bySelector.set(selector, sumOf([counts.map(({ startMs, lineCount }) => [startMs, lineCount])]));
  }
  return bySelector;
}

function sumOf(all: Iterable<Iterable<readonly [startMs: number, lineCount: number]>>): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const counts of all) {
    for (const [startMs, lineCount] of counts) {
      sums.set(startMs, (sums.get(startMs) ?? 0) + lineCount);
    }
  }
  return sums;
}

function countIn(counts: ReadonlyMap<number, number>, { fromMs, toMs }: MinuteRange): number {
  return [...counts].reduce((sum, [startMs, count]) => (startMs >= fromMs && startMs < toMs ? sum + count : sum), 0);
}

/** Joins steps into windows of at most `maxLines`, one step at least. A window without lines holds no step that has some. */
export function packSteps(
  range: MinuteRange,
  stepMs: number,
  lineCounts: ReadonlyMap<number, number>,
  maxLines: number
): ReadonlyArray<MinuteRange & { readonly lineCount: number }> {
  const steps = Array.from(
    { length: (range.toMs - range.fromMs) / stepMs },
    (_, index) => range.fromMs + index * stepMs
  );
  const windows: Array<MinuteRange & { readonly lineCount: number }> = [];
  let fromMs = range.fromMs;
  let lines = 0;
  for (const step of steps) {
    const lineCount = lineCounts.get(step) ?? 0;
    if (step > fromMs && lines + lineCount > maxLines) {
      windows.push({ fromMs, toMs: step, lineCount: lines });
      fromMs = step;
      lines = 0;
    }
    lines += lineCount;
  }
  if (fromMs < range.toMs) {
    windows.push({ fromMs, toMs: range.toMs, lineCount: lines });
  }
  return windows;
}

/** The windows before the first hour that has too many lines for one; it is planned anew, by its minutes. */
function beforeCrowdedHour(
  windows: readonly PlannedWindow[],
  lineCounts: ReadonlyMap<number, number>
): readonly PlannedWindow[] {
  const crowded = windows.findIndex(({ fromMs }) => (lineCounts.get(fromMs) ?? 0) > maxWindowLines);
  return crowded === -1 ? windows : windows.slice(0, crowded);
}
