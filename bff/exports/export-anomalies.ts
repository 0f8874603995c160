import type { ExportedAnomaly, RequestOf } from '@loghunter/contracts';
import type { AnomalyEventFilter, AnomalyEventRow, AnomalyStore, Clock } from '@loghunter/ports';
import { readAnomalyFilter, readIncidentTraits } from '../anomalies/incident-routes.ts';
import { readEvents } from '../anomalies/read-events.ts';
import { toTimestamp } from '../http/time-range.ts';
import type { ExportCall } from './export-call.ts';
import { toCsv } from './to-csv.ts';

type Request = RequestOf<'exportAnomalies'>;

/** What exports of anomaly events need. */
export interface AnomalyExportFeature {
  readonly tenantId: string;
  readonly anomalies: AnomalyStore;
  readonly clock: Clock;
}

const severities = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
/** Columns of anomaly events, in their order. */
export const anomalyColumns = [
  ...(['id', 'incidentId', 'service', 'namespace', 'clusterId', 'kind', 'metric', 'severity', 'title'] as const),
  ...(['baseline', 'observed', 'deviationFactor', 'startedAt', 'endedAt'] as const),
];

/** `GET /api/v1/exports/anomalies`: without those that a suppression holds back. */
export function exportAnomalies(
  feature: AnomalyExportFeature,
  request: Request,
  call: ExportCall
): Promise<AsyncIterable<ExportedAnomaly>> {
  const filter = readAnomalyFilter(request, feature.clock.nowMs());
  const { acknowledged, assignee, text } = request;
  const isOfAnyIncident = acknowledged === undefined && (assignee ?? []).length === 0 && (text ?? '') === '';
  const wanted = {
    ...{ ...filter, clusterId: null, isSuppressed: false, isWithdrawn: request.state === 'withdrawn' },
    ...(isOfAnyIncident ? {} : { incident: readIncidentTraits(request, call.principal.actor.id) }),
  };
  return Promise.resolve(readAll(feature, wanted, call));
}

/** `GET /api/v1/exports/anomalies.csv` */
export async function exportAnomaliesCsv(
  feature: AnomalyExportFeature,
  request: Request,
  context: ExportCall
): Promise<AsyncIterable<string>> {
  return toCsv(await exportAnomalies(feature, request, context), anomalyColumns);
}

async function* readAll(
  { tenantId, anomalies }: AnomalyExportFeature,
  filter: AnomalyEventFilter,
  { signal, onProgress }: ExportCall
): AsyncGenerator<ExportedAnomaly> {
  const { totalCount } = await anomalies.listEvents(tenantId, filter, { limit: 0, offset: 0, order: 'asc' });
  let readCount = 0;
  for await (const event of readEvents(anomalies, tenantId, filter)) {
    if (signal.aborted) {
      return;
    }
    readCount += 1;
    onProgress?.({ fraction: Math.min(1, readCount / totalCount), totalCount });
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
