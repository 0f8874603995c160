export { createOllamaModel } from './ollama-model.ts';
