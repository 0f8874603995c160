import { PortError } from '../errors.ts';
import type { LanguageModel, ModelEvent, ModelRequest, ModelUsage } from '../language-model.ts';

/** An answer of a fake model, or what it fails with. */
export type FakeAnswer =
  | { readonly text: string; readonly reason?: 'complete' | 'length' | 'refused'; readonly usage?: ModelUsage | null }
  | { readonly failure: PortError };

/** A model that answers as it is told and remembers what it was asked. */
export interface FakeLanguageModel extends LanguageModel {
  readonly requests: readonly ModelRequest[];
}

/** A model of a provider on this machine. `answer` says what comes of a request. */
export function createFakeLanguageModel(
  answer: (request: ModelRequest) => FakeAnswer | Promise<FakeAnswer>,
  models: readonly string[] = ['fake:7b']
): FakeLanguageModel {
  const requests: ModelRequest[] = [];
  const system = 'ollama';
  async function* stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
    requests.push(request);
    request.signal.throwIfAborted();
    if (!models.includes(request.model)) {
      throw new PortError({ system, kind: 'not-found', message: 'There is no such model' });
    }
    const given = await Promise.race([answer(request), rejectAtAbort(request.signal)]);
    if ('failure' in given) {
      throw given.failure;
    }
    for (let at = 0; at < given.text.length; at += 40) {
      yield { kind: 'text-delta', text: given.text.slice(at, at + 40) };
    }
    const usage = given.usage === undefined ? { inputTokens: 1000, outputTokens: 200 } : given.usage;
    yield { kind: 'answer-end', reason: given.reason ?? 'complete', usage };
  }
  return {
    system,
    requests,
    stream,
    listModels: async (signal) => {
      signal.throwIfAborted();
      return Promise.resolve(models);
    },
    embed: ({ texts }) => Promise.resolve(texts.map((text) => [text.length, 1])),
  };
}

function rejectAtAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
