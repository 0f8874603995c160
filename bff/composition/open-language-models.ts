import { createHostFetch } from '@loghunter/adapters/http-client';
import { createOllamaModel } from '@loghunter/adapters/ollama';
import type { ModelProviderName } from '@loghunter/contracts';
import type { LanguageModel } from '@loghunter/ports';
import type { ModelsConfig } from '../settings/models-config.ts';

/** An answer of a model is a few kilobytes; more than this is no answer. */
const maxModelAnswerBytes = 4 * 1024 * 1024;

/** Models that were opened. */
export interface OpenedModels {
  readonly models: ReadonlyMap<ModelProviderName, LanguageModel>;
  readonly close: () => Promise<void>;
}

/** The language models that are configured. Each reaches its own host and no other; nothing is called before it is asked. */
export async function openLanguageModels({ providers, silenceMs }: ModelsConfig): Promise<OpenedModels> {
  const opened = await Promise.all(
    [...providers].map(async ([name, { url, apiKey }]) => {
      const host = createHostFetch({ system: name, baseUrl: url, silenceMs, maxAnswerBytes: maxModelAnswerBytes });
      return { name, host, model: await openModel(name, url, apiKey?.reveal() ?? null, host.fetch) };
    })
  );
  return {
    models: new Map(opened.map(({ name, model }) => [name, model])),
    close: async () => {
      await Promise.all(opened.map(({ host }) => host.close()));
    },
  };
}

// The libraries of OpenAI and Anthropic take a second and 75 MiB to load, which most installations need not spend.
async function openModel(
  name: ModelProviderName,
  baseUrl: string,
  apiKey: string | null,
  fetch: typeof globalThis.fetch
): Promise<LanguageModel> {
  switch (name) {
    case 'ollama':
      return createOllamaModel({ url: baseUrl, fetch });
    case 'anthropic': {
      const { createAnthropicModel } = await import('@loghunter/adapters/anthropic');
      return createAnthropicModel({ baseUrl, apiKey: apiKey ?? '', fetch });
    }
    case 'openai':
    case 'openai-compatible': {
      const { createOpenAiModel } = await import('@loghunter/adapters/openai');
      return createOpenAiModel({ system: name, baseUrl, apiKey, fetch });
    }
  }
}
