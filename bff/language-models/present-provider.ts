import type { ModelProvider, ModelProviderName } from '@loghunter/contracts';
import type { ModelSettingsRow } from '@loghunter/ports';
import { providerNameOf } from './chosen-model.ts';
import { providerTitles, type ConfiguredProvider, type ModelProviders } from './model-providers.ts';

/** What an operator does about a provider that is not configured. */
const howToConfigure: Readonly<Record<ModelProviderName, string>> = {
  ollama: 'Set LOGHUNTER_OLLAMA_URL.',
  'openai-compatible': 'Set LOGHUNTER_OPENAI_COMPATIBLE_URL and LOGHUNTER_OPENAI_COMPATIBLE_MODEL_BASE.',
  openai: 'Set LOGHUNTER_OPENAI_API_KEY (or _FILE) and LOGHUNTER_OPENAI_MODEL_BASE.',
  anthropic: 'Set LOGHUNTER_ANTHROPIC_API_KEY (or _FILE) and LOGHUNTER_ANTHROPIC_MODEL_BASE.',
};

/** A provider as the API shows it to a tenant. */
export function presentProvider(
  providers: ModelProviders,
  settings: ModelSettingsRow,
  name: ModelProviderName
): ModelProvider {
  const provider = providers.get(name);
  const shared = { name, title: providerTitles[name], isChosen: providerNameOf(providers, settings) === name };
  if (provider === null) {
    return {
      ...shared,
      ...{ isConfigured: false, isEnabled: false, destination: null, price: null, stateAt: null },
      leavesInstallation: name === 'openai' || name === 'anthropic',
      models: { base: null, large: null },
      state: 'not-configured',
      stateText: `Not configured. ${howToConfigure[name]}`,
    };
  }
  const model = provider.models[settings.modelSize];
  const leavesInstallation = provider.leavesInstallation(model);
  const isEnabled = !leavesInstallation || settings.enabledProviders.includes(name);
  const price = provider.priceOf(model);
  return {
    ...{ ...shared, isConfigured: true, leavesInstallation, isEnabled, destination: provider.destination },
    models: provider.models,
    price: price && { inputUsdPerMillionTokens: price.input, outputUsdPerMillionTokens: price.output },
    ...stateOf(provider, isEnabled),
  };
}

function stateOf(
  { guard, destination }: ConfiguredProvider,
  isEnabled: boolean
): Pick<ModelProvider, 'state' | 'stateText' | 'stateAt'> {
  const { kind, failure, atMs } = guard.state();
  const stateAt = atMs === null ? null : new Date(atMs).toISOString();
  if (!isEnabled) {
    const stateText = 'Outside the installation; nothing is sent to it until an administrator enables it here.';
    return { state: 'not-enabled', stateText, stateAt };
  }
  const texts = {
    untested: `Not asked since this server started; a test says whether ${destination} answers.`,
    ready: 'The latest call was answered.',
    failing: `The latest call failed. ${failure}`,
    resting: `Not asked for a minute after five failures in a row. ${failure}`,
  };
  return { state: kind, stateText: texts[kind], stateAt };
}
