import type { Explanation, RequestOf, ResponseOf } from '@loghunter/contracts';
import type { ExplanationRow, NewExplanation } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { hasEnded } from '../jobs/present-job.ts';
import { startJob } from '../jobs/start-job.ts';
import { chooseModel } from '../language-models/chosen-model.ts';
import { promptVersion } from './build-prompt.ts';
import { readEvidence, type Evidence } from './evidence-source.ts';
import type { ExplanationFeature } from './explanation-feature.ts';
import { fixedExplanation } from './fixed-explanation.ts';
import { settled, showExplanation, type KnownRestores } from './present-explanation.ts';

/** `POST /api/v1/explanations` */
export async function startExplanation(
  feature: ExplanationFeature,
  request: RequestOf<'startExplanation'>,
  context: CallContext
): Promise<ResponseOf<'startExplanation'>> {
  const { tenantId, explanations } = feature;
  const evidence = await requireEvidence(feature, request.analysisId);
  await requireWebhook(feature, request.webhookId);
  const settings = await feature.modelSettings.read(tenantId);
  const chosen = chooseModel(feature.modelProviders, settings, request.modelSize);
  if ('refusal' in chosen) {
    throw new ProblemError('not-supported', chosen.refusal);
  }
  const wanted: NewExplanation = {
    analysisId: request.analysisId,
    packHash: evidence.packHash,
    provider: chosen.provider.name,
    model: chosen.model,
    promptVersion,
    verdict: evidence.pack.verdict,
    confidence: evidence.pack.confidence,
    content: fixedExplanation(evidence.pack),
    createdBy: context.principal.actor,
  };
  const known = request.isFresh === true ? null : await explanations.findExplained(tenantId, wanted);
  const row = known ?? (await begin(feature, wanted, request.webhookId ?? null, context));
  return { explanation: await showExplanation(feature, row, context) };
}

/** A pending explanation with its job: the one under way, or a new one. */
async function begin(
  feature: ExplanationFeature,
  wanted: NewExplanation,
  webhookId: string | null,
  { principal, requestId }: CallContext
): Promise<ExplanationRow> {
  const { tenantId, explanations } = feature;
  const row = await createOne(feature, wanted);
  if (row.jobId !== null) {
    return row;
  }
  const job = await startJob(feature, tenantId, {
    ...{ kind: 'explanation', input: { explanationId: row.id }, actor: principal.actor, requestId, webhookId },
  });
  await explanations.setJob(tenantId, row.id, job.id);
  return { ...row, jobId: job.id };
}

/** One whose job has ended without a word is put aside first. */
async function createOne(
  { tenantId, explanations, jobs }: ExplanationFeature,
  wanted: NewExplanation
): Promise<ExplanationRow> {
  const { row } = await explanations.create(tenantId, wanted);
  const job = row.jobId === null ? null : await jobs.get(tenantId, row.jobId);
  if (job === null || !hasEnded(job)) {
    return row;
  }
  const { failure, confidence, content } = settled(row, job);
  await explanations.finish(tenantId, row.id, {
    ...{ status: 'analysis_failed', failure, confidence, content, durationMs: 0 },
    ...{ inputTokens: null, outputTokens: null, costMicrodollars: null, textHash: null },
  });
  return (await explanations.create(tenantId, wanted)).row;
}

/** `GET /api/v1/explanations` */
export async function listExplanations(
  feature: ExplanationFeature,
  { analysisId, limit }: RequestOf<'listExplanations'>,
  context: CallContext
): Promise<ResponseOf<'listExplanations'>> {
  const rows = await feature.explanations.list(feature.tenantId, {
    ...(analysisId === undefined ? {} : { analysisId }),
    limit,
  });
  const explanations: Explanation[] = [];
  const known: KnownRestores = new Map();
  for (const row of rows) {
    explanations.push(await showExplanation(feature, row, context, known));
  }
  return { explanations };
}

/** `GET /api/v1/explanations/{id}` */
export async function getExplanation(
  feature: ExplanationFeature,
  { id }: RequestOf<'getExplanation'>,
  context: CallContext
): Promise<ResponseOf<'getExplanation'>> {
  return { explanation: await showExplanation(feature, await requireExplanation(feature, id), context) };
}

/** `PUT /api/v1/explanations/{id}/feedback` */
export async function giveExplanationFeedback(
  feature: ExplanationFeature,
  { id, isUseful, reason }: RequestOf<'giveExplanationFeedback'>,
  context: CallContext
): Promise<ResponseOf<'giveExplanationFeedback'>> {
  const row = await requireExplanation(feature, id);
  const { actor } = context.principal;
  await feature.explanations.giveFeedback(feature.tenantId, id, actor, { isUseful, reason: reason ?? '' });
  return { explanation: await showExplanation(feature, row, context) };
}

async function requireExplanation({ tenantId, explanations }: ExplanationFeature, id: string): Promise<ExplanationRow> {
  const row = await explanations.get(tenantId, id);
  if (row === null) {
    throw new ProblemError('not-found', `There is no explanation ${id}.`);
  }
  return row;
}

/** The evidence of an analysis; throws `ProblemError` `not-found`. */
export async function requireEvidence(
  { tenantId, analyses }: Pick<ExplanationFeature, 'tenantId' | 'analyses'>,
  analysisId: string
): Promise<Evidence> {
  const found = await readEvidence(analyses, tenantId, analysisId);
  if (found === null) {
    throw new ProblemError('not-found', `There is no finished analysis ${analysisId}.`);
  }
  return found;
}

async function requireWebhook({ tenantId, webhooks }: ExplanationFeature, id: string | undefined): Promise<void> {
  if (id !== undefined && (await webhooks.get(tenantId, id)) === null) {
    throw new ProblemError('not-found', `There is no webhook ${id}.`);
  }
}
