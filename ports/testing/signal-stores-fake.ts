import type { CaseSpan } from '@loghunter/engine/root-cause';
import type { MetricSeries, MetricStore } from '../metric-store.ts';
import type { TraceStore } from '../trace-store.ts';

/** Holds spans in memory. */
export function createFakeTraceStore(spans: readonly CaseSpan[]): TraceStore {
  const ofTrace = (traceId: string) => spans.filter((span) => span.traceId === traceId);
  return {
    system: 'tempo',
    readTrace: (traceId) => Promise.resolve(ofTrace(traceId)),
    findSpans({ service, fromMs, toMs, limit }) {
      const own = spans.filter((span) => span.service === service && span.startMs >= fromMs && span.startMs < toMs);
      const ids = [...new Set(own.map(({ traceId }) => traceId))].slice(0, limit);
      return Promise.resolve(ids.flatMap(ofTrace));
    },
  };
}

/** Answers every query with the same series, cut to its range. */
export function createFakeMetricStore(series: readonly MetricSeries[]): MetricStore {
  return {
    readRange: ({ fromMs, toMs }) =>
      Promise.resolve(
        series.map(({ labels, points }) => ({
          labels,
          points: points.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs),
        }))
      ),
  };
}
