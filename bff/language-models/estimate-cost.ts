import type { ModelUsage } from '@loghunter/ports';
import type { ModelPrice } from '../settings/values.ts';

/** Characters of a token at least: logs have more signs and digits than prose, which has about four. */
const charactersPerToken = 3;

/** Tokens of a text, rather too many than too few. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** Millionths of a US dollar, rounded up; null without a price. */
export function costOf(usage: ModelUsage, price: ModelPrice | null): number | null {
  // Dollars for a million tokens are millionths of a dollar for one.
  return price === null ? null : Math.ceil(usage.inputTokens * price.input + usage.outputTokens * price.output);
}

/** US dollars of millionths. */
export function toUsd(microdollars: number | null): number | null {
  return microdollars === null ? null : microdollars / 1_000_000;
}
