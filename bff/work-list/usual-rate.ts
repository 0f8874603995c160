import type { WorkRate } from '@loghunter/ports';

const hourMs = 3_600_000;
const usualHours = 7 * 24;
/** Less than a day says nothing of what is usual: days have nights. */
const leastKnownHours = 24;

/** Events in a usual hour; null when the cluster, or its logs, are not known for a day. */
export function usualPerHour(
  { eventCountBefore }: Pick<WorkRate, 'eventCountBefore'>,
  known: { readonly firstSeenMs: number; readonly readFromMs: number | null; readonly nowMs: number }
): number | null {
  const { firstSeenMs, readFromMs, nowMs } = known;
  const untilMs = Math.floor(nowMs / hourMs) * hourMs - hourMs;
  const readHours = (untilMs - (readFromMs ?? nowMs)) / hourMs;
  if (readHours < leastKnownHours || (untilMs - firstSeenMs) / hourMs < leastKnownHours) {
    return null;
  }
  return eventCountBefore / Math.min(usualHours, readHours);
}
