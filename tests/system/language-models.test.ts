// The vendors' own libraries against servers that write the vendors' published formats, and misbehave as networks and proxies do.
import { createAnthropicModel } from '@loghunter/adapters/anthropic';
import { createHostFetch } from '@loghunter/adapters/http-client';
import { createOllamaModel } from '@loghunter/adapters/ollama';
import { createOpenAiModel } from '@loghunter/adapters/openai';
import { collectAnswer, type LanguageModel, type ModelSystem } from '@loghunter/ports';
import { aModelRequest, languageModelCases } from '@loghunter/ports/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startAnthropicServer } from '../servers/anthropic-server.ts';
import type { ModelBehaviour, ModelServer } from '../servers/model-server.ts';
import { startOllamaServer } from '../servers/ollama-server.ts';
import { startOpenAiServer } from '../servers/openai-server.ts';

const apiKey = 'key-of-this-test-and-no-other';
const silenceMs = 300;
const text = 'The pool of connections is exhausted.';

interface Vendor {
  readonly system: ModelSystem;
  readonly start: () => Promise<ModelServer>;
  readonly open: (baseUrl: string, fetch: typeof globalThis.fetch) => LanguageModel;
}

const vendors: readonly Vendor[] = [
  { system: 'ollama', start: startOllamaServer, open: (url, fetch) => createOllamaModel({ url, fetch }) },
  ...(['openai', 'openai-compatible'] as const).map((system) => ({
    system,
    start: startOpenAiServer,
    open: (baseUrl: string, fetch: typeof globalThis.fetch) => createOpenAiModel({ system, baseUrl, apiKey, fetch }),
  })),
  {
    system: 'anthropic',
    start: startAnthropicServer,
    open: (baseUrl, fetch) => createAnthropicModel({ baseUrl, apiKey, fetch }),
  },
];

describe.each(vendors)('$system', ({ system, start, open }) => {
  let server: ModelServer;
  let model: LanguageModel;
  let close: () => Promise<void>;
  const printed: unknown[] = [];
  beforeAll(async () => {
    for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      vi.spyOn(console, name).mockImplementation((...words) => void printed.push(words));
    }
    server = await start();
    const host = createHostFetch({ system, baseUrl: server.url, silenceMs, maxAnswerBytes: 200_000 });
    model = open(server.url, host.fetch);
    close = () => host.close();
  });
  afterAll(async () => {
    await close();
    await server.stop();
    vi.restoreAllMocks();
  });

  function ask(behaviour: ModelBehaviour) {
    server.behave(behaviour);
    return collectAnswer(model.stream(aModelRequest()), { system, maxCharacters: 10_000 });
  }

  for (const { title, run } of languageModelCases) {
    test(title, async () => {
      server.behave({ kind: 'answer', text });
      await run({ model, name: 'fake:7b', slowName: 'slow:7b', text });
    });
  }

  test.each<[string, ModelBehaviour, object]>([
    [
      '429 says how long to wait',
      { kind: 'status', status: 429, retryAfter: '7' },
      { kind: 'unavailable', isRetryable: true, status: 429, retryAfterMs: 7000 },
    ],
    ['500 may succeed later', { kind: 'status', status: 500 }, { kind: 'unavailable', isRetryable: true, status: 500 }],
    ['529 may succeed later', { kind: 'status', status: 529 }, { kind: 'unavailable', isRetryable: true, status: 529 }],
    ['a refused key is not tried again', { kind: 'status', status: 401 }, { kind: 'rejected', isRetryable: false }],
    ['a refused request is not tried again', { kind: 'status', status: 400 }, { kind: 'rejected', isRetryable: false }],
    ['a page of HTML is no answer', { kind: 'html' }, { kind: 'invalid-answer', isRetryable: false }],
    ['broken JSON is no answer', { kind: 'broken' }, { kind: 'invalid-answer' }],
    ['a redirect is not followed', { kind: 'redirect' }, { kind: 'rejected', isRetryable: false }],
    ['an empty stream is cut off', { kind: 'empty' }, { kind: 'unavailable', isRetryable: true }],
    [
      'a stream that is reset is cut off',
      { kind: 'stop', how: 'reset', text },
      { kind: 'unavailable', isRetryable: true },
    ],
    [
      'a stream that ends early is cut off',
      { kind: 'stop', how: 'end', text },
      { kind: 'unavailable', isRetryable: true },
    ],
    [
      'a failure inside the stream is told',
      { kind: 'stop', how: 'failure', text },
      { kind: 'unavailable', message: expect.stringContaining('crashed') as string },
    ],
    ['silence inside the stream ends it', { kind: 'stop', how: 'silence', text }, { kind: 'timeout' }],
    ['silence from the start ends it', { kind: 'silent' }, { kind: 'timeout' }],
    ['a stream without end is given up', { kind: 'endless' }, { kind: 'invalid-answer' }],
  ])('%s', async (_, behaviour, failure) => {
    await expect(ask(behaviour)).rejects.toMatchObject({ name: 'PortError', system, ...failure });
  });

  test('a stream that is larger than an answer may be is given up by its bytes too', async () => {
    server.behave({ kind: 'endless' });
    const events = model.stream(aModelRequest());
    await expect(collectAnswer(events, { system, maxCharacters: 1_000_000_000 })).rejects.toMatchObject({
      kind: 'invalid-answer',
      message: expect.stringContaining('200000 bytes') as string,
    });
  });

  test('a provider’s error text is shown shortened and without private data', async () => {
    const message = `no access for bob@example.com ${'x '.repeat(2000)}`;
    const failure = await ask({ kind: 'status', status: 400, message }).then(
      () => new TypeError('answered'),
      (error: unknown) => error as Error
    );
    expect(failure.message).not.toContain('bob@example.com');
    expect(failure.message.length).toBeLessThan(400);
  });

  test('a provider that is not there is unavailable', async () => {
    const gone = await start();
    await gone.stop();
    const host = createHostFetch({ system, baseUrl: gone.url, silenceMs, maxAnswerBytes: 1000 });
    const events = open(gone.url, host.fetch).stream(aModelRequest());
    await expect(collectAnswer(events, { system, maxCharacters: 10 })).rejects.toMatchObject({ kind: 'unavailable' });
    await host.close();
  });

  test('keys and headers of the environment stay here', async () => {
    const planted = {
      ...{ OPENAI_API_KEY: 'planted-1', OPENAI_ADMIN_KEY: 'planted-2', OPENAI_ORG_ID: 'planted-3' },
      ...{ OPENAI_PROJECT_ID: 'planted-4', OPENAI_CUSTOM_HEADERS: 'X-Planted: planted-5', OLLAMA_API_KEY: 'planted-6' },
      ...{ ANTHROPIC_API_KEY: 'planted-7', ANTHROPIC_AUTH_TOKEN: 'planted-8' },
      ...{ ANTHROPIC_CUSTOM_HEADERS: 'X-Planted: planted-9', OPENAI_BASE_URL: 'http://127.0.0.1:9' },
      ...{ ANTHROPIC_BASE_URL: 'http://127.0.0.1:9', OLLAMA_HOST: 'http://127.0.0.1:9' },
    };
    Object.entries(planted).forEach(([name, value]) => vi.stubEnv(name, value));
    try {
      const host = createHostFetch({ system, baseUrl: server.url, silenceMs, maxAnswerBytes: 10_000 });
      server.behave({ kind: 'answer', text });
      const events = open(server.url, host.fetch).stream(aModelRequest());
      await collectAnswer(events, { system, maxCharacters: 1000 });
      const { headers, body } = server.received.at(-1) ?? { headers: {}, body: '' };
      expect(JSON.stringify(headers) + body).not.toContain('planted');
      expect(headers['user-agent']).toBe('LogHunter');
      await host.close();
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test('the question is sent in the vendor’s form, with the schema and the bounds', async () => {
    server.behave({ kind: 'answer', text });
    const schema = { name: 'answer', schema: { type: 'object', properties: {}, required: [] } };
    await collectAnswer(model.stream(aModelRequest({ schema, maxOutputTokens: 77 })), { system, maxCharacters: 1000 });
    const asked = JSON.parse(server.received.at(-1)?.body ?? '{}') as Readonly<Record<string, unknown>>;
    expect(asked).toMatchObject(
      {
        ollama: { stream: true, format: schema.schema, options: { num_predict: 77, num_ctx: 8192, temperature: 0 } },
        openai: { stream: true, max_completion_tokens: 77, response_format: { type: 'json_schema' } },
        'openai-compatible': { stream: true, max_tokens: 77, response_format: { type: 'json_schema' } },
        anthropic: { stream: true, max_tokens: 77, output_config: { format: { type: 'json_schema' } } },
      }[system]
    );
    expect(Object.keys(asked)).not.toContain('tools');
  });

  test('no library has printed anything, whatever came', () => {
    expect(printed).toEqual([]);
  });
});

test('only the configured host is called, whatever a library asks for', async () => {
  const host = createHostFetch({
    ...{ system: 'ollama', baseUrl: 'http://127.0.0.1:11434/models', silenceMs, maxAnswerBytes: 1000 },
  });
  for (const url of [
    'http://127.0.0.1:11435/models/x',
    'https://127.0.0.1:11434/models/x',
    'http://127.0.0.1:11434/other',
  ]) {
    await expect(host.fetch(url)).rejects.toMatchObject({ kind: 'rejected' });
  }
  await host.close();
});
