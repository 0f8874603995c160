import { PortError } from './errors.ts';
import type { ModelEvent, ModelSystem, ModelUsage } from './language-model.ts';

/** A whole answer of a language model. */
export interface ModelAnswer {
  readonly text: string;
  readonly reason: 'complete' | 'length' | 'refused';
  readonly usage: ModelUsage | null;
}

/** How an answer is collected. */
export interface CollectOptions {
  readonly system: ModelSystem;
  /** A longer answer is given up. */
  readonly maxCharacters: number;
  /** Told of each sign of life, with the characters so far. */
  readonly onProgress?: (characterCount: number) => void;
}

/**
 * Reads the events of a model to their end. Throws `PortError` `invalid-answer` for an answer that is too long or has no end, and
 * what the stream throws.
 */
export async function collectAnswer(
  events: AsyncIterable<ModelEvent>,
  { system, maxCharacters, onProgress }: CollectOptions
): Promise<ModelAnswer> {
  const pieces: string[] = [];
  let characterCount = 0;
  for await (const event of events) {
    if (event.kind === 'answer-end') {
      return { text: pieces.join(''), reason: event.reason, usage: event.usage };
    }
    if (event.kind === 'text-delta') {
      pieces.push(event.text);
      characterCount += event.text.length;
    }
    if (characterCount > maxCharacters) {
      const message = `The model's answer has more than ${maxCharacters} characters and was given up`;
      throw new PortError({ system, kind: 'invalid-answer', message });
    }
    onProgress?.(characterCount);
  }
  throw new PortError({ system, kind: 'invalid-answer', message: "The model's answer has no end" });
}
