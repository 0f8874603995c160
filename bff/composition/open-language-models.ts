import { createAnthropicModel } from '@loghunter/adapters/anthropic';
import { createHostFetch } from '@loghunter/adapters/http-client';
import { createOllamaModel } from '@loghunter/adapters/ollama';
import { createOpenAiModel } from '@loghunter/adapters/openai';
import type { ModelProviderName } from '@loghunter/contracts';
import type { LanguageModel } from '@loghunter/ports';
import type { ModelsConfig } from '../settings/models-config.ts';

/** An answer of a model is a few kilobytes; more than this is no answer. */
const maxModelAnswerBytes = 4 * 1024 * 1024;

/** The language models that are configured. Each reaches its own host and no other; nothing is called before it is asked. */
export function openLanguageModels({ providers, silenceMs }: ModelsConfig): {
  readonly models: ReadonlyMap<ModelProviderName, LanguageModel>;
  readonly close: () => Promise<void>;
} {
  const opened = [...providers].map(([name, { url, apiKey }]) => {
    const host = createHostFetch({ system: name, baseUrl: url, silenceMs, maxAnswerBytes: maxModelAnswerBytes });
    const key = apiKey?.reveal() ?? null;
    return { name, host, model: openModel(name, url, key, host.fetch) };
  });
  return {
    models: new Map(opened.map(({ name, model }) => [name, model])),
    close: async () => {
      await Promise.all(opened.map(({ host }) => host.close()));
    },
  };
}

function openModel(
  name: ModelProviderName,
  baseUrl: string,
  apiKey: string | null,
  fetch: typeof globalThis.fetch
): LanguageModel {
  switch (name) {
    case 'ollama':
      return createOllamaModel({ url: baseUrl, fetch });
    case 'anthropic':
      return createAnthropicModel({ baseUrl, apiKey: apiKey ?? '', fetch });
    case 'openai':
    case 'openai-compatible':
      return createOpenAiModel({ system: name, baseUrl, apiKey, fetch });
  }
}
