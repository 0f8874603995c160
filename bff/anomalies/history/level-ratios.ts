import type { HistoryHour, MinuteRange, ServiceMinute } from '@loghunter/ports';

const minuteMs = 60_000;
/** Fewer errors than this prove nothing. */
const leastErrors = 5;
/** Beyond this, levels of labels and those that are read from lines do not mean the same. */
const largestRatio = 5;

/** Events of the ledger for each error line of the log store's own counts, by service; null: its labels do not tell errors. */
export type ErrorRatios = ReadonlyMap<string, number | null>;

function keyOf({ service, namespace }: { readonly service: string; readonly namespace: string }): string {
  return JSON.stringify([service, namespace]);
}

/**
 * Compares both counts of one range. The ledger reads levels from lines and counts a stack trace once, the log store counts lines by what
 * labels say: baselines of errors are to be in the ledger's measure.
 */
export function compareErrors(
  hours: readonly HistoryHour[],
  ledger: readonly ServiceMinute[],
  range: MinuteRange
): ErrorRatios {
  const counted = new Map<string, number>();
  for (const hour of hours) {
    const inRange = (hour.errorCounts ?? []).filter((_, minute) => {
      const ms = hour.hourMs + minute * minuteMs;
      return ms >= range.fromMs && ms < range.toMs;
    });
    counted.set(keyOf(hour), (counted.get(keyOf(hour)) ?? 0) + inRange.reduce((sum, count) => sum + count, 0));
  }
  const events = new Map<string, number>();
  for (const minute of ledger) {
    events.set(keyOf(minute), (events.get(keyOf(minute)) ?? 0) + minute.errorCount);
  }
  return new Map([...events].map(([key, eventCount]) => [key, ratioOf(eventCount, counted.get(key) ?? 0)]));
}

function ratioOf(eventCount: number, lineCount: number): number | null {
  if (eventCount < leastErrors && lineCount < leastErrors) {
    return 1;
  }
  const ratio = eventCount / Math.max(lineCount, 1);
  return ratio >= 1 / largestRatio && ratio <= largestRatio && lineCount >= leastErrors ? ratio : null;
}

/** Hours with errors in the ledger's measure. */
export function applyRatios(hours: readonly HistoryHour[], ratios: ErrorRatios): readonly HistoryHour[] {
  return hours.map((hour) => {
    const ratio = ratios.get(keyOf(hour));
    if (hour.errorCounts === null || ratio === undefined) {
      return hour;
    }
    return {
      ...hour,
      errorCounts: ratio === null ? null : hour.errorCounts.map((count) => Math.round(count * ratio)),
    };
  });
}
