/** Minutes of a cluster's life that say most about what comes with it, by their places in its counts. */
export interface TellingMinutes {
  /** Its busiest, all with events. */
  readonly busy: readonly number[];
  /** Its quietest, spread over the time; none of the busy ones. */
  readonly quiet: readonly number[];
}

/** At most `most` busy and `most` quiet minutes of counts by the minute. Of equally busy ones the later come first. */
export function chooseTellingMinutes(counts: readonly number[], most: number): TellingMinutes {
  const places = counts.map((_, place) => place);
  const countAt = (place: number) => counts[place] ?? 0;
  const busy = places
    .filter((place) => countAt(place) > 0)
    .sort((a, b) => countAt(b) - countAt(a) || b - a)
    .slice(0, most);
  const lowestBusy = Math.min(...busy.map(countAt));
  const chosen = new Set(busy);
  const others = places.filter((place) => !chosen.has(place));
  const silent = others.filter((place) => countAt(place) === 0);
  const quiet =
    silent.length > 0
      ? spread(silent, most)
      : others
          .filter((place) => countAt(place) < lowestBusy)
          .sort((a, b) => countAt(a) - countAt(b) || a - b)
          .slice(0, most);
  return { busy, quiet };
}

function spread(places: readonly number[], most: number): readonly number[] {
  if (places.length <= most) {
    return places;
  }
  return Array.from({ length: most }, (_, index) => places[Math.floor((index * places.length) / most)] ?? 0);
}

/**
 * Pearson's correlation of ln(1 + count), -1..1, of two series of equal length: the logarithm lets one burst not decide alone.
 * 0 when one of them never changes, or for fewer than 3 values.
 */
export function correlateCounts(a: readonly number[], b: readonly number[]): number {
  const size = Math.min(a.length, b.length);
  if (size < 3) {
    return 0;
  }
  const left = deviations(a.slice(0, size));
  const right = deviations(b.slice(0, size));
  const norm = Math.sqrt(dot(left, left) * dot(right, right));
  return norm === 0 ? 0 : Math.max(-1, Math.min(1, dot(left, right) / norm));
}

function deviations(counts: readonly number[]): readonly number[] {
  const logs = counts.map((count) => Math.log1p(Math.max(0, count)));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  return logs.map((value) => value - mean);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0);
}

/** Below this two clusters have little to do with each other, however sure it is. */
const leastCorrelation = 0.3;
/** Student's t that chance exceeds about 5 times in 10,000: of the hundred clusters that are compared, one in twenty looks. */
const leastT = 3.3;

/** Whether a correlation of series of this length says something. */
export function isTellingCorrelation(correlation: number, size: number): boolean {
  if (correlation < leastCorrelation || size < 3) {
    return false;
  }
  return correlation * Math.sqrt((size - 2) / Math.max(1e-12, 1 - correlation ** 2)) >= leastT;
}
