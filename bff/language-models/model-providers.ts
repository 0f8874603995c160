import type { ModelProviderName, ModelSize } from '@loghunter/contracts';
import type { Clock, LanguageModel } from '@loghunter/ports';
import type { ModelsConfig } from '../settings/models-config.ts';
import type { ModelPrice } from '../settings/values.ts';
import { isInsideAddress } from './inside-host.ts';
import { createProviderGuard, type ProviderGuard } from './provider-guard.ts';

/** A configured provider. */
export interface ConfiguredProvider {
  readonly name: ModelProviderName;
  readonly model: LanguageModel;
  readonly models: Readonly<Record<ModelSize, string>>;
  /** Host and port. */
  readonly destination: string;
  readonly guard: ProviderGuard;
  /** Whether what is sent to this model of it leaves the installation. */
  leavesInstallation(model: string): boolean;
  /** Null: nobody has said. */
  priceOf(model: string): ModelPrice | null;
}

/** The installation's providers. */
export interface ModelProviders {
  readonly isEnabled: boolean;
  readonly defaultProvider: ModelProviderName;
  readonly timeLimitMs: number;
  /** Null: not configured. */
  get(name: ModelProviderName): ConfiguredProvider | null;
}

/** Names of providers, the default first, and what people call them. */
export const providerTitles: Readonly<Record<ModelProviderName, string>> = {
  ollama: 'Ollama',
  'openai-compatible': 'OpenAI-compatible server',
  openai: 'OpenAI',
  anthropic: 'Anthropic',
};

const free: ModelPrice = { input: 0, output: 0 };
/** Ollama passes models of these names on to its maker's servers. */
const forwardedModel = /[:-]cloud$/;

/** Ties the configuration to the models that were opened for it. */
export function createModelProviders(
  config: ModelsConfig,
  models: ReadonlyMap<ModelProviderName, LanguageModel>,
  clock: Clock
): ModelProviders {
  const providers = new Map<ModelProviderName, ConfiguredProvider>();
  for (const [name, { url, models: names }] of config.providers) {
    const model = models.get(name);
    if (model === undefined) {
      continue;
    }
    const isInside = name !== 'openai' && name !== 'anthropic' && isInsideAddress(url, config.insideHosts);
    const leavesInstallation = (asked: string) => !isInside || (name === 'ollama' && forwardedModel.test(asked));
    providers.set(name, {
      ...{ name, model, models: names, leavesInstallation },
      destination: new URL(url).host,
      guard: createProviderGuard({ system: name, clock, maxConcurrentCalls: config.maxConcurrentCalls }),
      priceOf: (asked) => config.prices.get(`${name}/${asked}`) ?? (leavesInstallation(asked) ? null : free),
    });
  }
  const { isEnabled, defaultProvider, timeLimitMs } = config;
  return { isEnabled, defaultProvider, timeLimitMs, get: (name) => providers.get(name) ?? null };
}
