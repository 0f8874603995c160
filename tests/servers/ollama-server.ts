// After "Generate a chat completion", "List Local Models" and "Generate Embeddings" of Ollama's docs/api.md.
import { startModelServer, type ModelServer, type ModelWire } from './model-server.ts';

const createdAt = '2023-08-04T08:52:19.385406455-07:00';

function part(model: string, content: string): string {
  return `${JSON.stringify({ model, created_at: createdAt, message: { role: 'assistant', content, images: null }, done: false })}\n`;
}

const wire: ModelWire = {
  askPath: '/api/chat',
  listPath: '/api/tags',
  embedPath: '/api/embed',
  streamType: 'application/x-ndjson',
  textPart: part,
  parts(model, text) {
    const end = {
      ...{ model, created_at: createdAt, message: { role: 'assistant', content: '' }, done_reason: 'stop', done: true },
      ...{ total_duration: 4_883_583_458, load_duration: 1_334_875, prompt_eval_count: 26 },
      ...{ prompt_eval_duration: 342_546_000, eval_count: 282, eval_duration: 4_535_599_000 },
    };
    const words = text.match(/\S+\s*|\s+/g) ?? [];
    return [...words.map((word) => part(model, word)), `${JSON.stringify(end)}\n`];
  },
  streamFailure: (message) => `${JSON.stringify({ error: message })}\n`,
  errorBody: (status, message) => ({ error: status === 404 ? `model '${message}' not found` : message }),
  listBody: (models) => ({
    models: models.map((name) => ({
      ...{ name, model: name, modified_at: '2024-06-04T14:38:31.83753-07:00', size: 3_825_819_519 },
      digest: 'fe938a131f40e6f6d40083c9f0f430a515233eb2edaa6d72eb85c50d64f2300e',
      details: { format: 'gguf', family: 'llama', families: null, parameter_size: '7B', quantization_level: 'Q4_0' },
    })),
  }),
  embedBody: (model, count) => ({
    ...{ model, embeddings: Array.from({ length: count }, () => [0.010071029, -0.0017594862, 0.05007221]) },
    ...{ total_duration: 14_143_917, load_duration: 1_019_500, prompt_eval_count: 8 },
  }),
};

/** Starts what looks like Ollama. */
export function startOllamaServer(): Promise<ModelServer> {
  return startModelServer(wire);
}
