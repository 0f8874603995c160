// What a query will have Loki go through, before it is sent: the largest of the index's statistics, its volume and the ledger's own rate.
import { logQueriesOf, parseQuery, printQuery, selector, type LabelMatcher } from '@loghunter/engine/logql';
import type { Clock, LogStore, NanosecondRange } from '@loghunter/ports';
import type { LineRate } from './line-rate.ts';

const minuteNs = 60_000_000_000n;
/** Loki holds lines back from its index for as long as its chunks stay open: two hours by default (`max_chunk_age`), and a little. */
const openChunksMinutes = 150n;
/** An answer is good for this long; a hundred clients who ask the same cost one estimate. */
const keptMs = 30_000;
const maxKeptEstimates = 500;

/** Estimates the bytes that a query reads. */
export interface BytesEstimator {
  /** Bytes of all streams of the query's selectors in the range; null when neither Loki nor the ledger says anything. */
  estimate(query: string, range: NanosecondRange, signal: AbortSignal): Promise<number | null>;
}

interface KeptEstimate {
  readonly sizeBytes: Promise<number | null>;
  readonly madeAtMs: number;
}

/** Creates an estimator that keeps its answers for half a minute. */
export function createBytesEstimator(parts: {
  readonly store: LogStore;
  readonly lineRate: LineRate;
  readonly clock: Clock;
}): BytesEstimator {
  const kept = new Map<string, KeptEstimate>();

  function estimateSelector(matchers: readonly LabelMatcher[], range: NanosecondRange): Promise<number | null> {
    const nowMs = parts.clock.nowMs();
    const key = `${range.fromNs} ${range.toNs} ${printQuery(selector(...matchers))}`;
    const known = kept.get(key);
    if (known !== undefined && nowMs - known.madeAtMs < keptMs) {
      return known.sizeBytes;
    }
    const sizeBytes = measure(parts, matchers, range);
    kept.delete(key);
    kept.set(key, { sizeBytes, madeAtMs: nowMs });
    dropOldest(kept);
    return sizeBytes;
  }

  return {
    async estimate(query, range, signal) {
      signal.throwIfAborted();
      const parsed = parseQuery(query);
      if (parsed.kind !== 'query') {
        return null;
      }
      const rounded = roundOutwards(range);
      const sizes = await Promise.all(
        logQueriesOf(parsed.query).map(({ matchers }) => estimateSelector(matchers, rounded))
      );
      return sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0);
    },
  };
}

// Whole minutes: pages and clients whose ranges differ by seconds share an estimate.
function roundOutwards({ fromNs, toNs }: NanosecondRange): NanosecondRange {
  return { fromNs: (fromNs / minuteNs) * minuteNs, toNs: ((toNs + minuteNs - 1n) / minuteNs) * minuteNs };
}

function dropOldest(kept: Map<string, KeptEstimate>): void {
  const [oldest] = kept.keys();
  if (kept.size > maxKeptEstimates && oldest !== undefined) {
    kept.delete(oldest);
  }
}

async function measure(
  parts: { readonly store: LogStore; readonly lineRate: LineRate; readonly clock: Clock },
  matchers: readonly LabelMatcher[],
  range: NanosecondRange
): Promise<number | null> {
  const { store, lineRate, clock } = parts;
  // Shared by whoever asks the same: no single asker's signal may end it; the store has a time limit of its own.
  const request = { ...range, selector: printQuery(selector(...matchers)), signal: new AbortController().signal };
  const answers = await Promise.allSettled([
    store.readStats(request).then(({ sizeBytes }) => sizeBytes),
    store.readVolume?.(request) ?? 0,
    lineRate.bytesPerMinute(matchers).then((rate) => rate * recentMinutes(range, clock.nowMs())),
  ]);
  const [stats, volume] = answers;
  const sizes = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const isBlind = stats.status === 'rejected' && (volume.status === 'rejected' || store.readVolume === undefined);
  const largest = Math.ceil(Math.max(0, ...sizes));
  return isBlind && largest === 0 ? null : largest;
}

/** Minutes of the range that Loki's index may not see yet. Older ones are the index's: the rate of today says little about last month. */
function recentMinutes({ fromNs, toNs }: NanosecondRange, nowMs: number): number {
  const nowNs = BigInt(Math.ceil(nowMs)) * 1_000_000n;
  const openFromNs = nowNs - openChunksMinutes * minuteNs;
  const startNs = fromNs > openFromNs ? fromNs : openFromNs;
  const endNs = toNs < nowNs ? toNs : nowNs;
  return endNs > startNs ? Number(endNs - startNs) / Number(minuteNs) : 0;
}
