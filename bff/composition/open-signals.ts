import {
  createJaegerTraceStore,
  createPrometheusMetricStore,
  createTempoTraceStore,
} from '@loghunter/adapters/telemetry';
import type { SignalSources } from '../root-cause/read-signals.ts';
import type { SignalAddress, SignalsConfig } from '../settings/signals-config.ts';

/** Longest wait for one answer: an analysis asks some dozens and has lines to show without any. */
const timeoutMs = 10_000;

/** Connects what the configuration names; nothing is sent yet. */
export function openSignals({ traces, metrics }: SignalsConfig): SignalSources {
  return {
    traces: traces && (traces.kind === 'jaeger' ? createJaegerTraceStore : createTempoTraceStore)(toSettings(traces)),
    metrics: metrics && createPrometheusMetricStore(toSettings(metrics)),
    loadQuery: metrics?.loadQuery ?? '',
  };
}

function toSettings({ url, orgId, token }: SignalAddress) {
  return { url, orgId, token: token?.reveal() ?? null, timeoutMs };
}
