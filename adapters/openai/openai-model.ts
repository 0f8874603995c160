import { findPortError, PortError, toModelFailure, type LanguageModel, type ModelEvent } from '@loghunter/ports';
import OpenAI, { APIError } from 'openai';

/** How OpenAI, or a server with its interface, is reached. */
export interface OpenAiSettings {
  /** `openai-compatible`: vLLM, LM Studio, llama.cpp, Azure and others. */
  readonly system: 'openai' | 'openai-compatible';
  /** With its version, such as `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Null: the server wants none. */
  readonly apiKey: string | null;
  readonly fetch: typeof globalThis.fetch;
}

type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk;
type Choice = Chunk['choices'][number];

/** Models of OpenAI, or of a server with its interface. */
export function createOpenAiModel({ system, baseUrl, apiKey, fetch }: OpenAiSettings): LanguageModel {
  const client = new OpenAI({
    baseURL: baseUrl,
    // Named one by one, because the library reads each that is missing from the environment: a key for one server must not go to another.
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    fetch,
    maxRetries: 0,
    // Its own log would hold requests; time limits are the caller's.
    logLevel: 'off',
    timeout: 2_147_483_647,
  });
  // Newer models of OpenAI and Azure refuse `max_tokens` and temperatures; other servers know nothing else.
  const isVendors = system === 'openai' || new URL(baseUrl).hostname.endsWith('.azure.com');

  async function guarded<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toError(system, error, signal);
    }
  }

  return {
    system,
    async *stream({ model, system: instructions, messages, schema, maxOutputTokens, signal }) {
      try {
        const answer = await client.chat.completions.create(
          {
            model,
            messages: [
              { role: 'system', content: instructions },
              ...messages.map(({ role, text }) => ({ role, content: text })),
            ],
            stream: true,
            stream_options: { include_usage: true },
            ...(isVendors
              ? { max_completion_tokens: maxOutputTokens }
              : { max_tokens: maxOutputTokens, temperature: 0 }),
            ...(schema === null
              ? {}
              : {
                  response_format: {
                    type: 'json_schema' as const,
                    json_schema: { name: schema.name, strict: true, schema: { ...schema.schema } },
                  },
                }),
          },
          { signal }
        );
        yield* eventsOf(system, answer);
        signal.throwIfAborted();
      } catch (error) {
        throw toError(system, error, signal);
      }
    },
    listModels: (signal) =>
      guarded(signal, async () => {
        const { data } = await client.models.list({ signal });
        if (!Array.isArray(data)) {
          throw invalid(system, 'Its list of models cannot be read');
        }
        return data.map(({ id }) => id);
      }),
    embed: ({ model, texts, signal }) =>
      guarded(signal, async () => {
        const { data } = await client.embeddings.create(
          { model, input: [...texts], encoding_format: 'float' },
          { signal }
        );
        if (!Array.isArray(data) || data.length !== texts.length) {
          throw invalid(system, 'It did not send one vector for each text');
        }
        return data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
      }),
  };
}

/** The usage comes in a chunk of its own after the last one with text, so that the end is told when the stream ends. */
async function* eventsOf(system: OpenAiSettings['system'], chunks: AsyncIterable<Chunk>): AsyncGenerator<ModelEvent> {
  let reason: 'complete' | 'length' | 'refused' | null = null;
  let usage: { readonly inputTokens: number; readonly outputTokens: number } | null = null;
  for await (const chunk of chunks) {
    // Servers differ in what they leave out.
    const choice = (chunk.choices as Chunk['choices'] | null | undefined)?.[0];
    const delta = choice?.delta as Partial<Choice['delta']> | null | undefined;
    if (typeof delta?.content === 'string' && delta.content !== '') {
      yield { kind: 'text-delta', text: delta.content };
    } else if (choice !== undefined) {
      yield { kind: 'thinking' };
    }
    if (typeof delta?.refusal === 'string' && delta.refusal !== '') {
      reason = 'refused';
    }
    reason ??= toReason(choice?.finish_reason);
    if (Number.isInteger(chunk.usage?.prompt_tokens) && Number.isInteger(chunk.usage?.completion_tokens)) {
      usage = { inputTokens: chunk.usage?.prompt_tokens ?? 0, outputTokens: chunk.usage?.completion_tokens ?? 0 };
    }
  }
  if (reason === null) {
    throw new PortError({ system, kind: 'unavailable', message: 'The answer was cut off before its end' });
  }
  yield { kind: 'answer-end', reason, usage };
}

function toReason(finish: Choice['finish_reason'] | undefined): 'complete' | 'length' | 'refused' | null {
  switch (finish) {
    case undefined:
    case null:
      return null;
    case 'length':
      return 'length';
    case 'content_filter':
      return 'refused';
    default:
      return 'complete';
  }
}

function toError(system: OpenAiSettings['system'], error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) {
    return signal.reason;
  }
  const known = findPortError(error);
  if (known !== undefined) {
    return known;
  }
  if (error instanceof APIError) {
    const retryAfter = error.headers?.get('retry-after') ?? null;
    // An error inside the stream has no status: the answer had begun.
    return toModelFailure({ system, status: error.status ?? 500, detail: detailOf(error), retryAfter });
  }
  return invalid(system, 'Its answer cannot be read', error);
}

function detailOf({ error }: APIError): string {
  const inner: unknown = error;
  return typeof inner === 'object' && inner !== null && 'message' in inner && typeof inner.message === 'string'
    ? inner.message
    : '';
}

function invalid(system: OpenAiSettings['system'], message: string, cause?: unknown): PortError {
  return new PortError({ system, kind: 'invalid-answer', message, cause });
}
