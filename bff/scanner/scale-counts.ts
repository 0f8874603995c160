import type { ClusterCount } from '@loghunter/ports';

type Counter = { -readonly [Key in keyof ClusterCount]: ClusterCount[Key] };

/**
 * Scales counts so that their lines add up to `lineCount` exactly: each gets its share in whole lines, and those with the largest remainders one line
 * more. Events follow their lines, one at least where one was seen.
 */
export function scaleCounts(counters: readonly Counter[], lineCount: number): void {
  const readCount = counters.reduce((sum, counter) => sum + counter.lineCount, 0);
  if (readCount === 0) {
    return;
  }
  const shares = counters.map((counter) => ({ counter, exact: (counter.lineCount * lineCount) / readCount }));
  let left = lineCount - shares.reduce((sum, { exact }) => sum + Math.floor(exact), 0);
  for (const { counter, exact } of shares.toSorted((a, b) => (b.exact % 1) - (a.exact % 1))) {
    const scaled = Math.floor(exact) + (left > 0 ? 1 : 0);
    left -= left > 0 ? 1 : 0;
    const events = (counter.eventCount * lineCount) / readCount;
    counter.eventCount = counter.eventCount === 0 ? 0 : Math.max(1, Math.round(events));
    counter.lineCount = scaled;
  }
}
