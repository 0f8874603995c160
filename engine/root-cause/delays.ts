// Compares times between things that follow each other: how far the incident's middle lies above the baseline's.

/** Times that a comparison needs, unless its caller can do with less. */
const leastBaselineTimes = 4;
const leastIncidentTimes = 3;
/** Times vary by this much without a reason, whatever the baseline says: share of its middle, and milliseconds. */
const usualShare = 0.15;
const usualMs = 0.5;
/** Makes a median deviation comparable with a standard deviation of a normal distribution. */
const normalScale = 1.4826;

/** A time that grew or shrank. */
export interface Delay {
  /** Deviations of the baseline by which the middle moved. */
  readonly deviations: number;
  readonly baselineMs: number;
  readonly incidentMs: number;
  /** Times of the smaller side. */
  readonly count: number;
}

/** Times in milliseconds by what they are of. */
export type Times = Map<string, number[]>;

/** Adds a time. */
export function addTime(times: Times, key: string, milliseconds: number): void {
  const known = times.get(key);
  if (known === undefined) {
    times.set(key, [milliseconds]);
  } else {
    known.push(milliseconds);
  }
}

/** Compares what both sides have enough times of. */
export function compareTimes(
  baseline: Times,
  incident: Times,
  least = { baseline: leastBaselineTimes, incident: leastIncidentTimes }
): Map<string, Delay> {
  const delays = new Map<string, Delay>();
  for (const [key, now] of incident) {
    const old = baseline.get(key);
    if (old !== undefined && old.length >= least.baseline && now.length >= least.incident) {
      delays.set(key, compare(old, now));
    }
  }
  return delays;
}

function compare(old: readonly number[], now: readonly number[]): Delay {
  const baselineMs = median(old);
  const incidentMs = median(now);
  const spread = median(old.map((time) => Math.abs(time - baselineMs)));
  const scale = normalScale * spread + usualShare * Math.max(baselineMs, 0) + usualMs;
  return {
    deviations: (incidentMs - baselineMs) / scale,
    baselineMs,
    incidentMs,
    count: Math.min(old.length, now.length),
  };
}

/** Middle of the values; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle)
    ? ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
    : (sorted[Math.floor(middle)] ?? 0);
}
