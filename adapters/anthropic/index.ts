export { createAnthropicModel } from './anthropic-model.ts';
