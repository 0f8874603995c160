import { randomBytes } from 'node:crypto';
import type { Explanation, ModelProviderName } from '@loghunter/contracts';
import { restore } from '@loghunter/engine/redaction';
import type { ExplanationRow, ExplanationOpinions, Job } from '@loghunter/ports';
import type { CallContext } from '../http/route-handlers.ts';
import { hasEnded } from '../jobs/present-job.ts';
import { toUsd } from '../language-models/estimate-cost.ts';
import { buildPrompt } from './build-prompt.ts';
import { withoutRefuted } from './citations.ts';
import { readEvidence } from './evidence-source.ts';
import type { ExplanationFeature } from './explanation-feature.ts';

/** What puts values back, by the evidence that a model saw: making it again takes a moment. */
export type KnownRestores = Map<string, (text: string) => string>;

/**
 * An explanation as the caller may see it: with the values that the model saw pseudonyms of.
 * @param known of explanations that were shown for the same request
 */
export async function showExplanation(
  feature: ExplanationFeature,
  row: ExplanationRow,
  { principal }: CallContext,
  known: KnownRestores = new Map()
): Promise<Explanation> {
  const { tenantId, explanations } = feature;
  const job = row.status === 'pending' && row.jobId !== null ? await feature.jobs.get(tenantId, row.jobId) : null;
  const feedback = await explanations.readFeedback(tenantId, row.id, principal.actor);
  const verdict = await verdictOf(feature, row);
  const key = `${row.analysisId} ${row.textHash ?? ''} ${row.content.origin}`;
  const restoreValues = known.get(key) ?? (await openRestore(feature, row));
  known.set(key, restoreValues);
  return presentExplanation(settled({ ...row, verdict }, job), feedback, restoreValues);
}

/** A job that was cancelled, or that died, has told nobody: then the explanation will not come. */
export function settled(row: ExplanationRow, job: Job | null): ExplanationRow {
  if (row.status !== 'pending' || job === null || !hasEnded(job)) {
    return row;
  }
  const failure = job.status === 'cancelled' ? 'It was cancelled.' : (job.failure ?? 'Its job ended without a word.');
  return { ...row, status: 'analysis_failed', failure, finishedAtMs: job.finishedAtMs };
}

/** The verdict of the evidence, of what is left of it where the log store refuted lines. */
async function verdictOf(
  { tenantId, analyses }: ExplanationFeature,
  { verdict, content, analysisId }: ExplanationRow
): Promise<ExplanationRow['verdict']> {
  if (content.citations.every(({ state }) => state !== 'refuted')) {
    return verdict;
  }
  const known = await readEvidence(analyses, tenantId, analysisId);
  return known === null ? verdict : withoutRefuted(known.pack, content.citations).verdict;
}

/**
 * What puts the values back for pseudonyms. They are kept nowhere: the same evidence and rules give the same pseudonyms, and when
 * either has changed since, the pseudonyms stay.
 */
async function openRestore(
  { tenantId, analyses, redactionStore }: ExplanationFeature,
  { content, textHash, analysisId }: ExplanationRow
): Promise<(text: string) => string> {
  const keep = (text: string) => text;
  if (content.origin !== 'model' || textHash === null) {
    return keep;
  }
  const known = await readEvidence(analyses, tenantId, analysisId);
  if (known === null) {
    return keep;
  }
  const pack = withoutRefuted(known.pack, content.citations);
  const prompt = buildPrompt(pack, randomBytes(16).toString('hex'), await redactionStore.listRules(tenantId));
  return prompt.textHash === textHash ? (text) => restore(text, prompt.mapping) : keep;
}

function presentExplanation(
  row: ExplanationRow,
  feedback: ExplanationOpinions,
  shown: (text: string) => string
): Explanation {
  const { content } = row;
  const isAsked = row.status === 'explained';
  return {
    id: row.id,
    analysisId: row.analysisId,
    status: row.status,
    origin: content.origin,
    failure: row.failure,
    jobId: row.jobId,
    verdict: row.verdict,
    rootCause: content.rootCause === null ? null : shown(content.rootCause),
    confidence: row.confidence,
    summary: shown(content.summary),
    suggestedAction: content.suggestedAction === null ? null : shown(content.suggestedAction),
    hypotheses: content.hypotheses.map(({ service, mechanism, confidence, evidence, against }) => ({
      ...{ service: shown(service), mechanism: shown(mechanism), confidence },
      evidence: [...evidence],
      against: [...against],
    })),
    unknowns: content.unknowns.map(shown),
    nextChecks: content.nextChecks.map(({ text, query }) => ({
      text: shown(text),
      query: query === null ? null : shown(query),
    })),
    droppedClaimCount: content.droppedClaimCount,
    isRepaired: content.isRepaired,
    citations: content.citations.map((citation) => ({ ...citation })),
    provider: row.provider as ModelProviderName,
    model: row.model,
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    costUsd: isAsked ? toUsd(row.costMicrodollars) : null,
    durationMs: row.durationMs,
    promptVersion: row.promptVersion,
    packHash: row.packHash,
    createdBy: row.createdBy.name,
    createdAt: new Date(row.createdAtMs).toISOString(),
    finishedAt: row.finishedAtMs === null ? null : new Date(row.finishedAtMs).toISOString(),
    feedback: {
      usefulCount: feedback.usefulCount,
      notUsefulCount: feedback.notUsefulCount,
      own: feedback.own && { ...feedback.own },
    },
  };
}
