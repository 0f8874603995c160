import { z } from 'zod';
import { optionalSetting, setting } from './setting.ts';
import { Flag, HostList, HttpAddress, ModelPrices, SecretText, wholeNumber } from './values.ts';

const ModelName = z.string().regex(/^[\w.:/@-]{1,200}$/, 'must be the name of a model');

/** Settings of language models. */
export const modelEnvironment = {
  LOGHUNTER_MODELS: setting(Flag, {
    default: 'true',
    description: 'Whether language models may be asked at all; false switches them off for every tenant.',
  }),
  LOGHUNTER_MODEL_PROVIDER: setting(
    z.enum(
      ['ollama', 'openai-compatible', 'openai', 'anthropic'],
      'must be ollama, openai-compatible, openai or anthropic'
    ),
    { default: 'ollama', description: 'Who explains for tenants that have chosen nobody.' }
  ),
  LOGHUNTER_OLLAMA_URL: setting(HttpAddress, {
    default: 'http://127.0.0.1:11434',
    description: 'Address of Ollama. Nothing is sent there before somebody asks for an explanation.',
  }),
  LOGHUNTER_OLLAMA_MODEL_BASE: setting(ModelName, {
    default: 'qwen2.5:7b',
    description: 'Model of Ollama that explains; `ollama pull` brings it.',
  }),
  LOGHUNTER_OLLAMA_MODEL_LARGE: optionalSetting(ModelName, {
    description: 'Model of Ollama for those who choose the large one.',
    whenUnset: 'the same as LOGHUNTER_OLLAMA_MODEL_BASE',
  }),
  LOGHUNTER_OPENAI_COMPATIBLE_URL: optionalSetting(HttpAddress, {
    description:
      "Address of a server with OpenAI's interface (vLLM, LM Studio, llama.cpp, Azure), with its version, such as http://vllm:8000/v1.",
    whenUnset: 'there is none',
  }),
  LOGHUNTER_OPENAI_COMPATIBLE_API_KEY: optionalSetting(SecretText, {
    description: 'Key for that server.',
    whenUnset: 'it wants none',
    isSecret: true,
  }),
  LOGHUNTER_OPENAI_COMPATIBLE_MODEL_BASE: optionalSetting(ModelName, {
    description: 'Model of that server that explains.',
  }),
  LOGHUNTER_OPENAI_COMPATIBLE_MODEL_LARGE: optionalSetting(ModelName, {
    description: 'Model of that server for those who choose the large one.',
    whenUnset: 'the same as LOGHUNTER_OPENAI_COMPATIBLE_MODEL_BASE',
  }),
  LOGHUNTER_OPENAI_URL: setting(HttpAddress, {
    default: 'https://api.openai.com/v1',
    description: 'Address of OpenAI, or of a gateway before it.',
  }),
  LOGHUNTER_OPENAI_API_KEY: optionalSetting(SecretText, {
    description: 'Key for OpenAI. Each tenant’s administrator must still enable it.',
    whenUnset: 'OpenAI is not used',
    isSecret: true,
  }),
  LOGHUNTER_OPENAI_MODEL_BASE: optionalSetting(ModelName, { description: 'Model of OpenAI that explains.' }),
  LOGHUNTER_OPENAI_MODEL_LARGE: optionalSetting(ModelName, {
    description: 'Model of OpenAI for those who choose the large one.',
    whenUnset: 'the same as LOGHUNTER_OPENAI_MODEL_BASE',
  }),
  LOGHUNTER_ANTHROPIC_URL: setting(HttpAddress, {
    default: 'https://api.anthropic.com',
    description: 'Address of Anthropic, or of a gateway before it.',
  }),
  LOGHUNTER_ANTHROPIC_API_KEY: optionalSetting(SecretText, {
    description: 'Key for Anthropic. Each tenant’s administrator must still enable it.',
    whenUnset: 'Anthropic is not used',
    isSecret: true,
  }),
  LOGHUNTER_ANTHROPIC_MODEL_BASE: optionalSetting(ModelName, { description: 'Model of Anthropic that explains.' }),
  LOGHUNTER_ANTHROPIC_MODEL_LARGE: optionalSetting(ModelName, {
    description: 'Model of Anthropic for those who choose the large one.',
    whenUnset: 'the same as LOGHUNTER_ANTHROPIC_MODEL_BASE',
  }),
  LOGHUNTER_MODEL_PRICES: optionalSetting(ModelPrices, {
    description:
      'What models outside the installation cost, in US dollars for a million tokens: {"openai/NAME": {"input": 1.5, "output": 6}}. They change; your contract says what holds.',
    whenUnset: 'unknown; a model outside the installation without a price is not asked',
  }),
  LOGHUNTER_MODEL_INSIDE_HOSTS: optionalSetting(HostList, {
    description:
      'Hosts of models that belong to the installation although their addresses do not say so, such as llm.example:8000, separated by commas.',
    whenUnset: 'loopback and private addresses, names without a dot, and names that end in .local, .internal or .svc',
  }),
  LOGHUNTER_MODEL_TIMEOUT_SECONDS: setting(wholeNumber(10, 3600), {
    default: '600',
    unit: 'seconds',
    description: 'Longest time for one answer of a model, tries and pauses included. Models without a GPU are slow.',
  }),
  LOGHUNTER_MODEL_SILENCE_SECONDS: setting(wholeNumber(5, 3600), {
    default: '180',
    unit: 'seconds',
    description: 'A model that sends nothing for this long is given up. Loading a large model takes a minute or two.',
  }),
  LOGHUNTER_MODEL_CONCURRENCY: setting(wholeNumber(1, 100), {
    default: '2',
    unit: 'calls',
    description: 'Calls of one provider that one process makes at the same time.',
  }),
};
