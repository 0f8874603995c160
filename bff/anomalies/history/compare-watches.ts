// How the ledger's errors compare with the log stores' own counts. A service may be in several watches, and the ledger has the events of
// all of them: they are compared with the sum of what all of them count.
import type { HistoryHour, MinuteRange, SeriesStore, Watch } from '@loghunter/ports';
import { behindMs } from '../ledger-marks.ts';
import { serviceKey } from '../series-key.ts';
import type { CountedRange } from './count-range.ts';
import { compareErrors, type ErrorRatios } from './level-ratios.ts';

const hourMs = 3_600_000;
/** So much of the ledger is compared with the log store's own counts. */
const comparedMs = 6 * hourMs;

/** What comparing needs. */
export interface CompareParts {
  readonly tenantId: string;
  readonly series: Pick<SeriesStore, 'readServiceMinutes' | 'listServicesOf'>;
  /** All watches in use, with their marks of now. */
  readonly listWatches: () => Promise<readonly Watch[]>;
  readonly count: (watch: Watch, range: MinuteRange) => Promise<CountedRange>;
}

/**
 * What compares one watch after the other. A service that is also in a watch that cannot be counted now is left out: nothing is known of its
 * ratio. Throws what counting the watch itself throws.
 */
export function createErrorComparison(parts: CompareParts): (watchId: string) => Promise<ErrorRatios> {
  const counts = new Map<string, Promise<CountedRange>>();
  function countOnce(watch: Watch, range: MinuteRange): Promise<CountedRange> {
    const key = `${watch.id} ${range.fromMs} ${range.toMs}`;
    const known = counts.get(key) ?? parts.count(watch, range);
    counts.set(key, known);
    return known;
  }
  return async (watchId) => {
    const watches = await parts.listWatches();
    const watch = watches.find(({ id }) => id === watchId);
    const range = watch === undefined ? null : rangeOf(watch, watches);
    if (watch === undefined || range === null) {
      return new Map();
    }
    const own = await countOnce(watch, range);
    if (own.missing.length > 0) {
      return new Map();
    }
    const hours = [...own.hours];
    const unknown = new Set<string>();
    for (const other of watches.filter(({ id }) => id !== watchId)) {
      const counted = await countOther(other, range, countOnce);
      hours.push(...(counted ?? []));
      const services = counted === null ? await parts.series.listServicesOf(parts.tenantId, other.id) : [];
      services.forEach((service) => unknown.add(serviceKey(service)));
    }
    const ledger = await parts.series.readServiceMinutes(parts.tenantId, range);
    return compareErrors(
      hours,
      ledger.filter((minute) => !unknown.has(serviceKey(minute))),
      range
    );
  };
}

/** The last whole hours that the watch has read, and those that are not far behind it have; null: there are none. */
function rangeOf({ readFromMs, readUpToMs }: Watch, watches: readonly Watch[]): MinuteRange | null {
  if (readFromMs === null || readUpToMs === null) {
    return null;
  }
  const near = watches.flatMap((watch) => watch.readUpToMs ?? []).filter((ms) => ms >= readUpToMs - behindMs);
  const toMs = Math.floor(Math.min(readUpToMs, ...near) / hourMs) * hourMs;
  const fromMs = Math.max(Math.ceil(readFromMs / hourMs) * hourMs, toMs - comparedMs);
  return fromMs < toMs ? { fromMs, toMs } : null;
}

/** Null: it has not read all of the range, or its store does not count it. */
async function countOther(
  watch: Watch,
  range: MinuteRange,
  count: (watch: Watch, range: MinuteRange) => Promise<CountedRange>
): Promise<readonly HistoryHour[] | null> {
  const { readFromMs, readUpToMs } = watch;
  if (readFromMs === null || readUpToMs === null || readFromMs > range.fromMs || readUpToMs < range.toMs) {
    return null;
  }
  // Whatever is wrong with another watch is told when its own turn comes.
  const counted = await count(watch, range).catch(() => null);
  return counted === null || counted.missing.length > 0 ? null : counted.hours;
}
