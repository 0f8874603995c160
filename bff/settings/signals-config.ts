import type { Secret } from './secret.ts';
import type { Environment } from './table.ts';

/** How a store of traces or metrics is reached. */
export interface SignalAddress {
  readonly url: string;
  readonly orgId: string | null;
  readonly token: Secret | null;
}

/** What analyses look at beside lines. */
export interface SignalsConfig {
  /** Null: no spans. */
  readonly traces: (SignalAddress & { readonly kind: 'tempo' | 'jaeger' }) | null;
  /** Null: no metrics. */
  readonly metrics: (SignalAddress & { readonly loadQuery: string }) | null;
}

/** The configuration of traces and metrics. */
export function toSignalsConfig(environment: Environment): SignalsConfig {
  const { LOGHUNTER_TRACES_URL: tracesUrl, LOGHUNTER_METRICS_URL: metricsUrl } = environment;
  return {
    traces:
      tracesUrl === undefined
        ? null
        : {
            url: tracesUrl,
            kind: environment.LOGHUNTER_TRACES_KIND,
            orgId: environment.LOGHUNTER_TRACES_ORG_ID ?? null,
            token: environment.LOGHUNTER_TRACES_TOKEN ?? null,
          },
    metrics:
      metricsUrl === undefined
        ? null
        : {
            url: metricsUrl,
            loadQuery: environment.LOGHUNTER_METRICS_LOAD_QUERY,
            orgId: environment.LOGHUNTER_METRICS_ORG_ID ?? null,
            token: environment.LOGHUNTER_METRICS_TOKEN ?? null,
          },
  };
}
