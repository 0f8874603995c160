import { isPortError } from '@loghunter/ports';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { measureActiveAnomalies, type ActiveAnomalyParts } from '../anomalies/active-anomalies.ts';
import type { ModelObserver } from '../language-models/ask-model.ts';
import { createModelMetrics } from '../language-models/model-metrics.ts';
import type { DeliveryObserver } from '../notifications/delivery-kind.ts';
import type { RedactionObserver } from '../redaction/stored-text-redaction.ts';
import type { RequestObserver } from '../http/access-log.ts';
import { createQueryMeter, type QueryMeter } from '../query-budget/query-meter.ts';
import type { ScanObserver } from '../scanner/scan-context.ts';

/** The server's own measurements. Label values come from closed lists only: the number of series does not grow with use. */
export interface Metrics extends RequestObserver, ScanObserver, RedactionObserver, DeliveryObserver, ModelObserver {
  /** Queries to the log store. */
  readonly queries: QueryMeter;
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** Figures that are looked up when a scraper asks. */
export interface MetricSources {
  /** Seconds between now and the end of what has been read; null when nothing is read here. */
  readonly scannerLagSeconds: () => number | null;
  /** Open anomaly events; absent where there is no database. */
  readonly activeAnomalies?: Omit<ActiveAnomalyParts, 'observeFailure'>;
}

/** Creates the measurements in a registry of their own, so that two servers in one process do not meet. */
export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = createRequestHistogram(registry);
  const scan = createScanCounters(registry);
  const failures = new Counter({
    name: 'loghunter_port_errors_total',
    help: 'Failed calls to systems outside, by system and kind',
    labelNames: ['system', 'kind'] as const,
    registers: [registry],
  });
  createLagGauge(registry, sources);
  function observeFailure(error: unknown): void {
    if (isPortError(error)) {
      failures.labels(error.system, error.kind).inc();
    }
  }
  if (sources.activeAnomalies !== undefined) {
    measureActiveAnomalies(registry, { ...sources.activeAnomalies, observeFailure });
  }
  const redactions = new Counter({
    name: 'loghunter_redactions_total',
    help: "Values taken out of texts before they were stored, by built-in rule; `own` for all of the tenants' own",
    labelNames: ['rule'] as const,
    registers: [registry],
  });
  const deliveries = new Counter({
    name: 'loghunter_deliveries_total',
    help: 'Attempts to tell a channel, by its kind and what came of them',
    labelNames: ['kind', 'outcome'] as const,
    registers: [registry],
  });
  return {
    ...createModelMetrics(registry),
    observeDelivery: (kind, outcome) => deliveries.labels(kind, outcome).inc(),
    observeRedactions: (ruleName, count) => redactions.labels(ruleName).inc(count),
    queries: createQueryMeter(registry),
    observeRequest: (route, method, status, durationSeconds) =>
      requests.labels(route, method, String(status)).observe(durationSeconds),
    observePage(entryCount) {
      scan.pages.inc();
      scan.lines.inc(entryCount);
    },
    observeWrite: (minuteCount) => scan.minutes.inc(minuteCount),
    observeReread: (minuteCount) => scan.rereads.inc(minuteCount),
    observeFailure,
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

function createRequestHistogram(registry: Registry) {
  return new Histogram({
    name: 'loghunter_http_request_duration_seconds',
    help: 'Duration of requests by row of the route table; its count is the number of requests',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
}

function createScanCounters(registry: Registry) {
  const registers = [registry];
  return {
    pages: new Counter({
      name: 'loghunter_scanner_pages_total',
      help: 'Pages of lines read from the log store',
      registers,
    }),
    lines: new Counter({
      name: 'loghunter_scanner_lines_total',
      help: 'Lines read from the log store; a line that is read again counts again',
      registers,
    }),
    minutes: new Counter({
      name: 'loghunter_scanner_written_minutes_total',
      help: 'Minutes of streams written to the ledger',
      registers,
    }),
    rereads: new Counter({
      name: 'loghunter_scanner_reread_minutes_total',
      help: 'Complete minutes of streams whose counts differed from the log store',
      registers,
    }),
  };
}

function createLagGauge(registry: Registry, sources: MetricSources): void {
  const lag = new Gauge({
    name: 'loghunter_scanner_lag_seconds',
    help: 'Seconds between now and the end of what has been read completely, of the watch that is furthest behind',
    registers: [registry],
    collect() {
      const seconds = sources.scannerLagSeconds();
      if (seconds !== null) {
        lag.set(seconds);
      }
    },
  });
}
