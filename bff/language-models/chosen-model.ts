import type { ModelProviderName, ModelSize } from '@loghunter/contracts';
import type { ModelSettingsRow } from '@loghunter/ports';
import { providerTitles, type ConfiguredProvider, type ModelProviders } from './model-providers.ts';

/** A model that may be asked. */
export interface ChosenModel {
  readonly provider: ConfiguredProvider;
  /** As the provider calls it. */
  readonly model: string;
  readonly leavesInstallation: boolean;
}

/** The tenant's provider by name, whether or not it is configured. */
export function providerNameOf(providers: ModelProviders, settings: ModelSettingsRow): ModelProviderName {
  const { provider } = settings;
  return provider !== null && provider in providerTitles ? (provider as ModelProviderName) : providers.defaultProvider;
}

/** The model that a tenant asks, or one sentence on why it asks none. */
export function chooseModel(
  providers: ModelProviders,
  settings: ModelSettingsRow,
  size: ModelSize = settings.modelSize
): ChosenModel | { readonly refusal: string } {
  if (!providers.isEnabled) {
    return { refusal: 'Language models are switched off for this installation (LOGHUNTER_MODELS).' };
  }
  if (!settings.isEnabled) {
    return { refusal: 'Language models are switched off for this tenant; an administrator can switch them on.' };
  }
  const name = providerNameOf(providers, settings);
  const provider = providers.get(name);
  if (provider === null) {
    return { refusal: `${providerTitles[name]} is not configured in this installation.` };
  }
  const model = provider.models[size];
  const leavesInstallation = provider.leavesInstallation(model);
  return leavesInstallation && !settings.enabledProviders.includes(name)
    ? {
        refusal: `${providerTitles[name]} (${provider.destination}) is outside the installation, and no administrator has enabled it for this tenant.`,
      }
    : { provider, model, leavesInstallation };
}
