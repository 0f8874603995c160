import type { ExportedAnomaly, RequestOf } from '@loghunter/contracts';
import type { AnomalyEventRow, AnomalyStore, Clock, MinuteRange } from '@loghunter/ports';
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

const pageSize = 500;
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
  const filter = {
    ...{
      range,
      severities: [],
      kinds: [],
      services: service ?? [],
      isOpen: null,
      clusterId: null,
      isSuppressed: false,
      isWithdrawn: false,
    },
  };
  for (let offset = 0; !signal.aborted; offset += pageSize) {
    const { events } = await anomalies.listEvents(tenantId, filter, { limit: pageSize, offset, order: 'asc' });
    yield* events.map(present);
    if (events.length < pageSize) {
      return;
    }
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
