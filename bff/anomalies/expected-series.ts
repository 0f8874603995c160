import { WatchedSeries, type ExpectedCount } from '@loghunter/engine/detection';
import type { BaselineRow, Cache, DetectionStore } from '@loghunter/ports';
import { unpackState } from './packed-state.ts';
import type { ExpectedMinute } from './series-band.ts';
import { createOffsets } from './time-zone.ts';

const minuteMs = 60_000;
/** A baseline changes once an hour; graphs may be this much behind. */
const cachedMs = 5 * minuteMs;

/** What reading baselines needs. */
export interface ExpectedSeriesParts {
  readonly tenantId: string;
  readonly detection: DetectionStore;
  readonly cache: Cache;
  readonly timeZone: string;
}

/** What a series' baseline says. */
export interface ExpectedSeries {
  readonly windowStartMs: number;
  readonly windowEndMs: number;
  readonly avgLogRate: number;
  readonly avgErrorRate: number;
  readonly p95ErrorRate: number;
  readonly expectTotal: (ms: number) => ExpectedMinute;
  readonly expectErrors: (ms: number) => ExpectedMinute;
}

/** The baseline of a series as it is kept; null: nothing was learned. `name` is the service, or the cluster. */
export async function readExpectedSeries(
  parts: ExpectedSeriesParts,
  seriesKey: string,
  name: string
): Promise<ExpectedSeries | null> {
  const row = await readBaseline(parts, seriesKey, name);
  const values = row === null ? null : unpackState(row.state);
  const series = new WatchedSeries({ key: seriesKey, service: '', namespace: '', clusterId: null });
  if (row === null || values === null || !series.restore(values)) {
    return null;
  }
  const offsetAt = createOffsets(parts.timeZone);
  const expectAt = (ms: number) => series.detector.expect(Math.floor(ms / minuteMs) + offsetAt(ms));
  return {
    windowStartMs: row.windowStartMs,
    windowEndMs: row.windowEndMs,
    avgLogRate: row.avgLogRate,
    avgErrorRate: row.avgErrorRate,
    p95ErrorRate: row.p95ErrorRate,
    expectTotal: (ms) => toExpectedMinute(expectAt(ms).total),
    expectErrors: (ms) => toExpectedMinute(expectAt(ms).errors),
  };
}

async function readBaseline(
  { tenantId, detection, cache }: ExpectedSeriesParts,
  seriesKey: string,
  name: string
): Promise<BaselineRow | null> {
  const key = `baseline:${tenantId}:${name}`;
  const cached = await cache.get(key);
  if (cached !== undefined) {
    const row = JSON.parse(cached) as BaselineRow;
    // Services of one name in two namespaces share the place in the cache.
    if (row.seriesKey === seriesKey) {
      return row;
    }
  }
  const row = await detection.getBaseline(tenantId, seriesKey);
  if (row !== null) {
    await cache.set(key, JSON.stringify(row), cachedMs);
  }
  return row;
}

function toExpectedMinute({ mean, low, high, variance, relativeError }: ExpectedCount): ExpectedMinute {
  return { mean, low, high, variance, relativeError };
}
