/** A stored or offered sample line of one cluster. */
export interface SampleLine {
  readonly timestampNs: bigint;
  readonly text: string;
}

/** Samples between the first and the last that are kept. */
export const spreadSampleCount = 6;

const nanosecondsPerMinute = 60_000_000_000n;

/**
 * Chooses the samples of a cluster: the first, the last, and the earliest lines of six of its minutes.
 * Which minutes is decided by a hash of the minute, not by the order of arrival: choosing again from what was chosen and
 * something new gives the same as choosing from everything at once, and the minutes are spread evenly over the cluster's life.
 * @returns at most eight, oldest first
 */
export function chooseSamples(lines: readonly SampleLine[]): readonly SampleLine[] {
  const sorted = [...lines].sort(compareLines);
  const earliestOfMinute = new Map<bigint, SampleLine>();
  for (const line of sorted) {
    const minute = line.timestampNs / nanosecondsPerMinute;
    if (!earliestOfMinute.has(minute)) {
      earliestOfMinute.set(minute, line);
    }
  }
  const spread = [...earliestOfMinute]
    .sort(([a], [b]) => hashMinute(a) - hashMinute(b) || Number(a - b))
    .slice(0, spreadSampleCount)
    .map(([, line]) => line);
  const chosen = [...sorted.slice(0, 1), ...spread, ...sorted.slice(-1)].sort(compareLines);
  return chosen.filter((line, index) => {
    const previous = chosen[index - 1];
    return previous === undefined || compareLines(previous, line) !== 0;
  });
}

function compareLines(a: SampleLine, b: SampleLine): number {
  if (a.timestampNs !== b.timestampNs) {
    return a.timestampNs < b.timestampNs ? -1 : 1;
  }
  return a.text === b.text ? 0 : a.text < b.text ? -1 : 1;
}

// The finaliser of MurmurHash3 (32 bit): neighbouring minutes get unrelated places.
function hashMinute(minute: bigint): number {
  let hash = Number(BigInt.asUintN(32, minute));
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
