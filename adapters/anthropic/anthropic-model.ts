import Anthropic, { APIError } from '@anthropic-ai/sdk';
import { findPortError, PortError, toModelFailure, type LanguageModel, type ModelEvent } from '@loghunter/ports';

/** How Anthropic is reached. */
export interface AnthropicSettings {
  /** Without a version, such as `https://api.anthropic.com`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly fetch: typeof globalThis.fetch;
}

type StreamEvent = Anthropic.Messages.RawMessageStreamEvent;

const system = 'anthropic';
/** Models on one page of their list, the most that the interface gives. */
const pageSize = 1000;

/** Models of Anthropic. */
export function createAnthropicModel({ baseUrl, apiKey, fetch }: AnthropicSettings): LanguageModel {
  const client = new Anthropic({
    baseURL: baseUrl,
    // A key given here keeps the library from looking for others in the environment and in profiles on disk.
    apiKey,
    webhookKey: null,
    openTelemetry: false,
    fetch,
    maxRetries: 0,
    // Its own log would hold requests; time limits are the caller's.
    logLevel: 'off',
    timeout: 2_147_483_647,
  });
  return {
    system,
    async *stream({ model, system: instructions, messages, schema, maxOutputTokens, signal }) {
      try {
        const answer = await client.messages.create(
          {
            model,
            system: instructions,
            messages: messages.map(({ role, text }) => ({ role, content: text })),
            max_tokens: maxOutputTokens,
            stream: true,
            ...(schema === null
              ? {}
              : { output_config: { format: { type: 'json_schema' as const, schema: { ...schema.schema } } } }),
          },
          { signal }
        );
        yield* eventsOf(answer);
        signal.throwIfAborted();
      } catch (error) {
        throw toError(error, signal);
      }
    },
    async listModels(signal) {
      try {
        const { data } = await client.models.list({ limit: pageSize }, { signal });
        if (!Array.isArray(data)) {
          throw invalid('Its list of models cannot be read');
        }
        return data.map(({ id }) => id);
      } catch (error) {
        throw toError(error, signal);
      }
    },
    embed: null,
  };
}

async function* eventsOf(events: AsyncIterable<StreamEvent>): AsyncGenerator<ModelEvent> {
  let inputTokens: number | null = null;
  let outputTokens: number | null = null;
  let reason: 'complete' | 'length' | 'refused' | null = null;
  let isEnded = false;
  for await (const event of events) {
    switch (event.type) {
      case 'message_start':
        inputTokens = inputTokensOf(event.message.usage);
        yield { kind: 'thinking' };
        break;
      case 'content_block_delta':
        yield event.delta.type === 'text_delta' ? { kind: 'text-delta', text: event.delta.text } : { kind: 'thinking' };
        break;
      case 'message_delta':
        reason = toReason(event.delta.stop_reason);
        outputTokens = event.usage.output_tokens;
        break;
      case 'message_stop':
        isEnded = true;
        break;
      default:
        break;
    }
  }
  if (!isEnded || reason === null) {
    throw new PortError({ system, kind: 'unavailable', message: 'The answer was cut off before its end' });
  }
  const usage = inputTokens === null || outputTokens === null ? null : { inputTokens, outputTokens };
  yield { kind: 'answer-end', reason, usage };
}

/** Cached input costs less, but is input: the estimate errs to the dear side. */
function inputTokensOf(usage: Anthropic.Messages.Usage): number {
  return usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
}

function toReason(stop: Anthropic.Messages.StopReason | null): 'complete' | 'length' | 'refused' | null {
  switch (stop) {
    case null:
      return null;
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'refusal':
      return 'refused';
    default:
      return 'complete';
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
  if (error instanceof APIError) {
    const retryAfter = error.headers?.get('retry-after') ?? null;
    // An error inside the stream has no status: the answer had begun.
    return toModelFailure({ system, status: error.status ?? 529, detail: detailOf(error), retryAfter });
  }
  return invalid('Its answer cannot be read', error);
}

/** `{"type":"error","error":{"type":...,"message":...}}` */
function detailOf({ error }: APIError): string {
  const outer: unknown = error;
  const inner: unknown = typeof outer === 'object' && outer !== null && 'error' in outer ? outer.error : undefined;
  return typeof inner === 'object' && inner !== null && 'message' in inner && typeof inner.message === 'string'
    ? inner.message
    : '';
}

function invalid(message: string, cause?: unknown): PortError {
  return new PortError({ system, kind: 'invalid-answer', message, cause });
}
