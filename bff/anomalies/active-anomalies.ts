import type { AnomalyStore } from '@loghunter/ports';
import type { Registry } from 'prom-client';
import { Gauge } from 'prom-client';
import { severityName } from './present-anomaly.ts';

/** Series of the measurement at most: the most severe ones. */
const maxSeries = 1000;

/** What counting open events needs. */
export interface ActiveAnomalyParts {
  readonly anomalies: AnomalyStore;
  readonly listTenantIds: () => Promise<readonly string[]>;
  readonly observeFailure: (error: unknown) => void;
}

/**
 * Open events that are not held back, nor of clusters that are ignored, by service, severity and kind, looked up whenever a scraper asks: each replica gives the same
 * numbers, so that `max` over replicas is right and `sum` is not.
 */
export function measureActiveAnomalies(registry: Registry, parts: ActiveAnomalyParts): void {
  const gauge = new Gauge({
    name: 'loghunter_anomaly_active',
    help: 'Open anomaly events by service, severity and kind, of all tenants; equal on every replica',
    labelNames: ['service', 'severity', 'kind'] as const,
    registers: [registry],
    async collect() {
      gauge.reset();
      try {
        for (const [labels, count] of await countOpen(parts)) {
          gauge.labels(labels).set(count);
        }
      } catch (error) {
        // No numbers are better than old ones; the failure has a counter of its own.
        parts.observeFailure(error);
      }
    },
  });
}

type Labels = Readonly<Record<'service' | 'severity' | 'kind', string>>;

async function countOpen({ anomalies, listTenantIds }: ActiveAnomalyParts): Promise<ReadonlyArray<[Labels, number]>> {
  const events = [];
  for (const tenantId of await listTenantIds()) {
    events.push(...(await anomalies.listOpenEvents(tenantId)));
  }
  const counted = Map.groupBy(
    events.filter(({ incidentId }) => incidentId !== null).toSorted((a, b) => b.severity - a.severity),
    ({ service, severity, kind }) => JSON.stringify([service, severityName(severity), kind])
  );
  return [...counted].slice(0, maxSeries).map(([key, members]) => {
    const [service = '', severity = '', kind = ''] = JSON.parse(key) as string[];
    return [{ service, severity, kind }, members.length];
  });
}
