// After "Chat completions: streaming", "Models: list", "Embeddings: create" and "Error codes" of OpenAI's API reference.
import { startModelServer, type ModelServer, type ModelWire } from './model-server.ts';

const head = (model: string) => ({
  ...{ id: 'chatcmpl-123', object: 'chat.completion.chunk', created: 1_694_268_190, model },
  system_fingerprint: 'fp_44709d6fcb',
});

function chunk(model: string, delta: object, finish: string | null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
  return `data: ${JSON.stringify({ ...head(model), choices, usage: null })}\n\n`;
}

const errorTypes: Readonly<Record<number, string>> = {
  401: 'invalid_request_error',
  429: 'rate_limit_error',
  500: 'server_error',
};

const wire: ModelWire = {
  askPath: '/v1/chat/completions',
  listPath: '/v1/models',
  embedPath: '/v1/embeddings',
  streamType: 'text/event-stream; charset=utf-8',
  textPart: (model, content) => chunk(model, { content }, null),
  parts(model, text) {
    const usage = { prompt_tokens: 19, completion_tokens: 10, total_tokens: 29 };
    const words = text.match(/\S+\s*|\s+/g) ?? [];
    return [
      chunk(model, { role: 'assistant', content: '', refusal: null }, null),
      ...words.map((content) => chunk(model, { content }, null)),
      chunk(model, {}, 'stop'),
      `data: ${JSON.stringify({ ...head(model), choices: [], usage })}\n\n`,
      'data: [DONE]\n\n',
    ];
  },
  streamFailure: (message) =>
    `data: ${JSON.stringify({ error: { message, type: 'server_error', param: null, code: null } })}\n\n`,
  errorBody: (status, message) =>
    status === 404
      ? {
          error: {
            message: `The model \`${message}\` does not exist or you do not have access to it.`,
            ...{ type: 'invalid_request_error', param: null, code: 'model_not_found' },
          },
        }
      : { error: { message, type: errorTypes[status] ?? 'invalid_request_error', param: null, code: null } },
  listBody: (models) => ({
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created: 1_686_935_002, owned_by: 'organization-owner' })),
  }),
  embedBody: (model, count) => ({
    object: 'list',
    // The reference says that the index tells the order, not the place in the list.
    data: Array.from({ length: count }, (_, index) => ({
      ...{ object: 'embedding', embedding: [0.0023064255, -0.009327292], index: count - 1 - index },
    })),
    ...{ model, usage: { prompt_tokens: 8, total_tokens: 8 } },
  }),
};

/** Starts what looks like OpenAI; its address has the version in it. */
export async function startOpenAiServer(): Promise<ModelServer> {
  const server = await startModelServer(wire);
  return { ...server, url: `${server.url}/v1` };
}
