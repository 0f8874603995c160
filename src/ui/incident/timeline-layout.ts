import { placeInRange } from '../band-graph/band-series';

export interface TimelineItem {
  readonly fromMs: number;
  /** Null while it goes on. */
  readonly toMs: number | null;
}

export interface PlacedItem<Item> {
  readonly item: Item;
  /** Row of its lane, counted from 0: what overlaps stands below each other. */
  readonly row: number;
  /** Start and length as ratios (0..1) of the range. */
  readonly left: number;
  readonly width: number;
}

/** Shorter bars could not be hit. As a ratio of the range. */
const leastWidth = 0.006;

/** A little air between two bars of a row. */
const gap = 0.002;

/** Puts the items of one lane into as few rows as hold them without overlap; what lies outside the range is left out. */
export function placeItems<Item extends TimelineItem>(
  items: readonly Item[],
  range: { readonly fromMs: number; readonly toMs: number }
): ReadonlyArray<PlacedItem<Item>> {
  const rowEnds: number[] = [];
  const shown = items.filter((item) => item.fromMs < range.toMs && (item.toMs ?? Infinity) >= range.fromMs);
  return [...shown]
    .sort((a, b) => a.fromMs - b.fromMs)
    .map((item) => {
      const start = placeInRange(item.fromMs, range);
      const end = placeInRange(item.toMs ?? range.toMs, range);
      const width = Math.max(leastWidth, end - start);
      const left = Math.min(start, 1 - width);
      const free = rowEnds.findIndex((rowEnd) => rowEnd + gap <= left);
      const row = free === -1 ? rowEnds.length : free;
      rowEnds[row] = left + width;
      return { item, row, left, width };
    });
}

/** Moments for the marks of a time axis: whole steps of a clock, at most `maxCount` of them. */
export function axisMoments(
  range: { readonly fromMs: number; readonly toMs: number },
  maxCount: number
): readonly number[] {
  const lengthMs = range.toMs - range.fromMs;
  const stepMs =
    clockStepsMs.find((step) => lengthMs / step <= maxCount) ?? Math.ceil(lengthMs / dayMs / maxCount) * dayMs;
  const moments: number[] = [];
  for (let atMs = Math.ceil(range.fromMs / stepMs) * stepMs; atMs <= range.toMs; atMs += stepMs) {
    moments.push(atMs);
  }
  return moments;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const clockStepsMs = [1, 2, 5, 10, 15, 30]
  .map((minutes) => minutes * minuteMs)
  .concat([1, 2, 3, 6, 12].map((hours) => hours * hourMs))
  .concat([1, 2, 7].map((days) => days * dayMs));
