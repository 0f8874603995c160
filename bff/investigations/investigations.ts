import type { Investigation, ListInvestigationsResponse, RequestOf } from '@loghunter/contracts';
import type { AnalysisRow, AuditRecord, InvestigationRow } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { readInstant } from '../http/time-range.ts';
import { orNotFound, type RootCauseFeature } from '../root-cause/root-cause-feature.ts';
import { presentSummary } from './present-investigation.ts';
import { requireInvestigation, showInvestigation } from './show-investigation.ts';

const hourMs = 3_600_000;

/** `GET /api/v1/investigations` */
export async function listInvestigations(
  feature: RootCauseFeature,
  { state, text, clusterId, incidentId, limit, offset }: RequestOf<'listInvestigations'>
): Promise<ListInvestigationsResponse> {
  const { investigations, totalCount } = await feature.investigations.list(feature.tenantId, {
    ...(state === undefined ? {} : { state }),
    ...(text === undefined ? {} : { text }),
    ...(clusterId === undefined ? {} : { clusterId }),
    ...(incidentId === undefined ? {} : { incidentId }),
    ...{ limit, offset },
  });
  return { investigations: investigations.map(presentSummary), totalCount };
}

/** `POST /api/v1/investigations` */
export async function createInvestigation(
  feature: RootCauseFeature,
  request: RequestOf<'createInvestigation'>,
  { principal }: CallContext
): Promise<Investigation> {
  const { tenantId, investigations, analyses } = feature;
  const { title, services, clusterIds, incidentId, analysisId } = request;
  const { actor } = principal;
  const analysis =
    analysisId === undefined ? null : orNotFound('analysis', analysisId, await analyses.get(tenantId, analysisId));
  for (const clusterId of new Set(clusterIds)) {
    await requireCluster(feature, clusterId);
  }
  if (incidentId !== undefined) {
    orNotFound('incident', incidentId, await feature.anomalies.getIncident(tenantId, incidentId));
  }
  const made = await investigations.create(tenantId, {
    title,
    range: readRange(request, analysis?.incident ?? null, feature.clock.nowMs()),
    services: services ?? (analysis === null || analysis.service === '' ? [] : [analysis.service]),
    clusterIds: clusterIds ?? [],
    incidentId: incidentId ?? null,
    createdBy: actor,
  });
  await investigations.addEntry(tenantId, made.id, { kind: 'created', text: title, actor });
  if (analysis !== null) {
    await attach(feature, made.id, analysis, actor);
  }
  return showInvestigation(feature, made.id);
}

async function requireCluster({ tenantId, clusters }: RootCauseFeature, id: string): Promise<void> {
  orNotFound('cluster', id, await clusters.getCluster(tenantId, id, { fromMs: 0, toMs: 60_000 }, 1));
}

function readRange(
  { from, to }: Pick<RequestOf<'createInvestigation'>, 'from' | 'to'>,
  known: InvestigationRow['range'] | null,
  nowMs: number
): InvestigationRow['range'] {
  const toMs = to === undefined ? (known?.toMs ?? nowMs) : readInstant(to, 'to');
  const fromMs = from === undefined ? (known?.fromMs ?? toMs - hourMs) : readInstant(from, 'from');
  if (fromMs >= toMs) {
    const message = 'must be before to';
    throw new ProblemError('invalid-request', `body.from: ${message}`, { errors: [{ path: 'body.from', message }] });
  }
  return { fromMs, toMs };
}

/** `GET /api/v1/investigations/{id}` */
export function getInvestigation(
  feature: RootCauseFeature,
  { id }: RequestOf<'getInvestigation'>
): Promise<Investigation> {
  return showInvestigation(feature, id);
}

/** `PATCH /api/v1/investigations/{id}` */
export async function changeInvestigation(
  feature: RootCauseFeature,
  { id, title, state, resolution }: RequestOf<'changeInvestigation'>,
  { principal }: CallContext
): Promise<Investigation> {
  const { tenantId, investigations } = feature;
  const { actor } = principal;
  const before = await requireInvestigation(feature, id);
  await investigations.change(tenantId, id, {
    ...(title === undefined ? {} : { title }),
    ...(state === undefined ? {} : { state }),
    ...(resolution === undefined ? {} : { resolution }),
  });
  if (title !== undefined && title !== before.title) {
    await investigations.addEntry(tenantId, id, { kind: 'renamed', text: title, actor });
  }
  if (state !== undefined && state !== before.state) {
    await investigations.addEntry(tenantId, id, { kind: 'state', text: state, actor });
  }
  if (resolution !== undefined && resolution !== before.resolution) {
    await investigations.addEntry(tenantId, id, { kind: 'resolution', text: resolution, actor });
  }
  return showInvestigation(feature, id);
}

/** `POST /api/v1/investigations/{id}/analyses` */
export async function attachAnalysis(
  feature: RootCauseFeature,
  { id, analysisId }: RequestOf<'attachAnalysis'>,
  { principal }: CallContext
): Promise<Investigation> {
  await requireInvestigation(feature, id);
  const analysis = orNotFound('analysis', analysisId, await feature.analyses.get(feature.tenantId, analysisId));
  await attach(feature, id, analysis, principal.actor);
  return showInvestigation(feature, id);
}

async function attach(
  { tenantId, investigations }: RootCauseFeature,
  id: string,
  analysis: AnalysisRow,
  actor: AuditRecord['actor']
): Promise<void> {
  await investigations.attachAnalysis(tenantId, id, analysis.id);
  await investigations.addClusters(tenantId, id, analysis.result?.clusterIds ?? []);
  await investigations.addEntry(tenantId, id, { kind: 'analysis', text: `Analysis of ${analysis.subjectText}`, actor });
}
