/** Providers of language models, as `PortError` names them. */
export type ModelSystem = 'ollama' | 'openai-compatible' | 'openai' | 'anthropic';

/** A form that an answer must have. */
export interface AnswerSchema {
  /** Letters, digits, `_` and `-`. */
  readonly name: string;
  /** JSON Schema; every property required and no others, as strict modes of providers want it. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** What a model is asked. It has no tools: all that it can do is answer. */
export interface ModelRequest {
  /** As the provider calls it. */
  readonly model: string;
  readonly system: string;
  /** In order, a user's first and last. */
  readonly messages: ReadonlyArray<{ readonly role: 'user' | 'assistant'; readonly text: string }>;
  /** Null: plain text. The provider is asked to keep to it; whether it did is for the caller to check. */
  readonly schema: AnswerSchema | null;
  /** The answer is cut there. */
  readonly maxOutputTokens: number;
  readonly signal: AbortSignal;
}

/** Tokens of a call, as the provider counted them. */
export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/**
 * What comes of an answer, in order. `thinking`: the model works on something that is not part of the answer. The last one is
 * `answer-end`; `usage` is null when the provider has not counted.
 */
export type ModelEvent =
  | { readonly kind: 'text-delta'; readonly text: string }
  | { readonly kind: 'thinking' }
  | {
      readonly kind: 'answer-end';
      readonly reason: 'complete' | 'length' | 'refused';
      readonly usage: ModelUsage | null;
    };

/**
 * A provider of language models. Throws `PortError` of its system: `unavailable` (cannot be reached, overloaded, rate limited with
 * `retryAfterMs`, or the answer was cut), `timeout` (silence), `rejected` (key or request), `not-found` (no such model),
 * `invalid-answer`. When the caller aborts, the signal's reason is thrown.
 */
export interface LanguageModel {
  readonly system: ModelSystem;
  /** Asks; ends with one `answer-end`, or throws. */
  stream(request: ModelRequest): AsyncIterable<ModelEvent>;
  /** Names of the models that it offers. */
  listModels(signal: AbortSignal): Promise<readonly string[]>;
  /** Vectors of texts, in their order; null: not offered. */
  readonly embed:
    | ((request: {
        readonly model: string;
        readonly texts: readonly string[];
        readonly signal: AbortSignal;
      }) => Promise<ReadonlyArray<readonly number[]>>)
    | null;
}
