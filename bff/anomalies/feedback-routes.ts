import type { RequestOf, ResponseOf } from '@loghunter/contracts';
import type { AnomalyEventRow, SuppressionRow } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import type { AnomalyFeature } from './anomaly-feature.ts';
import { presentEvent, presentSuppression } from './present-anomaly.ts';

const dayMs = 86_400_000;
const defaultSuppressDays = 14;

/** The event of an id; throws `ProblemError` `not-found`. */
export async function requireEvent(feature: AnomalyFeature, id: string): Promise<AnomalyEventRow> {
  const event = await feature.anomalies.getEvent(feature.tenantId, id);
  if (event === null) {
    throw new ProblemError('not-found', `There is no anomaly event ${id}.`);
  }
  return event;
}

/** `POST /api/v1/anomaly-events/{id}/feedback` */
export async function giveAnomalyFeedback(
  feature: AnomalyFeature,
  request: RequestOf<'giveAnomalyFeedback'>,
  { principal }: CallContext
): Promise<ResponseOf<'giveAnomalyFeedback'>> {
  const { id, verdict, reason = '', suppressDays = defaultSuppressDays } = request;
  const event = await requireEvent(feature, id);
  await feature.anomalies.addFeedback(feature.tenantId, id, { verdict, reason, by: principal.actor });
  const suppression =
    verdict === 'up' ? null : await suppress(feature, event, { reason, suppressDays }, principal.actor);
  return { event: presentEvent(event), suppression: suppression === null ? null : presentSuppression(suppression) };
}

function suppress(
  { tenantId, anomalies, clock }: AnomalyFeature,
  { id, service, namespace, kind, clusterId }: AnomalyEventRow,
  { reason, suppressDays }: { readonly reason: string; readonly suppressDays: number },
  createdBy: SuppressionRow['createdBy']
): Promise<SuppressionRow> {
  const expiresAtMs = clock.nowMs() + suppressDays * dayMs;
  const what = { service, namespace, kind, clusterId };
  return anomalies.createSuppression(tenantId, { ...what, reason, eventId: id, createdBy, expiresAtMs });
}

/** `GET /api/v1/anomaly-suppressions` */
export async function listSuppressions(feature: AnomalyFeature): Promise<ResponseOf<'listSuppressions'>> {
  const suppressions = await feature.anomalies.listSuppressions(feature.tenantId, feature.clock.nowMs());
  return { suppressions: suppressions.map(presentSuppression) };
}

/** `DELETE /api/v1/anomaly-suppressions/{id}` */
export async function deleteSuppression(
  feature: AnomalyFeature,
  { id }: RequestOf<'deleteSuppression'>
): Promise<ResponseOf<'deleteSuppression'>> {
  if (!(await feature.anomalies.endSuppression(feature.tenantId, id))) {
    throw new ProblemError('not-found', `There is no suppression ${id}.`);
  }
  return { id };
}
