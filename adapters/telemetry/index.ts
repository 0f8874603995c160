export { createJaegerTraceStore } from './jaeger-traces.ts';
export { createPrometheusMetricStore } from './prometheus-metrics.ts';
export { createTempoTraceStore } from './tempo-traces.ts';
