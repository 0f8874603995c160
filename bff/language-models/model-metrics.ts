import { Counter, Histogram, type Registry } from 'prom-client';
import type { ModelObserver } from './ask-model.ts';

/** Measurements of calls of language models, by provider; providers and outcomes are closed lists. */
export function createModelMetrics(registry: Registry): ModelObserver {
  const registers = [registry];
  const calls = new Counter({
    name: 'loghunter_model_calls_total',
    help: 'Calls of language models by provider and how they ended: answered, budget (not made), ended (stopped), or why they failed',
    labelNames: ['provider', 'outcome'] as const,
    registers,
  });
  const tokens = new Counter({
    name: 'loghunter_model_tokens_total',
    help: 'Tokens as providers counted them',
    labelNames: ['provider', 'direction'] as const,
    registers,
  });
  const cost = new Counter({
    name: 'loghunter_model_cost_dollars_total',
    help: 'Money that answered calls cost by the configured prices, in US dollars',
    labelNames: ['provider'] as const,
    registers,
  });
  const durations = new Histogram({
    name: 'loghunter_model_call_duration_seconds',
    help: 'Duration of calls that were made',
    labelNames: ['provider'] as const,
    buckets: [0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640],
    registers,
  });
  return {
    observeModelCall({ provider, outcome, durationMs, inputTokens, outputTokens, costMicrodollars }) {
      calls.labels(provider, outcome).inc();
      if (outcome !== 'budget') {
        durations.labels(provider).observe(durationMs / 1000);
        tokens.labels(provider, 'in').inc(inputTokens);
        tokens.labels(provider, 'out').inc(outputTokens);
        cost.labels(provider).inc(costMicrodollars / 1e6);
      }
    },
  };
}
