import type { ModelProviderName } from '@loghunter/contracts';
import type { Secret } from './secret.ts';
import type { Environment } from './table.ts';
import type { ModelPrice } from './values.ts';

/** How one provider is reached. */
export interface ProviderConfig {
  readonly url: string;
  readonly apiKey: Secret | null;
  readonly models: { readonly base: string; readonly large: string };
}

/** Everything about language models. */
export interface ModelsConfig {
  readonly isEnabled: boolean;
  readonly defaultProvider: ModelProviderName;
  /** Those that are configured. */
  readonly providers: ReadonlyMap<ModelProviderName, ProviderConfig>;
  /** By provider and model, `openai/NAME`. */
  readonly prices: ReadonlyMap<string, ModelPrice>;
  readonly insideHosts: readonly string[];
  readonly timeLimitMs: number;
  readonly silenceMs: number;
  readonly maxConcurrentCalls: number;
}

/** The configuration of language models. */
export function toModelsConfig(environment: Environment): ModelsConfig {
  const providers = new Map<ModelProviderName, ProviderConfig>();
  const add = (
    name: ModelProviderName,
    url: string | undefined,
    apiKey: Secret | undefined,
    base: string | undefined,
    large: string | undefined
  ) => {
    if (url !== undefined && base !== undefined) {
      providers.set(name, { url, apiKey: apiKey ?? null, models: { base, large: large ?? base } });
    }
  };
  const of = environment;
  add('ollama', of.LOGHUNTER_OLLAMA_URL, undefined, of.LOGHUNTER_OLLAMA_MODEL_BASE, of.LOGHUNTER_OLLAMA_MODEL_LARGE);
  add(
    'openai-compatible',
    of.LOGHUNTER_OPENAI_COMPATIBLE_URL,
    of.LOGHUNTER_OPENAI_COMPATIBLE_API_KEY,
    of.LOGHUNTER_OPENAI_COMPATIBLE_MODEL_BASE,
    of.LOGHUNTER_OPENAI_COMPATIBLE_MODEL_LARGE
  );
  if (of.LOGHUNTER_OPENAI_API_KEY !== undefined) {
    const { LOGHUNTER_OPENAI_MODEL_BASE: base, LOGHUNTER_OPENAI_MODEL_LARGE: large } = of;
    add('openai', of.LOGHUNTER_OPENAI_URL, of.LOGHUNTER_OPENAI_API_KEY, base, large);
  }
  if (of.LOGHUNTER_ANTHROPIC_API_KEY !== undefined) {
    const { LOGHUNTER_ANTHROPIC_MODEL_BASE: base, LOGHUNTER_ANTHROPIC_MODEL_LARGE: large } = of;
    add('anthropic', of.LOGHUNTER_ANTHROPIC_URL, of.LOGHUNTER_ANTHROPIC_API_KEY, base, large);
  }
  return {
    isEnabled: of.LOGHUNTER_MODELS,
    defaultProvider: of.LOGHUNTER_MODEL_PROVIDER,
    providers,
    prices: of.LOGHUNTER_MODEL_PRICES ?? new Map(),
    insideHosts: of.LOGHUNTER_MODEL_INSIDE_HOSTS ?? [],
    timeLimitMs: of.LOGHUNTER_MODEL_TIMEOUT_SECONDS * 1000,
    silenceMs: of.LOGHUNTER_MODEL_SILENCE_SECONDS * 1000,
    maxConcurrentCalls: of.LOGHUNTER_MODEL_CONCURRENCY,
  };
}

/** Settings that only make sense together. */
export function findModelContradictions(environment: Partial<Environment>): readonly string[] {
  const pairs = [
    ['LOGHUNTER_OPENAI_COMPATIBLE_URL', 'LOGHUNTER_OPENAI_COMPATIBLE_MODEL_BASE'],
    ['LOGHUNTER_OPENAI_API_KEY', 'LOGHUNTER_OPENAI_MODEL_BASE'],
    ['LOGHUNTER_ANTHROPIC_API_KEY', 'LOGHUNTER_ANTHROPIC_MODEL_BASE'],
  ] as const;
  return pairs
    .filter(([one, other]) => (environment[one] === undefined) !== (environment[other] === undefined))
    .map(([one, other]) => `${one}: must be set together with ${other}`);
}
