import { findPortError, PortError, toModelFailure, type LanguageModel, type ModelEvent } from '@loghunter/ports';
import { Ollama, type ChatResponse } from 'ollama';
import { checkedFetch } from './checked-fetch.ts';

/** How Ollama is reached. */
export interface OllamaSettings {
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
}

const system = 'ollama';
/** Tokens of context asked for: the product's prompts are made for it, and Ollama's own default would cut them without a word. */
const contextTokens = 8192;

/** Models of an Ollama server. */
export function createOllamaModel({ url, fetch }: OllamaSettings): LanguageModel {
  // A client of its own for each call: the library has no signals, so the signal goes in with fetch.
  const open = (signal: AbortSignal) => new Ollama({ host: url, fetch: checkedFetch(fetch, signal) });

  async function guarded<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toError(error, signal);
    }
  }

  return {
    system,
    async *stream({ model, system: instructions, messages, schema, maxOutputTokens, signal }) {
      try {
        const answer = await open(signal).chat({
          model,
          messages: [
            { role: 'system', content: instructions },
            ...messages.map(({ role, text }) => ({ role, content: text })),
          ],
          stream: true,
          think: false,
          ...(schema === null ? {} : { format: schema.schema }),
          options: { temperature: 0, num_predict: maxOutputTokens, num_ctx: contextTokens },
        });
        for await (const part of answer) {
          yield* eventsOf(part);
        }
      } catch (error) {
        throw toError(error, signal);
      }
    },
    listModels: (signal) =>
      guarded(signal, async () => {
        const { models } = await open(signal).list();
        return models.map(({ name }) => name);
      }),
    embed: ({ model, texts, signal }) =>
      guarded(signal, async () => {
        const { embeddings } = await open(signal).embed({ model, input: [...texts] });
        if (embeddings.length !== texts.length) {
          throw invalid(`It sent ${embeddings.length} vectors for ${texts.length} texts`);
        }
        return embeddings;
      }),
  };
}

function* eventsOf(part: ChatResponse): Generator<ModelEvent> {
  const { content, thinking } = part.message;
  if (content !== '') {
    yield { kind: 'text-delta', text: content };
  } else if (!part.done && thinking !== undefined && thinking !== '') {
    yield { kind: 'thinking' };
  }
  if (part.done) {
    const { prompt_eval_count: inputTokens, eval_count: outputTokens, done_reason: reason } = part;
    yield {
      kind: 'answer-end',
      reason: reason === 'length' ? 'length' : 'complete',
      usage: Number.isInteger(inputTokens) && Number.isInteger(outputTokens) ? { inputTokens, outputTokens } : null,
    };
  }
}

function toError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) {
    return signal.reason;
  }
  const known = findPortError(error);
  if (known !== undefined) {
    return known;
  }
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('Did not receive done')) {
    const cut = 'The answer was cut off before its end';
    return new PortError({ system, kind: 'unavailable', message: cut, cause: error });
  }
  // A line of the stream that says {"error": ...}; there is no status any more.
  return toModelFailure({ system, status: 500, detail: message, retryAfter: null });
}

function invalid(message: string): PortError {
  return new PortError({ system, kind: 'invalid-answer', message });
}
