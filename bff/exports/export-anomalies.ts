import type { ExportedAnomaly, RequestOf } from '@loghunter/contracts';
import { anyEvent, type AnomalyEventRow, type AnomalyStore, type Clock, type MinuteRange } from '@loghunter/ports';
import { readEvents } from '../anomalies/read-events.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { readTimeRange, toTimestamp } from '../http/time-range.ts';
import { toCsv } from './to-csv.ts';

type Request = RequestOf<'exportAnomalies'>;

/** What exports of anomaly events need. */
export interface AnomalyExportFeature {
  readonly tenantId: string;
  readonly anomalies: AnomalyStore;
  readonly clock: Clock;
}

const severities = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
const names = [
  ...(['id', 'incidentId', 'service', 'namespace', 'clusterId', 'kind', 'metric', 'severity', 'title'] as const),
  ...(['baseline', 'observed', 'deviationFactor', 'startedAt', 'endedAt'] as const),
];

/** `GET /api/v1/exports/anomalies`: without those that a suppression holds back. */
export function exportAnomalies(
  feature: AnomalyExportFeature,
  request: Request,
  { signal }: CallContext
): Promise<AsyncIterable<ExportedAnomaly>> {
  return Promise.resolve(readAll(feature, request, readTimeRange(request, feature.clock.nowMs()), signal));
}

/** `GET /api/v1/exports/anomalies.csv` */
export async function exportAnomaliesCsv(
  feature: AnomalyExportFeature,
  request: Request,
  context: CallContext
): Promise<AsyncIterable<string>> {
  return toCsv(await exportAnomalies(feature, request, context), names);
}

async function* readAll(
  { tenantId, anomalies }: AnomalyExportFeature,
  { service }: Request,
  range: MinuteRange,
  signal: AbortSignal
): AsyncGenerator<ExportedAnomaly> {
  const filter = { ...anyEvent(range), services: service ?? [], isWithdrawn: false };
  for await (const event of readEvents(anomalies, tenantId, filter)) {
    if (signal.aborted) {
      return;
    }
    yield present(event);
  }
}

function present(row: AnomalyEventRow): ExportedAnomaly {
  const { id, service, namespace, kind, metric, title, baseline, observed, deviationFactor } = row;
  return {
    ...{ id, service, namespace, kind, metric, title, baseline, observed, deviationFactor },
    incidentId: row.incidentId ?? '',
    clusterId: row.clusterId ?? '',
    severity: severities[row.severity - 1] ?? 'LOW',
    startedAt: toTimestamp(row.startedAtMs),
    endedAt: row.endedAtMs === null ? null : toTimestamp(row.endedAtMs),
  };
}
