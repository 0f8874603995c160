import type { GeneralisationRule } from './generalisation-rule.ts';
import { holeMark, SequenceHash } from './signature-hash.ts';
import { likelySlotsOf, type LikelySlot } from './likely-slots.ts';
import { isWord } from './slot-evidence.ts';
import type { Slot } from './slot.ts';
import { spanSlotsOf } from './slots.ts';
import { variableMark, type TemplateToken } from './template-tokens.ts';

/** A signature with what is needed to look up its contexts. */
export interface Candidate {
  readonly context: string;
  readonly tokens: readonly TemplateToken[];
  readonly hash: SequenceHash;
  /** Places of constant words. */
  readonly words: readonly number[];
  /** Slots that are not single tokens. */
  readonly spans: readonly Slot[];
}

/** Words of a candidate between which pairs of slots are tried; more would cost more than they found. */
export const fewestPairWords = 4;
/** Words above which pairs are not tried: their number grows with the square. */
export const mostPairWords = 30;
const longestSearch = 64;
const hole: Omit<TemplateToken, 'isSpaced'> = { text: '', type: 'any' };

function wordOf(token: TemplateToken): string {
  if (token.type === '') {
    return token.text;
  }
  return token.type === 'any' ? holeMark : variableMark;
}

/** Text of a candidate as rules hold it: words as they are, variables `<*>`, opened slots `<?>`. */
export function patternOf(tokens: readonly TemplateToken[]): string {
  return tokens.map(wordOf).join(' ');
}

/** Full canonical signature of a pattern in its context. */
export function canonicalSignature(context: string, pattern: string): string {
  return context === '' ? pattern : `${context} ${pattern}`;
}

/** Prepares a signature for lookups. */
export function candidateOf(context: string, tokens: readonly TemplateToken[]): Candidate {
  const words: number[] = [];
  tokens.forEach((token, at) => {
    if (isWord(token)) {
      words.push(at);
    }
  });
  return { context, tokens, hash: new SequenceHash(context, tokens.map(wordOf)), words, spans: spanSlotsOf(tokens) };
}

/** Tokens with [start, end) replaced by an opened slot. */
export function opened(tokens: readonly TemplateToken[], start: number, end: number): readonly TemplateToken[] {
  const isSpaced = tokens[start]?.isSpaced ?? false;
  return [...tokens.slice(0, start), { ...hole, isSpaced }, ...tokens.slice(end)];
}

/** Tokens with every one of the slots replaced by an opened one; slots are in order and apart. */
export function openedAll(tokens: readonly TemplateToken[], slots: readonly LikelySlot[]): readonly TemplateToken[] {
  let result = tokens;
  for (const { start, end } of slots.toReversed()) {
    result = opened(result, start, end);
  }
  return result;
}

/** Key of a signature with all its likely slots replaced. */
export function formKeyOf(context: string, form: readonly TemplateToken[]): number {
  return new SequenceHash(context, form.map(wordOf)).whole();
}

type Opening = Exclude<GeneralisationRule, { readonly kind: 'alias' }>;
type SetOpening = Extract<GeneralisationRule, { readonly kind: 'open-set' }>;

/** The rule with the slots of both; `known` itself when it has them all. */
function widened(known: SetOpening | undefined, rule: SetOpening): SetOpening {
  const slots = [...new Set([...(known?.slots ?? []), ...rule.slots])].sort((a, b) => a - b);
  return known !== undefined && slots.length === known.slots.length ? known : { ...rule, slots };
}

/** The learned rules, looked up by hash. Applying them is a pure function of line and rules. */
export class RuleBook {
  readonly #open = new Map<number, Opening>();
  readonly #pairs = new Map<number, Opening>();
  readonly #sets = new Map<number, SetOpening>();
  readonly #aliases = new Map<string, string>();
  #learned: Opening[] = [];

  constructor(rules: readonly GeneralisationRule[] = []) {
    for (const rule of rules) {
      if (rule.kind === 'alias') {
        this.#aliases.set(rule.from, rule.to);
      } else {
        this.add(rule);
      }
    }
  }

  /** Adds an opening that is known elsewhere. The same openings in any order make the same book. */
  add(rule: Opening): void {
    const key = new SequenceHash(rule.context, rule.pattern.split(' ')).whole();
    if (rule.kind === 'open-set') {
      this.#sets.set(key, widened(this.#sets.get(key), rule));
    } else {
      (rule.kind === 'open' ? this.#open : this.#pairs).set(key, rule);
    }
  }

  /** Openings that were learned (or got more slots) since this was last asked; given ones are not among them. */
  takeLearned(): readonly Opening[] {
    const learned = this.#learned;
    this.#learned = [];
    return learned;
  }

  /** Rules without aliases, in the order in which they were added. */
  openings(): GeneralisationRule[] {
    return [...this.#open.values(), ...this.#sets.values(), ...this.#pairs.values()];
  }

  get openingCount(): number {
    return this.#open.size + this.#sets.size + this.#pairs.size;
  }

  open(key: number, context: string, tokens: readonly TemplateToken[]): void {
    if (!this.#open.has(key)) {
      const rule: Opening = { kind: 'open', context, pattern: patternOf(tokens) };
      this.#open.set(key, rule);
      this.#learned.push(rule);
    }
  }

  openPair(key: number, context: string, tokens: readonly TemplateToken[]): void {
    if (!this.#pairs.has(key)) {
      const rule: Opening = { kind: 'open-pair', context, pattern: patternOf(tokens) };
      this.#pairs.set(key, rule);
      this.#learned.push(rule);
    }
  }

  openSet(key: number, context: string, form: readonly TemplateToken[], slots: readonly number[]): void {
    const known = this.#sets.get(key);
    const rule = widened(known, { kind: 'open-set', context, pattern: patternOf(form), slots });
    if (rule !== known) {
      this.#sets.set(key, rule);
      this.#learned.push(rule);
    }
  }

  /** The cluster's signature that a canonical signature stands for. */
  aliasOf(signature: string): string {
    return this.#aliases.get(signature) ?? signature;
  }

  /** Opens slots until no rule applies: words and variables from left to right, then spans, then pairs of words. */
  canonical(candidate: Candidate): Candidate {
    let current = candidate;
    for (let step = 0; step < longestSearch && this.openingCount > 0; step++) {
      const next = this.#step(current);
      if (next === null) {
        return current;
      }
      current = candidateOf(current.context, next);
    }
    return current;
  }

  #step(candidate: Candidate): readonly TemplateToken[] | null {
    const { tokens, hash } = candidate;
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at];
      const isSlot = token !== undefined && token.type !== 'any' && (token.type !== '' || isWord(token));
      if (isSlot && this.#open.has(hash.withHole(at, at + 1))) {
        return opened(tokens, at, at + 1);
      }
    }
    for (const { start, end } of candidate.spans) {
      if (this.#open.has(hash.withHole(start, end))) {
        return opened(tokens, start, end);
      }
    }
    return this.#setStep(candidate) ?? this.#pairStep(candidate);
  }

  #setStep({ context, tokens }: Candidate): readonly TemplateToken[] | null {
    if (this.#sets.size === 0) {
      return null;
    }
    const slots = likelySlotsOf(tokens);
    const rule = slots.length < 2 ? undefined : this.#sets.get(formKeyOf(context, openedAll(tokens, slots)));
    const closed = (rule?.slots ?? []).flatMap((index) => {
      const slot = slots[index];
      return slot === undefined || tokens[slot.start]?.type === 'any' ? [] : [slot];
    });
    return closed.length === 0 ? null : openedAll(tokens, closed);
  }

  #pairStep({ tokens, hash, words }: Candidate): readonly TemplateToken[] | null {
    if (this.#pairs.size === 0 || words.length < fewestPairWords || words.length > mostPairWords) {
      return null;
    }
    for (let first = 0; first < words.length; first++) {
      for (let second = first + 1; second < words.length; second++) {
        const a = words[first] ?? 0;
        const b = words[second] ?? 0;
        if (this.#pairs.has(hash.withTwoHoles(a, b))) {
          return opened(opened(tokens, a, a + 1), b, b + 1);
        }
      }
    }
    return null;
  }
}
