import type { Analysis, ListAnalysesResponse, RequestOf, StartAnalysisResponse } from '@loghunter/contracts';
import type { CallContext } from '../http/route-handlers.ts';
import { presentJob } from '../jobs/present-job.ts';
import { startJob } from '../jobs/start-job.ts';
import { planAnalysis } from './plan-analysis.ts';
import { presentAnalysis, presentSummary } from './present-analysis.ts';
import { analysisKind, orNotFound, type RootCauseFeature } from './root-cause-feature.ts';

/** `POST /api/v1/analyses`: the analysis and its job are one transaction. */
export async function startAnalysis(
  feature: RootCauseFeature,
  request: RequestOf<'startAnalysis'>,
  context: CallContext
): Promise<StartAnalysisResponse> {
  const { tenantId, analyses, investigations } = feature;
  const { investigationId, webhookId } = request;
  const plan = await planAnalysis(feature, request);
  if (webhookId !== undefined) {
    orNotFound('webhook', webhookId, await feature.webhooks.get(tenantId, webhookId));
  }
  if (investigationId !== undefined) {
    orNotFound('investigation', investigationId, await investigations.get(tenantId, investigationId));
  }
  const { actor } = context.principal;
  const job = await startJob(feature, tenantId, {
    kind: analysisKind,
    input: { subject: plan.subject, incident: { ...plan.incident }, baseline: { ...plan.baseline } },
    actor,
    requestId: context.requestId,
    webhookId: webhookId ?? null,
  });
  const analysis = await analyses.create(tenantId, { ...plan, jobId: job.id, createdBy: actor });
  if (investigationId !== undefined) {
    await investigations.attachAnalysis(tenantId, investigationId, analysis.id);
    const text = `Analysis of ${analysis.subjectText}`;
    await investigations.addEntry(tenantId, investigationId, { kind: 'analysis', text, actor });
  }
  return { analysis: presentSummary(analysis), job: presentJob(job) };
}

/** `GET /api/v1/analyses` */
export async function listAnalyses(
  feature: RootCauseFeature,
  { subjectKind, subjectId, service, limit, offset }: RequestOf<'listAnalyses'>
): Promise<ListAnalysesResponse> {
  const { analyses, totalCount } = await feature.analyses.list(feature.tenantId, {
    ...(subjectKind === undefined ? {} : { subjectKind }),
    ...(subjectId === undefined ? {} : { subjectId }),
    ...(service === undefined ? {} : { service }),
    ...{ limit, offset },
  });
  return { analyses: analyses.map(presentSummary), totalCount };
}

/** `GET /api/v1/analyses/{id}` */
export async function getAnalysis(feature: RootCauseFeature, { id }: RequestOf<'getAnalysis'>): Promise<Analysis> {
  return presentAnalysis(orNotFound('analysis', id, await feature.analyses.get(feature.tenantId, id)));
}
