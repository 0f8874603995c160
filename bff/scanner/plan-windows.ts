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
      return [{ ...range, lineCount: null }];
    }
    const { stretch, stepMs } = nextStretch(range, stretchMs);
    const lineCounts = await countSteps(context, selectors, stretch, stepMs);
    const lineCount = [...lineCounts.values()].reduce((sum, count) => sum + count, 0);
    stretchMs = nextLength(stretchMs, lineCount);
    const windows = packSteps(stretch, stepMs, lineCounts, maxWindowLines);
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
): Promise<ReadonlyMap<number, number>> {
  const lineCounts = new Map<number, number>();
  for (const selector of selectors) {
    const request = { selector, stepMs, ...toNanoseconds(range), signal: context.signal };
    for (const { startMs, lineCount } of await context.logs.countEntries(request)) {
      lineCounts.set(startMs, (lineCounts.get(startMs) ?? 0) + lineCount);
    }
  }
  return lineCounts;
}

/** Joins steps into windows of at most `maxLines`, one step at least. A window without lines holds no step that has some. */
export function packSteps(
  range: MinuteRange,
  stepMs: number,
  lineCounts: ReadonlyMap<number, number>,
  maxLines: number
): readonly PlannedWindow[] {
  const steps = Array.from(
    { length: (range.toMs - range.fromMs) / stepMs },
    (_, index) => range.fromMs + index * stepMs
  );
  const windows: PlannedWindow[] = [];
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
