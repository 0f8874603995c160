/** One step of a series with what was expected of it. `null` is "not known", which is never drawn as zero. */
export interface BandPoint {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly observed: number | null;
  readonly expected: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

type Column = Array<number | null>;

/** Columns as uPlot takes them: time, upper and lower edge of the band, expected, observed. */
export type BandColumns = [number[], Column, Column, Column, Column];

/**
 * Columns of a series. Steps that are missing from a row of otherwise equal steps become gaps:
 * a line drawn across them would state what nobody measured.
 */
export function bandColumns(points: readonly BandPoint[]): BandColumns {
  const columns: BandColumns = [[], [], [], [], []];
  const stepMs = smallestStep(points);
  let before: number | undefined;
  for (const point of points) {
    if (before !== undefined && stepMs > 0 && point.atMs - before > 1.5 * stepMs) {
      push(columns, { atMs: before + stepMs, observed: null, expected: null, lower: null, upper: null });
    }
    push(columns, point);
    before = point.atMs;
  }
  return columns;
}

function push([times, upper, lower, expected, observed]: BandColumns, point: BandPoint): void {
  times.push(point.atMs);
  upper.push(point.upper);
  lower.push(point.lower);
  expected.push(point.expected);
  observed.push(point.observed);
}

function smallestStep(points: readonly BandPoint[]): number {
  let smallest = Infinity;
  for (let index = 1; index < points.length; index++) {
    const step = (points[index]?.atMs ?? 0) - (points[index - 1]?.atMs ?? 0);
    smallest = step > 0 ? Math.min(smallest, step) : smallest;
  }
  return Number.isFinite(smallest) ? smallest : 0;
}

/** The point nearest to a moment; undefined when there is none. */
export function nearestPoint(points: readonly BandPoint[], atMs: number): BandPoint | undefined {
  let nearest: BandPoint | undefined;
  for (const point of points) {
    if (nearest === undefined || Math.abs(point.atMs - atMs) < Math.abs(nearest.atMs - atMs)) {
      nearest = point;
    }
  }
  return nearest;
}

/** Where a moment lies in a range, 0 at its start and 1 at its end; what lies outside is put on the edge. */
export function placeInRange(atMs: number, range: { readonly fromMs: number; readonly toMs: number }): number {
  const lengthMs = range.toMs - range.fromMs;
  return lengthMs <= 0 ? 0 : Math.min(1, Math.max(0, (atMs - range.fromMs) / lengthMs));
}
