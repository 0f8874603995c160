import { randomBytes } from 'node:crypto';
import type { RequestOf, ResponseOf } from '@loghunter/contracts';
import { passedBudget } from '@loghunter/ports';
import { budgetTexts, textOf } from '../language-models/ask-model.ts';
import { chooseModel, providerNameOf } from '../language-models/chosen-model.ts';
import { costOf, estimateTokens, toUsd } from '../language-models/estimate-cost.ts';
import { buildPrompt, maxOutputTokens } from './build-prompt.ts';
import type { ExplanationFeature } from './explanation-feature.ts';
import { requireEvidence } from './explanation-routes.ts';

/** `POST /api/v1/explanations/preview`: builds the question as the job would, and sends nothing. */
export async function previewExplanation(
  feature: ExplanationFeature,
  { analysisId, modelSize }: RequestOf<'previewExplanation'>
): Promise<ResponseOf<'previewExplanation'>> {
  const { tenantId, modelProviders } = feature;
  const { pack } = await requireEvidence(feature, analysisId);
  const settings = await feature.modelSettings.read(tenantId);
  const rules = await feature.redactionStore.listRules(tenantId);
  const prompt = buildPrompt(pack, randomBytes(16).toString('hex'), rules);
  const text = textOf({ system: prompt.system, messages: [{ role: 'user', text: prompt.user }] });
  const provider = modelProviders.get(providerNameOf(modelProviders, settings));
  const model = provider?.models[modelSize ?? settings.modelSize] ?? null;
  const estimatedInputTokens = estimateTokens(text);
  const price = provider === null || model === null ? null : provider.priceOf(model);
  const maxCost = costOf({ inputTokens: estimatedInputTokens, outputTokens: maxOutputTokens }, price);
  const leavesInstallation = provider !== null && model !== null && provider.leavesInstallation(model);
  const chosen = chooseModel(modelProviders, settings, modelSize);
  const call = { inputTokens: estimatedInputTokens, outputTokens: maxOutputTokens, costMicrodollars: maxCost };
  // The ledger decides anew when the call is made.
  const use = await feature.egress.readUse(tenantId);
  const budget = passedBudget({ ...call, leftInstallation: leavesInstallation }, settings.budgets, use);
  return {
    provider: providerNameOf(modelProviders, settings),
    ...{ model, leavesInstallation, text, estimatedInputTokens, maxOutputTokens },
    destination: provider?.destination ?? null,
    redactions: [...prompt.redactions],
    sizeBytes: Buffer.byteLength(text),
    maxCostUsd: toUsd(maxCost),
    refusals: [...('refusal' in chosen ? [chosen.refusal] : []), ...(budget === null ? [] : [budgetTexts[budget]])],
  };
}
