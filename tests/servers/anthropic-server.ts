// After "Streaming messages", "List models" and "Errors" of Anthropic's API documentation.
import { startModelServer, type ModelServer, type ModelWire } from './model-server.ts';

function event(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
};

const wire: ModelWire = {
  askPath: '/v1/messages',
  listPath: '/v1/models',
  embedPath: null,
  streamType: 'text/event-stream; charset=utf-8',
  textPart: (_model, text) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
  parts(model, text) {
    const usage = { input_tokens: 25, output_tokens: 1 };
    const words = text.match(/\S+\s*|\s+/g) ?? [];
    return [
      event('message_start', {
        message: {
          ...{ id: 'msg_1nZdL29xx5MUA1yADyHTEsnR8uuvGzszyY', type: 'message', role: 'assistant', content: [], model },
          ...{ stop_reason: null, stop_sequence: null, usage },
        },
      }),
      event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
      event('ping', {}),
      ...words.map((word) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: word } })),
      event('content_block_stop', { index: 0 }),
      event('message_delta', {
        ...{ delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 15 } },
      }),
      event('message_stop', {}),
    ];
  },
  streamFailure: (message) => event('error', { error: { type: 'overloaded_error', message } }),
  errorBody: (status, message) => ({
    type: 'error',
    error: { type: errorTypes[status] ?? 'api_error', message: status === 404 ? `model: ${message}` : message },
    request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy',
  }),
  listBody: (models) => ({
    data: models.map((id) => ({ type: 'model', id, display_name: id, created_at: '2025-02-19T00:00:00Z' })),
    ...{ first_id: models[0], has_more: false, last_id: models.at(-1) },
  }),
  embedBody: () => ({}),
};

/** Starts what looks like Anthropic. */
export function startAnthropicServer(): Promise<ModelServer> {
  return startModelServer(wire);
}
