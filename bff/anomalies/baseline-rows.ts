import type { WatchedSeries } from '@loghunter/engine/detection';
import type { BaselineRow } from '@loghunter/ports';
import { packState } from './packed-state.ts';

const minuteMs = 60_000;
const worstShare = 0.95;

/** A series' baseline as it is kept: what it usually is, and the detector as of the last minute that it took in. */
export function toBaselineRow(series: WatchedSeries): BaselineRow {
  const { key, service, namespace, clusterId } = series.subject;
  const { total, errors } = series.detector.weekRates();
  const avgLogRate = meanOf(total);
  const shares = total.map((rate, hour) => (rate > 0 ? Math.min(1, (errors[hour] ?? 0) / rate) : 0));
  return {
    ...{ seriesKey: key, service, namespace, clusterId },
    windowStartMs: Math.max(0, series.sinceMinute) * minuteMs,
    windowEndMs: Math.max(0, series.resumeMinute) * minuteMs,
    avgLogRate,
    avgErrorRate: avgLogRate > 0 ? Math.min(1, meanOf(errors) / avgLogRate) : 0,
    p95ErrorRate: shares.toSorted((a, b) => a - b)[Math.floor(shares.length * worstShare)] ?? 0,
    state: packState(series.save()),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
