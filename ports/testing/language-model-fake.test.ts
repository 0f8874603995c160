import { describe, test } from 'vitest';
import { createFakeLanguageModel } from './language-model-fake.ts';
import { languageModelCases } from './language-model.cases.ts';

describe('the fake language model keeps the contract', () => {
  const text = 'It is a fake.';
  const model = createFakeLanguageModel(
    ({ model: name }) => (name === 'slow:7b' ? new Promise(() => undefined) : { text }),
    ['fake:7b', 'slow:7b']
  );
  for (const { title, run } of languageModelCases) {
    test(title, () => run({ model, name: 'fake:7b', slowName: 'slow:7b', text }));
  }
});
