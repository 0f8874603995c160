// Metrics over Prometheus' HTTP API: https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries
import {
  maxMetricPoints,
  maxMetricSeries,
  PortError,
  type MetricSeries,
  type MetricStore,
  type PortErrorKind,
} from '@loghunter/ports';
import { connectTelemetry, membersOf, textOf, type TelemetryConnectionSettings } from './telemetry-connection.ts';

/** Metrics of a Prometheus, or of what has its API (Mimir, Thanos, VictoriaMetrics). */
export function createPrometheusMetricStore(settings: TelemetryConnectionSettings): MetricStore {
  const call = connectTelemetry('prometheus', settings);
  return {
    async readRange({ query, fromMs, toMs, stepSeconds, signal }) {
      const seconds = Math.max(0, (toMs - fromMs) / 1000);
      const step = Math.max(1, Math.ceil(stepSeconds), Math.ceil(seconds / (maxMetricPoints - 1)));
      const parameters = {
        ...{ query, start: String(fromMs / 1000), end: String(toMs / 1000), step: String(step) },
        timeout: `${Math.ceil(settings.timeoutMs / 1000)}s`,
      };
      return readMatrix(await call({ path: '/api/v1/query_range', parameters, method: 'form', signal }));
    },
  };
}

function readMatrix(answer: unknown): readonly MetricSeries[] {
  const { status, data } = membersOf(answer);
  const { resultType, result } = membersOf(data);
  if (status !== 'success' || resultType !== 'matrix' || !Array.isArray(result)) {
    throw failure('invalid-answer', 'The answer of Prometheus holds no series; is this the address of a Prometheus?');
  }
  if (result.length > maxMetricSeries) {
    throw failure('rejected', `The query gives ${result.length} series, more than ${maxMetricSeries}`);
  }
  return result.map((series) => {
    const { metric, values } = membersOf(series);
    const labels = Object.entries(membersOf(metric)).map(([name, value]) => [name, textOf(value)] as const);
    const points = Array.isArray(values) ? values.slice(0, maxMetricPoints).flatMap(readPoint) : [];
    return { labels: Object.fromEntries(labels), points };
  });
}

/** A moment in seconds and a value as text, which may be NaN or +Inf. */
function readPoint(point: unknown): ReadonlyArray<{ readonly atMs: number; readonly value: number }> {
  const [seconds, text] = Array.isArray(point) ? (point as readonly unknown[]) : [];
  const value = textOf(text).trim() === '' ? Number.NaN : Number(text);
  return typeof seconds === 'number' && Number.isFinite(seconds) && Number.isFinite(value)
    ? [{ atMs: seconds * 1000, value }]
    : [];
}

function failure(kind: PortErrorKind, message: string): PortError {
  return new PortError({ system: 'prometheus', kind, message });
}
