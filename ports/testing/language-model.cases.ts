import { expect } from 'vitest';
import { collectAnswer } from '../collect-answer.ts';
import type { LanguageModel, ModelRequest } from '../language-model.ts';
import type { ContractCase } from './contract-case.ts';

/** A model whose provider answers every question to `model` with `text`, and takes long over every question to `slowModel`. */
export interface LanguageModelUnderTest {
  readonly model: LanguageModel;
  readonly name: string;
  readonly slowName: string;
  readonly text: string;
}

/** A question, with the given differences. */
export function aModelRequest(changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    ...{ model: 'fake:7b', system: 'Answer.', messages: [{ role: 'user', text: 'What is it?' }], schema: null },
    ...{ maxOutputTokens: 500, signal: new AbortController().signal },
    ...changes,
  };
}

const schema = {
  name: 'answer',
  schema: {
    ...{ type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
    additionalProperties: false,
  },
};

/** What every {@link LanguageModel} does. */
export const languageModelCases: ReadonlyArray<ContractCase<LanguageModelUnderTest>> = [
  {
    title: 'an answer comes whole, with its end and its tokens',
    async run({ model, name, text }) {
      const answer = await collectAnswer(model.stream(aModelRequest({ model: name })), {
        system: model.system,
        maxCharacters: 100_000,
      });
      expect(answer).toMatchObject({ text, reason: 'complete' });
      expect(answer.usage?.inputTokens).toBeGreaterThan(0);
      expect(answer.usage?.outputTokens).toBeGreaterThan(0);
    },
  },
  {
    title: 'a question with a schema and several messages is answered too',
    async run({ model, name, text }) {
      const messages = [
        { role: 'user' as const, text: 'one' },
        { role: 'assistant' as const, text: 'two' },
        { role: 'user' as const, text: 'three' },
      ];
      const events = model.stream(aModelRequest({ model: name, schema, messages }));
      expect((await collectAnswer(events, { system: model.system, maxCharacters: 100_000 })).text).toBe(text);
    },
  },
  {
    title: 'its models are listed, and one that it has not is not found',
    async run({ model, name }) {
      expect(await model.listModels(new AbortController().signal)).toContain(name);
      const events = model.stream(aModelRequest({ model: 'nobody:1b' }));
      await expect(collectAnswer(events, { system: model.system, maxCharacters: 1000 })).rejects.toMatchObject({
        kind: 'not-found',
        system: model.system,
        isRetryable: false,
      });
    },
  },
  {
    title: 'a caller that aborts gets its own reason, before and while the model answers',
    async run({ model, slowName }) {
      const before = AbortSignal.abort(new TypeError('no longer wanted'));
      const first = model.stream(aModelRequest({ model: slowName, signal: before }));
      await expect(collectAnswer(first, { system: model.system, maxCharacters: 1000 })).rejects.toThrow(
        'no longer wanted'
      );
      const control = new AbortController();
      const second = model.stream(aModelRequest({ model: slowName, signal: control.signal }));
      const answered = collectAnswer(second, { system: model.system, maxCharacters: 1000 });
      setTimeout(() => control.abort(new TypeError('gone')), 20);
      await expect(answered).rejects.toThrow('gone');
    },
  },
  {
    title: 'vectors come one a text and in order, where they are offered',
    async run({ model, name }) {
      const texts = ['a', 'bbb'];
      const vectors = await model.embed?.({ model: name, texts, signal: new AbortController().signal });
      expect(vectors === undefined || (vectors.length === 2 && vectors.every((vector) => vector.length > 0))).toBe(
        true
      );
    },
  },
];
