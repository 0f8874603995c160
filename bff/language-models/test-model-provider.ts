import { createHash } from 'node:crypto';
import type { RequestOf, ResponseOf } from '@loghunter/contracts';
import { isPortError, type ModelSettingsRow, type NewEgressEntry } from '@loghunter/ports';
import type { CallContext } from '../http/route-handlers.ts';
import { budgetTexts } from './ask-model.ts';
import type { ModelProviderFeature } from './model-provider-feature.ts';
import { providerTitles, type ConfiguredProvider } from './model-providers.ts';

/** Models that a test lists. */
const maxListedCount = 200;
/** A test does not wait as long as an explanation does: somebody looks at the button. */
const testLimitMs = 15_000;

type TestResult = ResponseOf<'testModelProvider'>;

/** `POST /api/v1/model-providers/test`: asks for the list of models, which sends nothing but the key. */
export async function testModelProvider(
  feature: ModelProviderFeature,
  { provider: name }: RequestOf<'testModelProvider'>,
  { principal, signal }: CallContext
): Promise<TestResult> {
  const { tenantId, modelProviders, modelSettings, egress, clock } = feature;
  const settings = await modelSettings.read(tenantId);
  const provider = modelProviders.get(name);
  const model = provider?.models[settings.modelSize] ?? '';
  const refusal = refusalOf(feature, provider, name, settings);
  if (provider === null || refusal !== null) {
    return result({ provider: name, destination: provider?.destination ?? null, failure: refusal });
  }
  const begun = await egress.begin(tenantId, toEntry(provider, model, principal.actor), settings.budgets);
  if (begun.kind === 'refused') {
    const { destination } = provider;
    return result({ provider: name, destination, failure: budgetTexts[begun.budget] });
  }
  const beganMs = clock.nowMs();
  const facts = { provider: name, destination: provider.destination };
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(testLimitMs)]);
    const models = await provider.guard.run(() => provider.model.listModels(limit), limit);
    await egress.finish(tenantId, begun.id, { outcome: 'answered', usage: noTokens, costMicrodollars: 0 });
    const hasModel = models.some((listed) => listed === model || listed === `${model}:latest`);
    return result({
      ...facts,
      ...{ isReachable: true, hasModel, models: models.slice(0, maxListedCount) },
      durationMs: clock.nowMs() - beganMs,
      failure: hasModel ? null : missingText(name, model),
    });
  } catch (error) {
    const failure = failureText(error);
    await egress.finish(tenantId, begun.id, { outcome: failure, usage: noTokens, costMicrodollars: 0 });
    return result({ ...facts, durationMs: clock.nowMs() - beganMs, failure });
  }
}

const noTokens = { inputTokens: 0, outputTokens: 0 };

function refusalOf(
  { modelProviders }: ModelProviderFeature,
  provider: ConfiguredProvider | null,
  name: TestResult['provider'],
  settings: ModelSettingsRow
): string | null {
  if (!modelProviders.isEnabled) {
    return 'Language models are switched off for this installation (LOGHUNTER_MODELS).';
  }
  if (!settings.isEnabled) {
    return 'Language models are switched off for this tenant.';
  }
  if (provider === null) {
    return `${providerTitles[name]} is not configured in this installation.`;
  }
  const isOutside = provider.leavesInstallation(provider.models[settings.modelSize]);
  return isOutside && !settings.enabledProviders.includes(name)
    ? `${providerTitles[name]} is outside the installation: enable it first.`
    : null;
}

function toEntry(provider: ConfiguredProvider, model: string, actor: NewEgressEntry['actor']): NewEgressEntry {
  return {
    ...{ purpose: 'provider-test', provider: provider.name, model, actor, subjectId: null },
    destination: provider.destination,
    leftInstallation: provider.leavesInstallation(model),
    ...{ text: '', textHash: createHash('sha256').update('').digest('hex'), sizeBytes: 0, redactions: [] },
    ...{ inputTokens: 0, outputTokens: 0, costMicrodollars: 0 },
  };
}

function missingText(name: TestResult['provider'], model: string): string {
  return name === 'ollama'
    ? `It has no model ${model}: \`ollama pull ${model}\` brings it.`
    : `It offers no model ${model}; the configuration names it.`;
}

function failureText(error: unknown): string {
  if (isPortError(error)) {
    return error.message;
  }
  return `It did not answer within ${testLimitMs / 1000} s.`;
}

function result(facts: Partial<TestResult> & Pick<TestResult, 'provider' | 'destination' | 'failure'>): TestResult {
  return { isReachable: false, hasModel: false, models: [], durationMs: 0, ...facts };
}
