import type { GeneralisationRule } from './generalisation-rule.ts';

/**
 * A rule of lines as it is stored: an opening, or two signatures (packed) that are one cluster although no opening makes
 * them one. A set of rules means the same in any order.
 */
export type LineRule =
  | Exclude<GeneralisationRule, { readonly kind: 'alias' }>
  | { readonly kind: 'same'; readonly signatures: readonly [string, string] };

/** A rule out of a store; null when it is none. */
export function toLineRule(kind: string, body: Readonly<Record<string, unknown>>): LineRule | null {
  const { context, pattern, slots, signatures } = body;
  if (kind === 'same') {
    const [first, second] = Array.isArray(signatures) ? (signatures as readonly unknown[]) : [];
    return typeof first === 'string' && typeof second === 'string' ? { kind, signatures: [first, second] } : null;
  }
  if (typeof context !== 'string' || typeof pattern !== 'string') {
    return null;
  }
  if (kind === 'open-set') {
    return Array.isArray(slots) && slots.every((slot) => Number.isInteger(slot))
      ? { kind, context, pattern, slots: slots as readonly number[] }
      : null;
  }
  return kind === 'open' || kind === 'open-pair' ? { kind, context, pattern } : null;
}

/** Text that is equal for equal rules. */
export function keyOfRule(rule: LineRule): string {
  return rule.kind === 'same'
    ? JSON.stringify([rule.kind, ...rule.signatures])
    : JSON.stringify([rule.kind, rule.context, rule.pattern, rule.kind === 'open-set' ? rule.slots : []]);
}
